import Foundation
import TestSupport
import Testing

@Suite("An interrupted run", .serialized)
struct InterruptionTests {
  private let program = BuiltProgram.testExperiments

  private func withData(_ body: (_ folders: [String], _ trials: String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try HDF5Fixture.synthetic().write(to: "\(folder)/tiny.h5")
      try body(
        ["--data", folder, "--results", "\(folder)/Results"], "\(folder)/Results/slow/trials")
    }
  }

  // A program that is not optimised takes three times as long to come up.
  #if DEBUG
    private static let killCount = 20
  #else
    private static let killCount = 100
  #endif

  private func recordNames(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".json") }
  }

  private func records(in folder: String) -> [String: Data] {
    var records: [String: Data] = [:]
    for name in recordNames(in: folder) {
      records[name] = try? Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
    }
    return records
  }

  @Test("ends its workers, says how to go on, and goes on", arguments: [SIGINT, SIGTERM, SIGHUP])
  func signals(signal: Int32) throws {
    try withData { folders, trials in
      let running = try program.start(["run", "slow", "--jobs", "2"] + folders)
      // The reference points are quick; a seventh record means that slow trials are under way.
      #expect(eventually { records(in: trials).count >= 13 })
      let workers = running.children
      running.send(signal)
      let outcome = running.outcome()
      #expect(outcome.exitCode == 128 + signal)
      #expect(outcome.lastError.hasSuffix("trials finished; the same command goes on from there."))
      #expect(!outcome.errors.contains("failed"))
      #expect(eventually { workers.allSatisfy { kill($0, 0) != 0 } })
      let before = records(in: trials)
      #expect(before.count < 18)

      #expect(try program.run(["run", "slow"] + folders).exitCode == 0)
      let after = records(in: trials)
      #expect(after.count == 18)
      #expect(before.allSatisfy { after[$0.key] == $0.value })
    }
  }

  @Test("of 360 trials survives many kill -9, and its table is that of one left alone")
  func killed() throws {
    try withData { folders, _ in
      let folder = folders[1]
      let whole = ["--data", folder, "--results", "\(folder)/Whole"]
      let uninterrupted = try program.run(["run", "many"] + whole)
      #expect(uninterrupted.exitCode == 0, "\(uninterrupted.errors)")

      let trials = "\(folder)/Results/many/trials"
      var random = testStream("moments of kill -9")
      var before: [String: Data] = [:]
      for round in 0..<Self.killCount {
        let running = try program.start(["run", "many", "--jobs", "2"] + folders)
        // Every other time only once a trial has ended, so that the run gets on.
        if round.isMultiple(of: 2) {
          #expect(eventually { recordNames(in: trials).count > before.count })
        }
        usleep(UInt32.random(in: 1_000...150_000, using: &random))
        let workers = running.children
        running.send(SIGKILL)
        _ = running.outcome()
        // Workers notice that their parent is gone; none goes on alone.
        #expect(eventually { workers.allSatisfy { kill($0, 0) != 0 } })
        let after = records(in: trials)
        // A finished trial is neither lost nor made again: its record tells when it was made.
        #expect(before.allSatisfy { after[$0.key] == $0.value })
        before = after
      }
      let last = try program.run(["run", "many"] + folders)
      #expect(last.exitCode == 0, "\(last.errors)")
      #expect(!last.errors.contains("damaged"))
      let names = try FileManager.default.contentsOfDirectory(atPath: trials)
      #expect(names.count == 361, "360 records and the lock, not \(names.count)")
      #expect(before.allSatisfy { records(in: trials)[$0.key] == $0.value })
      for file in ["results.csv", "curves/learning.csv"] {
        let tables = try ["Results", "Whole"].map {
          try Data(contentsOf: URL(filePath: "\(folder)/\($0)/many/\(file)"))
        }
        #expect(tables[0] == tables[1], "\(file)")
      }
      // The page differs in what trials took and nowhere else.
      let pages = try ["Results", "Whole"].map { name in
        try String(contentsOfFile: "\(folder)/\(name)/many/README.md", encoding: .utf8)
          .split(separator: "\n## ").filter { !$0.hasPrefix("Cost") }
      }
      #expect(pages[0] == pages[1])
    }
  }

  @Test("gives a killed worker one more chance after the others, and says so")
  func secondChance() throws {
    try withData { folders, _ in
      let mark = ["CROSSBIT_TEST_MARK": "\(folders[1])/mark"]
      let outcome = try program.run(["run", "killed", "--jobs", "1"] + folders, environment: mark)
      #expect(outcome.exitCode == 1)
      let lines = outcome.errors.split(separator: "\n")
      #expect(lines.count { $0.hasPrefix("[again later] ") } == 2)
      #expect(outcome.errors.contains("[4/4]") == false)
      #expect(outcome.errors.contains("[3/4] tiny, Mishap isKilledOnce"))
      #expect(outcome.errors.contains("[failed] tiny, Mishap isKilled,"))
      #expect(outcome.errors.contains("the system may have run out of memory"))
      let status = try program.run(["status", "killed", "--jobs", "2"] + folders)
      #expect(status.output.hasPrefix("killed: 4 trials: 3 finished, 1 failed, 0 open\n"))
      #expect(status.output.contains("failed: The worker was ended by signal 9"))
    }
  }

  @Test("is seen by status, and by whoever asks for the same trial")
  func status() throws {
    try withData { folders, trials in
      let before = try program.run(["status", "slow"] + folders)
      #expect(before.output == "slow: 18 trials: 0 finished, 18 open\n")
      let running = try program.start(["run", "slow", "--jobs", "1"] + folders)
      #expect(eventually { records(in: trials).count >= 13 })
      var during = ""
      #expect(
        eventually {
          during = (try? program.run(["status", "slow"] + folders).output) ?? ""
          return during.contains("running:\n")
        })
      #expect(during.contains("run by process "))
      #expect(during.contains(" left with "))
      // Elements of a batch job and a run on this machine do not make a trial twice.
      let claimed = (12..<18).lazy.map { index in
        (try? self.program.run(["trial", "slow", "\(index)"] + folders))
      }
      .contains { $0?.output.contains("is being made by process ") == true }
      #expect(claimed || records(in: trials).count == 18)
      _ = running.outcome()
      let after = try program.run(["status", "slow"] + folders)
      #expect(after.output == "slow: 18 trials: 18 finished, 0 open\n")
    }
  }

  @Test("of a part makes that part and no other")
  func part() throws {
    try withData { folders, trials in
      let run = try program.run(
        ["run", "many", "--methods", "projection.plain", "--bits", "8,16", "--seeds", "3"]
          + folders)
      #expect(run.exitCode == 0)
      #expect(run.output.contains("Partial: 6 of 360 trials."))
      #expect(records(in: trials.replacing("slow", with: "many")).count == 6)
      let wrong = try program.run(["run", "many", "--methods", "dcmh"] + folders)
      #expect(wrong.exitCode == 64)
      #expect(
        wrong.errors.contains(
          "--methods: experiment many has no dcmh; it has projection, projection.plain."))
      let bits = try program.run(["run", "many", "--bits", "9"] + folders)
      #expect(bits.errors.contains("--bits: experiment many has no 9; it has 4, 8, 16, 65."))
    }
  }

  @Test("is the same, after all, as one that was not interrupted")
  func sameResults() throws {
    try withData { folders, trials in
      let running = try program.start(["run", "slow", "--jobs", "1"] + folders)
      #expect(eventually { records(in: trials).count >= 13 })
      running.send(SIGKILL)
      _ = running.outcome()
      #expect(try program.run(["run", "slow"] + folders).exitCode == 0)
      let csv = "\(trials)/../results.csv"
      let resumed = try Data(contentsOf: URL(filePath: csv))
      try FileManager.default.removeItem(atPath: trials)
      #expect(try program.run(["run", "slow"] + folders).exitCode == 0)
      #expect(try Data(contentsOf: URL(filePath: csv)) == resumed)
    }
  }
}
