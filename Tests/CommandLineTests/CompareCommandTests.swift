import ArrayFiles
import CodeSets
import Foundation
import Retrieval
import TestSupport
import Testing

@testable import CrossbitCommandLine

/// Sets of files whose pictures ask texts and the reverse, over the same items.
private struct ComparedSets {
  let folder: String
  let queryCount = 40
  let retrievalCount = 90
  let labels: (query: [UInt8], retrieval: [UInt8])

  init(in folder: String) {
    self.folder = folder
    var stream = testStream("compared labels")
    func draw(_ count: Int) -> [UInt8] {
      (0..<count).map { _ in Double.random(in: 0..<1, using: &stream) < 0.3 ? 1 : 0 }
    }
    labels = (draw(queryCount * 4), draw(retrievalCount * 4))
  }

  /// Writes a set whose first four bits are the labels, each turned over with some probability.
  func write(_ name: String, bits: Int, noise: Double, modalities: [String] = ["image", "text"])
    throws -> String
  {
    var stream = testStream("compared set \(name)")
    let path = "\(folder)/\(name)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    func codes(_ labels: [UInt8]) -> [UInt8] {
      stride(from: 0, to: labels.count, by: 4).flatMap { row in
        (0..<bits).map { bit in
          let isTurned = Double.random(in: 0..<1, using: &stream) < noise
          return labels[row + bit % 4] ^ (isTurned ? 1 : 0)
        }
      }
    }
    for modality in modalities {
      try save("\(path)/query_\(modality)", bits, codes(labels.query))
      try save("\(path)/retrieval_\(modality)", bits, codes(labels.retrieval))
    }
    try save("\(path)/query_labels", 4, labels.query)
    try save("\(path)/retrieval_labels", 4, labels.retrieval)
    return path
  }

  func save(_ path: String, _ columns: Int, _ values: [UInt8]) throws {
    try NumPyFile.write(
      path: "\(path).npy", shape: [values.count / columns, columns], values: values)
  }
}

/// Some of what `--json` prints.
private struct PrintedComparison: Decodable {
  let confidence: Double
  let sets: [Named]
  let comparisons: [Pair]

  struct Named: Decodable {
    let bits: Int
  }

  struct Pair: Decodable {
    let difference: Double
    let pHolm: Double
  }
}

@Suite("The command compare", .serialized)
struct CompareCommandTests {
  private let program = BuiltProgram.crossbit

  private func withSets(_ body: (ComparedSets) throws -> Void) throws {
    try withTemporaryFolder { try body(ComparedSets(in: $0)) }
  }

  private func contestant(_ path: String) throws -> CodeSetComparison.Contestant {
    CodeSetComparison.Contestant(name: path, set: try CodeSet(paths: [path]))
  }

  @Test("pairs the values of queries, task by task, and corrects over all pairs")
  func pairs() throws {
    try withSets { sets in
      let paths = try [
        sets.write("good", bits: 16, noise: 0.05), sets.write("fair", bits: 8, noise: 0.2),
        sets.write("poor", bits: 8, noise: 0.5),
      ]
      let contestants = try paths.map(contestant)
      var settings = CodeSetComparison.Settings()
      settings.measure = try Measure(name: "P@10")
      settings.rounds = 500
      settings.seed = 3
      let comparison = try CodeSetComparison(contestants, settings: settings, threads: 2)
      #expect(
        comparison.pairs.map(\.task) == ["I2T", "T2I", "I2I", "T2T"].flatMap { [$0, $0, $0] })
      #expect(comparison.pairs.prefix(3).map(\.first) == [0, 0, 1])
      #expect(comparison.pairs.prefix(3).map(\.second) == [1, 2, 2])
      for pair in comparison.pairs {
        let values = try [pair.first, pair.second].map {
          try result(of: contestants[$0].set, pair.task, settings.measure)
        }
        // The labels are the same, so the same queries are answerable and the means are plain ones.
        // Both sum forty values of size ≤ 1, in another order.
        #expect(abs(pair.firstMean - values[0].mean.expected) < 1e-12)
        #expect(abs(pair.secondMean - values[1].mean.expected) < 1e-12)
        #expect(abs(pair.difference - (pair.firstMean - pair.secondMean)) < 1e-12)
        #expect(pair.queryCount == values[0].queryCount)
        let alone = PairedComparison.resampled(
          [try PairedComparison(values[0].values, values[1].values)], seed: 3, rounds: 500)
        #expect(alone[0]?.pValue == pair.pValue)
        #expect(alone[0]?.interval == pair.interval)
      }
      #expect(
        comparison.pairs.map(\.adjustedPValue) == holmAdjusted(comparison.pairs.map(\.pValue)))
      // Codes that are almost the labels against codes of noise.
      #expect(comparison.pairs[1].adjustedPValue < 0.05)
      #expect(comparison.pairs[1].interval.lowerBound > 0)
    }
  }

  private func result(
    of set: CodeSet, _ name: String, _ measure: Measure
  ) throws -> MeasureResult {
    let task = try #require(set.tasks.first { $0.name == name })
    return try evaluate(
      queries: task.queries, queryLabels: set.queryLabels, retrieval: task.retrieval,
      retrievalLabels: set.retrievalLabels, measures: MeasureSpecification(measures: [measure])
    ).measures[0]
  }

  @Test("prints a table, JSON and CSV, the same for the same seed")
  func output() throws {
    try withSets { sets in
      let good = try sets.write("good", bits: 16, noise: 0.05)
      let poor = try sets.write("poor", bits: 8, noise: 0.4)
      let arguments = ["compare", good, poor, "--task", "I2T", "--rounds", "200"]
      let table = try program.run(arguments)
      #expect(table.exitCode == 0, "\(table.errors)")
      for words in [
        "A  \(good) (16 bits)\nB  \(poor) (8 bits)\n", "I→T   A − B", "95 % interval",
        "mAP@all: average precision over the whole list, expected over ties",
        "two-sided paired randomisation test", "200 rounds", "1 comparison above", "seed 0",
      ] where !table.output.contains(words) {
        Issue.record("no “\(words)” in \(table.output)")
      }
      #expect(try program.run(arguments + ["--threads", "1"]).output == table.output)
      #expect(try program.run(arguments + ["--seed", "1"]).output != table.output)

      let file = "\(sets.folder)/comparison.csv"
      let json = try program.run(arguments + ["--json", "--csv", file, "--confidence", "0.5"])
      #expect(json.exitCode == 0, "\(json.errors)")
      let document = try JSONDecoder().decode(PrintedComparison.self, from: Data(json.output.utf8))
      #expect(document.comparisons.count == 1)
      #expect(document.confidence == 0.5)
      #expect(document.sets.map(\.bits) == [16, 8])
      let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
      #expect(lines.count == 2)
      let fields = lines[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      #expect(fields[0] == "I2T" && fields[2] == good && fields[4] == "16" && fields[5] == "8")
      #expect(Double(fields[9]) == document.comparisons[0].difference)
      #expect(Double(fields[13]) == document.comparisons[0].pHolm)
    }
  }

  @Test("leaves out tasks that not every set has, and says so")
  func leftOut() throws {
    try withSets { sets in
      let both = try sets.write("both", bits: 8, noise: 0.1)
      let images = try sets.write("images", bits: 8, noise: 0.1, modalities: ["image"])
      let outcome = try program.run(["compare", both, images, "--rounds", "10"])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(outcome.errors == "Left out: I2T, T2I, T2T, which not every set has codes for.\n")
      #expect(outcome.output.contains("I→I   A − B"))
      let texts = try sets.write("texts", bits: 8, noise: 0.1, modalities: ["text"])
      let nothing = try program.run(["compare", images, texts])
      #expect(nothing.exitCode == 1)
      #expect(
        nothing.errors
          == "Error: No task can be measured in every set: \(images) has I2I; \(texts) has T2T.\n")
    }
  }

  @Test("refuses sets that are not over the same items, in one sentence")
  func refusals() throws {
    try withSets { sets in
      let first = try sets.write("first", bits: 8, noise: 0.1)
      let other = try sets.write("other", bits: 8, noise: 0.1)
      func refused(_ arguments: [String], _ sentence: String, code: Int32 = 1) throws {
        let outcome = try program.run(arguments)
        #expect(outcome.exitCode == code)
        #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
        if code == 1 {
          #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
        }
        #expect(outcome.output.isEmpty)
      }
      for rounds in ["0", "10000001", "\(Int.max)"] {
        try refused(
          ["compare", first, other, "--rounds", rounds],
          "--rounds is 1 to 10000000, not \(rounds).", code: 64)
      }
      try refused(
        ["compare", first, other, "--csv", "\(first)"], "this is no regular file")
      var labels = sets.labels.retrieval
      labels.replaceSubrange(28..<32, with: [0, 1, 0, 1])
      try sets.save("\(first)/retrieval_labels", 4, labels)
      labels.replaceSubrange(28..<32, with: [0, 0, 0, 0])
      try sets.save("\(other)/retrieval_labels", 4, labels)
      try refused(
        ["compare", first, other],
        "Error: Row 7 of the retrieval set (counted from 0) has labels 1, 3 in \(first) but no "
          + "label in \(other); the same items in the same order are expected.")

      try sets.save("\(other)/retrieval_labels", 5, [UInt8](repeating: 1, count: 90 * 5))
      try sets.save("\(other)/query_labels", 5, [UInt8](repeating: 1, count: 40 * 5))
      try refused(
        ["compare", first, other],
        "Error: \(first) is labelled with 4 labels but \(other) with 5; the same labels are "
          + "expected.")

      try refused(
        ["compare", first, first, "--measure", "lookup(r=9,precision)"],
        "Error: \(first): lookup(r=9,precision) does not fit: the radius 9 is out of range")
      try refused(
        ["compare", first, first, "--measure", "mAP@all(unanswerable=zero)"],
        "Error: mAP@all(unanswerable=zero) is a mean with a rule of its own")
      try refused(["compare", first], "A comparison takes two sets or more, not 1.", code: 64)
      try refused(
        ["compare", first, other, "--confidence", "1"], "--confidence lies between 0 and 1",
        code: 64)
    }
  }
}
