import Foundation
import TestSupport
import Testing

/// Against a real SLURM, which `.ci/slurm-test` starts; skipped without it.
@Suite("Trials on a cluster", .serialized)
struct SlurmTests {
  static let isThere = ProcessInfo.processInfo.environment["CROSSBIT_SLURM_TEST"] != nil

  private let program = BuiltProgram.testExperiments

  private func withData(_ body: (_ folder: String, _ folders: [String]) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try HDF5Fixture.synthetic().write(to: "\(folder)/tiny.h5")
      try body(folder, ["--data", folder, "--results", "\(folder)/Results"])
    }
  }

  private func text(_ path: String) -> String? {
    try? String(contentsOfFile: path, encoding: .utf8)
  }

  private func shell(_ command: String) -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    let output = Pipe()
    process.standardOutput = output
    try? process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  @Test(
    "give the table of a local run after half was cancelled and submitted anew",
    .enabled(if: isThere, "no SLURM was started; run .ci/slurm-test"))
  func cancelAndSubmitAgain() throws {
    try withData { folder, folders in
      let local = ["--data", folder, "--results", "\(folder)/Local"]
      #expect(try program.run(["run", "slow"] + local).exitCode == 0)

      let first = try program.run(["submit", "slow", "--chunk", "2", "--at-most", "1"] + folders)
      #expect(first.exitCode == 0, "\(first.errors)")
      #expect(first.output.hasPrefix("Submitted 18 trials as job "))
      let words = first.output.split(separator: " ")
      let job = try #require(words.firstIndex(of: "job").map { String(words[$0 + 1]) })
      // Nothing is submitted that waits already.
      let twice = try program.run(["submit", "slow"] + folders)
      #expect(twice.output.hasPrefix("Nothing to submit: "), "\(twice.output)\(twice.errors)")
      let status = try program.run(["status", "slow"] + folders)
      #expect(status.output.contains("in SLURM's queue: "), "\(status.output)")
      _ = shell("scancel \(job)_[5-8]")
      #expect(eventually { shell("squeue --noheader --name=crossbit-slow").isEmpty })
      let between = try program.run(["status", "slow"] + folders)
      #expect(between.output.contains(" 10 finished, 8 open") || between.output.contains("open"))

      // The array of the first submission is gone, and so is its table's job.
      let second = try program.run(
        ["submit", "slow", "--time", "10", "--site", try site(in: folder)] + folders)
      #expect(second.output.hasPrefix("Submitted 8 trials as job "), "\(second.output)")
      #expect(eventually { shell("squeue --noheader").isEmpty })
      let after = try program.run(["status", "slow"] + folders)
      #expect(after.output == "slow: 18 trials: 18 finished, 0 open\n")
      // Written by the job behind the array.
      let csv = text("\(folder)/Results/slow/results.csv")
      #expect(csv != nil && csv == text("\(folder)/Local/slow/results.csv"))
    }
  }

  /// A site's own lines.
  private func site(in folder: String) throws -> String {
    try Data("#SBATCH --comment=site\nexport SITE=1\n".utf8).write(
      to: URL(filePath: "\(folder)/site"))
    return "\(folder)/site"
  }

  @Test(
    "are refused where a word or a path would not stand in the script as it is",
    arguments: [
      ["--partition", "a\nrm -rf x"], ["--time", "1 h"], ["--memory", ""],
      ["--results", "/tmp/with space"], ["--results", "/tmp/with%p"],
    ])
  func refused(options: [String]) throws {
    try withData { folder, _ in
      let results = options[0] == "--results" ? [] : ["--results", folder]
      let outcome = try program.run(
        ["submit", "slow", "--dry-run", "--data", folder] + results + options)
      #expect(outcome.exitCode == 64, "\(outcome.output)")
    }
  }

  @Test("are written as a script that names every open trial once")
  func script() throws {
    try withData { folder, folders in
      let dry = try program.run(
        [
          "submit", "slow", "--dry-run", "--chunk", "4", "--at-most", "3", "--partition", "cpu",
          "--account", "mine", "--time", "1:00:00", "--memory", "2G", "--modules", "gcc,blas",
          "--site", try site(in: folder), "--seeds", "1,2",
        ] + folders)
      #expect(dry.exitCode == 0, "\(dry.errors)")
      for line in [
        "#SBATCH --job-name=crossbit-slow", "#SBATCH --array=0-1%3", "#SBATCH --partition=cpu",
        "#SBATCH --account=mine", "#SBATCH --time=1:00:00", "#SBATCH --mem=2G",
        "#SBATCH --comment=site", "export SITE=1", "module load 'gcc'", "module load 'blas'",
      ] {
        #expect(dry.output.contains("\n\(line)\n"), "\(line)")
      }
      // Three who make codes, two seeds, four trials an element.
      let trials = dry.output.split(whereSeparator: { " '\n".contains($0) })
        .filter { $0.contains("-8-bits-seed-") }
      #expect(trials.count == 6 && Set(trials).count == 6)
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/Results/slow/jobs"))
      // The shell reads it without a complaint.
      try Data(dry.output.utf8).write(to: URL(filePath: "\(folder)/array.sh"))
      #expect(shell("bash -n '\(folder)/array.sh' 2>&1").isEmpty)
    }
  }
}
