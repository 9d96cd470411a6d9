import Foundation

/// What SLURM's commands say of the jobs of an experiment.
package struct SlurmQueue: Sendable {
  /// State of the trials that wait or run, by identifier, such as `PENDING`.
  package private(set) var states: [String: String] = [:]

  /// Asks `squeue` for the elements that were submitted.
  ///
  /// - Parameters:
  ///   - experiment: Name of the experiment.
  ///   - submissions: What was submitted.
  /// - Throws: ``SlurmProblem`` when `squeue` is not there or fails.
  package init(of experiment: String, submissions: [SlurmSubmission]) throws {
    guard !submissions.isEmpty else { return }
    let output = try SlurmCommand.run(
      "squeue",
      [
        "--noheader", "--array", "--name=\(SlurmScript.jobName(of: experiment))",
        "--format=%F %K %T",
      ])
    let byJob = Dictionary(submissions.map { ($0.job, $0) }) { first, _ in first }
    for line in output.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      guard words.count == 3, let submission = byJob[words[0]], let element = Int(words[1]),
        submission.elements.indices.contains(element)
      else { continue }
      for identifier in submission.elements[element] { states[identifier] = words[2] }
    }
  }
}

/// An array job that was submitted: which trials its elements make.
package struct SlurmSubmission: Sendable, Codable, Hashable {
  /// Number of the job.
  package let job: String
  /// Identifiers of each element's trials.
  package let elements: [[String]]
  /// When, ISO 8601 in UTC.
  package let time: String

  /// Submits a script.
  ///
  /// - Parameters:
  ///   - script: The array job.
  ///   - path: Where the script is written.
  ///   - logs: Folder for what its elements print.
  /// - Throws: ``SlurmProblem``, ``StorageError``.
  package init(submitting script: SlurmScript, writtenTo path: String, logs: String) throws {
    try WholeFile.createFolder(logs)
    try WholeFile.write(Data(script.text.utf8), to: path)
    job = try Self.jobNumber(SlurmCommand.run("sbatch", ["--parsable", path]))
    elements = script.elements
    time = ComputeEnvironment.timestamp
  }

  /// Submits the job that writes the table after the last element.
  ///
  /// - Parameters:
  ///   - experiment: Name of the experiment.
  ///   - command: Command line that writes the table.
  ///   - folder: Folder to run that in.
  ///   - logs: Folder for what it prints.
  /// - Returns: The number of the job.
  /// - Throws: ``SlurmProblem``.
  package func submitTable(
    of experiment: String, command: String, in folder: String, logs: String
  ) throws -> String {
    try Self.jobNumber(
      SlurmCommand.run(
        "sbatch",
        [
          "--parsable", "--dependency=afterany:\(job)",
          "--job-name=\(SlurmScript.jobName(of: experiment))-table", "--chdir=\(folder)",
          "--output=\(logs)/%j-table.log", "--wrap=\(command)",
        ]))
  }

  /// The number in `123;cluster`.
  private static func jobNumber(_ output: String) throws(SlurmProblem) -> String {
    let number = output.prefix { $0.isNumber }
    guard !number.isEmpty else {
      throw SlurmProblem(command: "sbatch", reason: "it printed no job number but “\(output)”")
    }
    return String(number)
  }
}

extension Ledger {
  private var submissionFolder: String {
    folder.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/") + "/jobs"
  }

  /// Folder for scripts, submissions and what elements print.
  package var jobFolder: String { submissionFolder }

  /// Keeps what was submitted.
  ///
  /// - Throws: ``StorageError``.
  package func keep(_ submission: SlurmSubmission) throws {
    try WholeFile.write(
      JSONEncoder().encode(submission), to: "\(submissionFolder)/\(submission.job).json")
  }

  /// Everything that was submitted so far.
  package var submissions: [SlurmSubmission] {
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: submissionFolder)) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted().compactMap { name in
      guard let data = try? WholeFile.read("\(submissionFolder)/\(name)") else { return nil }
      return try? JSONDecoder().decode(SlurmSubmission.self, from: data)
    }
  }
}

/// One of SLURM's commands, run to its end.
enum SlurmCommand {
  /// Runs a command and returns what it printed, without the last line break.
  ///
  /// - Throws: ``SlurmProblem`` when it is not there or fails.
  static func run(_ command: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [command] + arguments
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let complaint = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    // 127 is what env says of a command that is not there.
    guard process.terminationStatus != 127 else {
      throw SlurmProblem(command: command, reason: "it is not installed on this machine")
    }
    guard process.terminationStatus == 0 else {
      let reason = complaint.split(separator: "\n").last.map(String.init)
      throw SlurmProblem(
        command: command, reason: reason ?? "it ended with exit code \(process.terminationStatus)")
    }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// A command of SLURM that cannot be run or fails.
package struct SlurmProblem: Error, Equatable, CustomStringConvertible {
  /// Name of the command.
  package let command: String
  /// What is wrong.
  package let reason: String

  /// One sentence.
  package var description: String { "SLURM's `\(command)` cannot be used: \(reason)." }
}
