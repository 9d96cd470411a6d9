import ArrayFiles
import ExperimentKit
import Foundation
import Retrieval
import TestSupport
import Testing

@Suite("The command codes", .serialized)
struct CodesCommandTests {
  private let program = BuiltProgram.testExperiments
  /// The trial of the plan of `tiny` whose codes fill more than a word: a projection to 65 bits.
  private let wideTrial = "10"

  private func withWorkplace(_ body: (_ folder: String, _ folders: [String]) throws -> Void) throws
  {
    try withTemporaryFolder { folder in
      try HDF5Fixture.synthetic().write(to: "\(folder)/tiny.h5")
      try body(folder, ["--data", folder, "--results", "\(folder)/Results"])
    }
  }

  private func record(in folder: String) throws -> TrialRecord {
    let trials = "\(folder)/Results/tiny/trials"
    let name = try #require(
      FileManager.default.contentsOfDirectory(atPath: trials).first { $0.hasSuffix(".json") })
    return try RecordFile.decode(Data(contentsOf: URL(filePath: "\(trials)/\(name)")))
  }

  private func array(_ folder: String, _ name: String) throws -> NumericArray {
    try NumPyFile(path: "\(folder)/\(name).npy").read(name)
  }

  @Test("writes codes and labels that measure as the record says", arguments: [false, true])
  func roundTrip(joint: Bool) throws {
    try withWorkplace { folder, folders in
      #expect(try program.run(["trial", "tiny", wideTrial] + folders).exitCode == 0)
      let output = "\(folder)/written/codes"
      let outcome = try program.run(
        ["codes", "tiny", wideTrial, "--output", output] + folders + (joint ? ["--joint"] : []))
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let record = try record(in: folder)
      #expect(outcome.output.contains("tiny, Projection plain, 65 bits, seed 1"))
      #expect(outcome.output.contains(record.identifier))
      let names = [
        "query_image", "query_labels", "query_text", "retrieval_image", "retrieval_labels",
        "retrieval_text",
      ]
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: output).sorted()
          == names.map { "\($0).npy" })
      for name in names { #expect(outcome.output.contains("\n\(name).npy ")) }

      for result in record.results where (result.databaseCodes == .joint) == joint {
        let (query, retrieval) =
          result.task == .imageToText ? ("image", "text") : ("text", "image")
        let seen = try evaluate(
          queries: codes(output, "query_\(query)"), queryLabels: labels(output, "query_labels"),
          retrieval: codes(output, "retrieval_\(retrieval)"),
          retrievalLabels: labels(output, "retrieval_labels"), measures: record.measures)
        #expect(seen == result.result)
      }
    }
  }

  @Test("writes what evaluate measures and lists by every definition")
  func evaluated() throws {
    try withWorkplace { folder, folders in
      #expect(try program.run(["trial", "tiny", wideTrial] + folders).exitCode == 0)
      let output = "\(folder)/codes"
      #expect(
        try program.run(["codes", "tiny", wideTrial, "--output", output] + folders).exitCode == 0)
      let record = try record(in: folder)
      let ladder = try program.run(["evaluate", output, "--ladder"])
      #expect(ladder.exitCode == 0, "\(ladder.errors)")
      let markdown = try program.run(["evaluate", output, "--ladder", "--markdown"])
      for result in record.results where result.databaseCodes == .ownModality {
        let value = String(format: "%.4f", result.result.meanAveragePrecision.expected)
        let heading = "\(result.task.displayName), 65 bits: 8 queries"
        #expect(ladder.output.contains(heading))
        #expect(markdown.output.contains("**\(heading)"))
        #expect(markdown.output.contains("| `mAP@all(ties=expected)` | \(value) | 0.0000 |"))
      }
      let refused = try program.run(["evaluate", output, "--ladder", "--json"])
      #expect(refused.exitCode == 64)
      #expect(refused.errors.contains("it goes with --markdown and --threads only"))
      let alone = try program.run(["evaluate", output, "--markdown"])
      #expect(alone.errors.contains("--markdown is for --ladder"))
    }
  }

  @Test("writes the rows of queries that are searched, for evaluate to leave out")
  func ownRows() throws {
    try withWorkplace { folder, folders in
      var fixture = HDF5Fixture.synthetic()
      fixture["/split/database_idx"] = .init([40], .int32(Array(0..<40)))
      try fixture.write(to: "\(folder)/tiny.h5")
      #expect(try program.run(["trial", "tiny", wideTrial] + folders).exitCode == 0)
      let output = "\(folder)/codes"
      let outcome = try program.run(["codes", "tiny", wideTrial, "--output", output] + folders)
      #expect(outcome.output.contains("\nquery_rows.npy "))
      // Every fifth item asks, and all items are searched.
      let rows = try array(output, "query_rows")
      #expect((0..<rows.count).map { Int(rows[$0]) } == Array(stride(from: 0, to: 40, by: 5)))
      let measured = try program.run(
        ["evaluate", output, "--task", "I2I", "--query-rows", "query_rows"])
      #expect(measured.exitCode == 0, "\(measured.errors)")
      #expect(measured.output.contains("left out of its own ranking for 8 of 8 queries"))
    }
  }

  private func codes(_ folder: String, _ name: String) throws -> BinaryCodes {
    let array = try array(folder, name)
    let values = try uint8Values(array)
    return try BinaryCodes(
      count: array.shape[0], bits: array.shape[1], activations: values.map { Float($0) - 0.5 })
  }

  private func labels(_ folder: String, _ name: String) throws -> LabelSets {
    let array = try array(folder, name)
    return LabelSets(
      count: array.shape[0], labelCount: array.shape[1], indicators: try uint8Values(array))
  }

  private func uint8Values(_ array: NumericArray) throws -> [UInt8] {
    guard case .bytes(let bytes) = array.values else {
      throw array.error(expected: "uint8", found: array.elementName)
    }
    return bytes
  }

  @Test("refuses trials without codes in one sentence")
  func refusals() throws {
    try withWorkplace { folder, folders in
      // Chance has no codes of pairs; trial 1 is not run.
      #expect(try program.run(["trial", "tiny", "0"] + folders).exitCode == 0)
      let output = "\(folder)/codes"
      let cases: [(arguments: [String], sentence: String)] = [
        (
          ["codes", "tiny", "1"],
          "Error: Trial 1 of “tiny” (tiny, Chance (random codes), 8 bits, seed 2) is not finished, "
            + "so it has no codes yet; `crossbit trial tiny 1` runs it."
        ),
        (
          ["codes", "tiny", "0", "--joint"],
          "Error: The trial tiny, Chance (random codes), 8 bits, seed 1 has no codes of pairs"
        ),
        (["codes", "tiny", "12"], "Error: Experiment “tiny” has the trials 0 to 11, not 12."),
      ]
      for (arguments, sentence) in cases {
        let outcome = try program.run(arguments + ["--output", output] + folders)
        #expect(outcome.exitCode == 1)
        #expect(outcome.errors.hasPrefix(sentence), "\(outcome.errors)")
        #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: output))
      }
      let trials = "\(folder)/Results/tiny/trials"
      let name = try #require(
        FileManager.default.contentsOfDirectory(atPath: trials).first { $0.hasSuffix(".json") })
      truncate("\(trials)/\(name)", 100)
      let damaged = try program.run(["codes", "tiny", "0", "--output", output] + folders)
      #expect(damaged.exitCode == 1)
      #expect(
        damaged.errors
          == "Error: The record \(trials)/\(name) is damaged: its end is missing; "
          + "`crossbit run tiny` makes it again.\n")
    }
  }
}
