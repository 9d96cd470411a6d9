import ExperimentKit
import Foundation
import TestSupport
import Testing

/// `crossbit show`, `diff` and `verify`.
@Suite("Commands about records")
struct RecordCommandsTests {
  private let program = BuiltProgram.testExperiments

  private func withFinishedTrials(_ body: (_ folder: String, _ folders: [String]) throws -> Void)
    throws
  {
    try withTemporaryFolder { folder in
      try HDF5Fixture.synthetic().write(to: "\(folder)/tiny.h5")
      let folders = ["--data", folder, "--results", "\(folder)/Results"]
      #expect(try program.run(["run", "tiny"] + folders).exitCode == 0)
      try body(folder, folders)
    }
  }

  @Test("show a record by the beginning of its name, without data")
  func show() throws {
    try withFinishedTrials { folder, folders in
      try FileManager.default.removeItem(atPath: "\(folder)/tiny.h5")
      let results = ["--results", "\(folder)/Results"]
      let shown = try program.run(["show", "projection-plain-8-bits-seed-1"] + results)
      #expect(shown.exitCode == 0, "\(shown.errors)")
      let lines = shown.output.split(separator: "\n").map(String.init)
      #expect(lines[0].hasPrefix("projection-plain-8-bits-seed-1-"))
      for beginning in [
        "record    \(folder)/Results/tiny/trials/", "method    Projection plain (adapted)",
        "code      8 bits, seed 1: ", "data      tiny: 40 items, 6 picture columns",
        "split     stored split official: 8 queries, 32 training items, 32 searched",
        "run       ", "result    I→T own-modality: mAP@all 0.", "result    T→I joint: mAP@all 0.",
        "curve     training 1/1: loss 1", "configuration",
      ] {
        #expect(lines.contains { $0.hasPrefix(beginning) }, "\(beginning)")
      }
      #expect(shown.output.contains("\"stepCount\" : 1"))

      let several = try program.run(["show", "projection"] + results)
      #expect(several.exitCode == 1)
      #expect(
        several.lastError.hasPrefix("Error: 4 records have names that begin with projection: "))
      let none = try program.run(["show", "dcmh"] + results)
      #expect(none.lastError.contains("holds no record whose name begins with dcmh; "))
    }
  }

  @Test("tell what differs, and whether mAP does by more than noise")
  func diff() throws {
    try withFinishedTrials { folder, _ in
      let results = ["--results", "\(folder)/Results"]
      let seeds = try program.run(
        ["diff", "projection-plain-65-bits-seed-1", "tiny/projection-plain-65-bits-seed-2"]
          + results)
      #expect(seeds.exitCode == 0, "\(seeds.errors)")
      #expect(seeds.output.contains("\nseed: 1 → 2\n"))
      #expect(!seeds.output.contains("bits: "))
      #expect(seeds.output.contains("\nThe codes differ in "))
      #expect(seeds.output.contains("\nI→T own-modality: mAP@all 0."))
      #expect(seeds.output.contains("the choice of queries"))

      let better = try program.run(
        ["diff", "random-65-bits-seed-1", "label-oracle-65-bits-seed-1"] + results)
      #expect(better.exitCode == 0, "\(better.errors)")
      #expect(better.output.contains("\nmethod: random → label-oracle\n"))

      let same = try program.run(
        ["diff", "projection-plain-8-bits-seed-1", "projection-plain-8-bits-seed-1"] + results)
      #expect(same.output.contains("Nothing but times and memory differs"))
      #expect(same.output.contains("The codes are the same, bit for bit."))
      #expect(same.output.contains(", p 1: within the noise of the choice of queries"))
    }
  }

  @Test("make trials again and find the same codes, or say what may explain others")
  func verify() throws {
    try withFinishedTrials { folder, folders in
      let good = try program.run(["verify", "tiny", "--sample", "5"] + folders)
      #expect(good.exitCode == 0, "\(good.errors)")
      #expect(good.output.hasPrefix("same codes     tiny, Projection plain"))
      #expect(good.output.hasSuffix("All 5 trials gave the same codes, bit for bit.\n"))

      // An intact record of the same trial with other codes, made on another machine.
      let trials = "\(folder)/Results/tiny/trials"
      for name in try FileManager.default.contentsOfDirectory(atPath: trials)
      where name.hasPrefix("projection") {
        let url = URL(filePath: "\(trials)/\(name)")
        var record = try RecordFile.decode(Data(contentsOf: url))
        record.codes.queryImage = record.codes.queryText
        record.run.blasCore = "Prescott"
        try RecordFile.encode(record).write(to: url)
      }
      let bad = try program.run(
        ["verify", "tiny", "--sample", "1", "--methods", "projection"] + folders)
      #expect(bad.exitCode == 1)
      #expect(bad.output.contains("other codes    tiny, Projection plain"))
      #expect(bad.output.contains("BLAS kernels Prescott then, "))
      #expect(bad.output.contains("1 of 1 trials gave other codes."))
      #expect(try program.run(["verify", "slow"] + folders).exitCode == 64)
    }
  }
}
