import Foundation
import TestSupport
import Testing

@Suite("The program crossbit")
struct CrossbitProgramTests {
  private let program = BuiltProgram.crossbit

  @Test(
    "says of an experiment which file it wants, where that comes from and which command makes it",
    arguments: ["mirflickr25k", "nuswide-tc10", "nuswide-tc21", "mscoco", "iaprtc12"])
  func describesExperiment(name: String) throws {
    let outcome = try program.run(["list", name, "--data", "/nowhere"])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.contains("  file: /nowhere/\(name).h5 (not there)"))
    #expect(lines.contains { $0.hasPrefix("  from: https://") })
    let command = "crossbit data import --output /nowhere/\(name).h5 --layout "
    #expect(lines.contains { $0.hasPrefix("  made of released files by: \(command)") })
    // One screen.
    #expect(lines.count <= 24)
    // The same command stands where the file is missed.
    let run = try program.run(["run", name, "--data", "/nowhere"])
    #expect(run.exitCode == 1 && run.lastError.contains("`\(command)"))
  }

  @Test("lists the experiments of the package and all methods")
  func list() throws {
    let outcome = try program.run(["list"])
    #expect(outcome.exitCode == 0)
    for name in ["quickstart  (", "wiki-dbrh  (", "openclipart-dcmh  (", "dcmh", "dbrh"] {
      #expect(outcome.output.lowercased().contains(name), "no “\(name)”")
    }
    #expect(!outcome.output.contains("cannot be run"))
  }

  @Test("prints its help and its version", arguments: [[], ["--help"], ["help"]])
  func help(arguments: [String]) throws {
    let outcome = try program.run(arguments)
    #expect(outcome.exitCode == 0)
    for command in [
      "list", "plan", "run", "trial", "table", "codes", "evaluate", "compare", "data", "doctor",
    ] {
      #expect(outcome.output.contains("\n  \(command) "), "no “\(command)”")
    }
    #expect(try program.run(["--version"]).output == "0.1.0\n")
  }

  @Test("refuses a command that does not exist")
  func unknownCommand() throws {
    let outcome = try program.run(["fly"])
    #expect(outcome.exitCode == 64)
    #expect(outcome.errors.contains("fly"))
  }

  @Test("describes a data file, good or bad")
  func dataInfo() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/tiny.h5"
      try HDF5Fixture.synthetic().write(to: path)
      let good = try program.run(["data", "info", path])
      #expect(good.exitCode == 0)
      #expect(good.output.contains("/image  40 × 6 float32"))
      let bad = try program.run(["data", "info", "\(folder)/absent.h5"])
      #expect(bad.exitCode == 1)
      #expect(bad.errors.hasPrefix("Error: \(folder)/absent.h5: expected "))
    }
  }

  @Test("tells what the machine is good for")
  func doctor() throws {
    try withTemporaryFolder { folder in
      try HDF5Fixture.synthetic().write(to: "\(folder)/tiny.h5")
      let outcome = try program.run(["doctor", "--data", folder, "--results", folder])
      #expect(outcome.exitCode == 0)
      for line in [
        "crossbit    0.1.0", "HDF5        1.", "OpenBLAS    ", "BLAS core   ", "cores       ",
        "Hamming     ", "free disk   ", "data        \(folder)/tiny.h5, 40 items",
      ] where !outcome.output.contains(line) {
        Issue.record("no “\(line)” in \(outcome.output)")
      }
      let empty = try program.run(["doctor", "--data", "\(folder)/empty", "--results", folder])
      #expect(empty.output.contains("! data        no .h5 file in \(folder)/empty"))
    }
  }

  @Test("warns when a variable holds BLAS down")
  func doctorBLAS() throws {
    // The oldest kernels of an x86-64 processor; other processors do not know the name.
    let forced = try program.run(
      ["doctor"], environment: ["OPENBLAS_CORETYPE": "Prescott"])
    let own = try program.run(["doctor"], environment: ["OPENBLAS_CORETYPE": ""])
    #expect(!own.output.contains("holds BLAS down"))
    let isForced = forced.output.contains("BLAS core   Prescott")
    #expect(forced.output.contains("! OPENBLAS_CORETYPE=Prescott holds BLAS down") == isForced)
  }

  @Test("says in one sentence what is wrong with CROSSBIT_SIMD")
  func doctorSIMD() throws {
    let outcome = try program.run(["doctor"], environment: ["CROSSBIT_SIMD": "mmx"])
    #expect(outcome.output.contains("! CROSSBIT_SIMD is “mmx”"))
    let run = try BuiltProgram.crossbit.run(
      ["run", "quickstart", "--data", "Data"], environment: ["CROSSBIT_SIMD": "mmx"])
    #expect(run.exitCode == 1)
    #expect(run.errors.hasPrefix("Error: CROSSBIT_SIMD is “mmx”"))
  }
}
