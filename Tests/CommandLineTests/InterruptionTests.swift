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

  private func records(in folder: String) -> [String: Data] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var records: [String: Data] = [:]
    for name in names where name.hasSuffix(".json") {
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

  @Test("survives kill -9 at any moment without losing or breaking a record")
  func killed() throws {
    try withData { folders, trials in
      var random = testStream("moments of kill -9")
      var before: [String: Data] = [:]
      for _ in 0..<6 {
        let running = try program.start(["run", "slow", "--jobs", "2"] + folders)
        usleep(UInt32.random(in: 1_000...600_000, using: &random))
        let workers = running.children
        running.send(SIGKILL)
        _ = running.outcome()
        // Workers notice that their parent is gone; none goes on alone.
        #expect(eventually { workers.allSatisfy { kill($0, 0) != 0 } })
        let after = records(in: trials)
        #expect(before.allSatisfy { after[$0.key] == $0.value })
        before = after
      }
      let last = try program.run(["run", "slow"] + folders)
      #expect(last.exitCode == 0, "\(last.errors)")
      #expect(!last.errors.contains("damaged"))
      let names = try FileManager.default.contentsOfDirectory(atPath: trials)
      #expect(names.count == 19, "18 records and the lock, not \(names)")
      #expect(before.allSatisfy { records(in: trials)[$0.key] == $0.value })
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
