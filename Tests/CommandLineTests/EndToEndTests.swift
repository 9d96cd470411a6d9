import CrossModalData
import ExperimentKit
import Foundation
import TestSupport
import Testing

/// A temporary folder with a tiny data set, and what lies in the results of an experiment.
private struct Workplace {
  let folder: String

  var folders: [String] { ["--data", folder, "--results", "\(folder)/Results"] }

  func names(of experiment: String, _ subfolder: String = "") -> [String] {
    let path = "\(folder)/Results/\(experiment)\(subfolder)"
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  func records(of experiment: String) -> [String] {
    names(of: experiment, "/trials").filter { $0.hasSuffix(".json") }
  }

  func file(_ experiment: String, _ path: String) throws -> Data {
    try Data(contentsOf: URL(filePath: "\(folder)/Results/\(experiment)/\(path)"))
  }
}

@Suite("The program, from end to end", .serialized)
struct EndToEndTests {
  private let program = BuiltProgram.testExperiments

  private func withWorkplace(_ body: (Workplace) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try HDF5Fixture.synthetic().write(to: "\(folder)/tiny.h5")
      try body(Workplace(folder: folder))
    }
  }

  @Test("runs an experiment, prints its table, and does nothing the second time")
  func runs() throws {
    try withWorkplace { place in
      let first = try program.run(["run", "tiny"] + place.folders)
      #expect(first.exitCode == 0, "\(first.errors)")
      #expect(place.records(of: "tiny").count == 12)
      #expect(first.errors.contains("12 trials: 0 finished, 12 to run."))
      #expect(first.errors.contains("[12/12]"))
      for word in ["Projection", "I→T", "T→I", "8 bits", "65 bits", "joint"] {
        #expect(first.output.contains(word), "no “\(word)” in the table")
      }
      #expect(Set(place.names(of: "tiny")).isSuperset(of: ["README.md", "results.csv", "trials"]))
      let results = try place.file("tiny", "results.csv")

      let second = try program.run(["run", "tiny"] + place.folders)
      #expect(second.exitCode == 0)
      #expect(second.errors.contains("12 trials: 12 finished, 0 to run."))
      #expect(!second.errors.contains("["))
      #expect(second.output == first.output)
      #expect(try place.file("tiny", "results.csv") == results)

      let table = try program.run(["table", "tiny"] + place.folders)
      #expect(table.output == first.output)
      let plan = try program.run(["plan", "tiny"] + place.folders)
      #expect(plan.output.contains("12 trials: 12 finished\n"))
    }
  }

  @Test("gives the same results whatever the number of workers")
  func jobs() throws {
    try withWorkplace { place in
      var results: [Data] = []
      for jobs in ["1", "3"] {
        let outcome = try program.run(["run", "tiny", "--jobs", jobs] + place.folders)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        results.append(try place.file("tiny", "results.csv"))
        try FileManager.default.removeItem(atPath: "\(place.folder)/Results")
      }
      #expect(results[0] == results[1])
    }
  }

  @Test("runs a single trial for a batch system")
  func singleTrial() throws {
    try withWorkplace { place in
      let outcome = try program.run(["trial", "tiny", "8"] + place.folders)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(outcome.output.hasPrefix("projection-plain-8-bits-seed-1-"))
      #expect(place.records(of: "tiny").count == 1)
      let plan = try program.run(["plan", "tiny"] + place.folders)
      #expect(plan.output.contains("12 trials: 1 finished, 11 open\n"))
      let table = try program.run(["table", "tiny"] + place.folders)
      #expect(table.output.contains("Partial: 1 of 12 trials."))
    }
  }

  @Test("sets damaged records aside, says so and runs their trials again")
  func damage() throws {
    try withWorkplace { place in
      #expect(try program.run(["run", "tiny"] + place.folders).exitCode == 0)
      let results = try place.file("tiny", "results.csv")
      let names = place.records(of: "tiny")
      let trials = "\(place.folder)/Results/tiny/trials"
      truncate("\(trials)/\(names[3])", 100)
      let leftover = "\(trials)/.\(names[4]).1.partial"
      try Data("torn".utf8).write(to: URL(filePath: leftover))
      let plan = try program.run(["plan", "tiny"] + place.folders)
      #expect(plan.output.contains("11 finished, 1 damaged"))
      let table = try program.run(["table", "tiny"] + place.folders)
      #expect(table.output.contains("Partial: 11 of 12 trials."))
      #expect(
        table.errors.contains("The record \(trials)/\(names[3]) is damaged and left out: its end"))
      let again = try program.run(["run", "tiny"] + place.folders)
      #expect(again.exitCode == 0)
      #expect(
        again.errors.contains(
          "The record \(trials)/\(names[3]) is damaged: its end is missing; it is set aside as "
            + "\(names[3]).damaged and the trial is run again."))
      #expect(again.errors.contains("12 trials: 11 finished, 1 to run."))
      #expect(place.records(of: "tiny") == names)
      #expect(place.names(of: "tiny", "/trials").contains("\(names[3]).damaged"))
      #expect(!FileManager.default.fileExists(atPath: leftover))
      #expect(try place.file("tiny", "results.csv") == results)
    }
  }

  @Test("refuses features that are not finite before the first trial")
  func faultyFeatures() throws {
    try withWorkplace { place in
      var fixture = HDF5Fixture.synthetic()
      let shape = try #require(fixture["/image"]).shape
      var values = [Float](repeating: 1, count: shape[0] * shape[1])
      values[17 * shape[1] + 3] = .nan
      fixture["/image"] = .init(shape, .float32(values))
      try fixture.write(to: "\(place.folder)/tiny.h5")
      let outcome = try program.run(["run", "tiny"] + place.folders)
      #expect(outcome.exitCode == 1)
      #expect(
        outcome.errors
          == "Error: \(place.folder)/tiny.h5, dataset /image: expected finite numbers, found NaN in "
          + "row 17, column 3.\n")
      #expect(!FileManager.default.fileExists(atPath: "\(place.folder)/Results"))
    }
  }

  @Test("goes on with the others when a trial fails, and says why at the end")
  func failures() throws {
    try withWorkplace { place in
      let outcome = try program.run(["run", "mishaps"] + place.folders)
      #expect(outcome.exitCode == 1)
      #expect(place.records(of: "mishaps").count == 3)
      for sentence in [
        "4 of 7 trials failed:", "  This method refuses all data.",
        "The worker was ended by signal ", "Fatal error: this method traps",
        "Mishap givesNaN gave item 0 an activation for bit 0 of its image code that is not a "
          + "number",
        "Mishap givesWrongShape returned activations of shape (8, 9) for image where (8, 8) was "
          + "expected.",
        "The same command runs only what is missing.",
      ] where !outcome.errors.contains(sentence) {
        Issue.record("“\(sentence)” is missing in: \(outcome.errors)")
      }
      #expect(outcome.output.contains("Partial: 3 of 7 trials."))

      let joint = try program.run(["run", "joint-only"] + place.folders)
      #expect(joint.exitCode == 1)
      #expect(
        joint.errors.contains(
          "Mishap lacksPairs has no codes for pairs, and the manifest asks for joint database "
            + "codes only; add .ownModality to EncodeDatabase(…)."))
    }
  }

  @Test("refuses before the first trial what could not be run")
  func refusals() throws {
    try withWorkplace { place in
      let cases: [(arguments: [String], code: Int32, sentence: String)] = [
        (
          ["run", "unknown"], 64, "Error: There is no experiment “unknown”; there are tiny, slow, "
        ),
        (
          ["run", "wrong"], 1,
          "Error: TestExperiments/TestExperiments.swift: experiment “wrong” asks for codes of 0 "
            + "bits; a code length lies between 1 and 4096 bits."
        ),
        (
          ["run", "beyond"], 1,
          "Error: Experiment “beyond” asks for the precision of the first 1000000 items, but the "
            + "stored “official” split of data set tiny has only 32 items to search."
        ),
        (["run", "absent"], 1, "Error: \(place.folder)/absent.h5: expected the data set absent"),
        (
          ["trial", "tiny", "12"], 1, "Error: Experiment “tiny” has the trials 0 to 11, not 12."
        ),
      ]
      for (arguments, code, sentence) in cases {
        let outcome = try program.run(arguments + place.folders)
        #expect(outcome.exitCode == code)
        #expect(outcome.errors.hasPrefix(sentence), "\(outcome.errors)")
        #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
      }
      let jobs = try program.run(["run", "tiny", "--jobs", "0"] + place.folders)
      #expect(jobs.exitCode == 64)
      #expect(jobs.errors.contains("--jobs is at least 1, not 0."))
      #expect(!FileManager.default.fileExists(atPath: "\(place.folder)/Results"))
    }
  }

  @Test("says in one sentence that the disk is full and leaves nothing half written")
  func fullDisk() throws {
    try withWorkplace { place in
      // A limit on file sizes fails like a full disk, in the middle of a write; 2 units are 1 KiB.
      let outcome = try program.run(
        after: "ulimit -f 2", ["run", "tiny", "--jobs", "1"] + place.folders)
      #expect(outcome.exitCode == 1)
      #expect(outcome.errors.contains("cannot be written: File too large; nothing is half written"))
      #expect(outcome.errors.contains("1 of 12 trials failed:"))
      #expect(outcome.errors.contains("11 more trials were not started."))
      #expect(place.names(of: "tiny", "/trials") == [".lock"])
      #expect(try program.run(["run", "tiny"] + place.folders).exitCode == 0)
    }
  }

  @Test("says who runs an experiment that is being run")
  func lock() throws {
    try withWorkplace { place in
      let running = try program.start(["run", "slow", "--jobs", "1"] + place.folders)
      #expect(eventually { !place.records(of: "slow").isEmpty })
      let second = try program.run(["run", "slow"] + place.folders)
      #expect(second.exitCode == 1)
      #expect(second.errors.hasPrefix("Error: Experiment “slow” is being run by process "))
      let first = running.outcome()
      #expect(first.exitCode == 0, "\(first.errors)")
    }
  }
}
