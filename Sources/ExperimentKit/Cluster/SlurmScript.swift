import Foundation

/// What a site wants to know of a job, and how the trials are cut into array elements.
package struct SlurmRequest: Sendable {
  /// Partition, account, time limit and memory of an element as `sbatch` takes them; nil for the
  /// site's defaults.
  package var partition: String?
  package var account: String?
  package var time: String?
  package var memory: String?
  /// Modules to load before the program starts.
  package var modules: [String] = []
  /// Lines of the site's own: `#SBATCH` options and shell commands.
  package var siteLines: [String] = []
  /// Elements that run at a time at most; nil for as many as the site allows.
  package var atMost: Int?
  /// Trials of an element.
  package var trialsPerElement = 1

  /// Creates a request for one trial an element with the site's defaults.
  package init() {}
}

/// The batch script of an array job whose elements make trials.
///
/// An element makes its trials one after the other, each as `crossbit trial` does: a finished one ends
/// at once, and one that another process makes is left to it.
package struct SlurmScript: Sendable {
  /// Name of the jobs of an experiment in the queue.
  package static func jobName(of experiment: String) -> String { "crossbit-\(experiment)" }

  /// Identifiers of each element's trials.
  package let elements: [[String]]
  /// The script.
  package let text: String

  /// Writes a script.
  ///
  /// - Parameters:
  ///   - experiment: Name of the experiment.
  ///   - trials: The trials to make, at least one.
  ///   - request: What the site wants to know.
  ///   - program: Path of this program.
  ///   - folder: Folder to run in.
  ///   - options: Options of `crossbit trial` that name the folders of data and results.
  ///   - logs: Folder for what elements print.
  package init(
    experiment: String, trials: [Trial], request: SlurmRequest, program: String, folder: String,
    options: [String], logs: String
  ) {
    let size = max(1, request.trialsPerElement)
    let chunks = stride(from: 0, to: trials.count, by: size).map {
      trials[$0..<min($0 + size, trials.count)]
    }
    elements = chunks.map { $0.map(\.identifier) }
    let limit = request.atMost.map { "%\($0)" } ?? ""
    var directives = [
      "--job-name=\(Self.jobName(of: experiment))", "--array=0-\(chunks.count - 1)\(limit)",
      "--ntasks=1", "--cpus-per-task=1", "--requeue", "--output=\(logs)/%A-%a.log",
    ]
    if let partition = request.partition { directives.append("--partition=\(partition)") }
    if let account = request.account { directives.append("--account=\(account)") }
    if let time = request.time { directives.append("--time=\(time)") }
    if let memory = request.memory { directives.append("--mem=\(memory)") }
    var lines = ["#!/bin/bash"] + directives.map { "#SBATCH \($0)" } + request.siteLines
    lines += request.modules.map { "module load \(Self.quoted($0))" }
    lines += [
      "cd \(Self.quoted(folder))", "export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1",
      "# Trials of each element: position in the plan and identifier.", "elements=(",
    ]
    lines += chunks.map { chunk in
      "  " + Self.quoted(chunk.map { "\($0.index):\($0.identifier)" }.joined(separator: " "))
    }
    let command = ([program, "trial", experiment].map(Self.quoted)).joined(separator: " ")
    lines += [
      ")", "failed=0", "for trial in ${elements[$SLURM_ARRAY_TASK_ID]}; do",
      "  \(command) \"${trial%%:*}\" --expecting \"${trial#*:}\" "
        + "\(options.map(Self.quoted).joined(separator: " ")) || failed=1",
      "done", "exit $failed",
    ]
    text = lines.joined(separator: "\n") + "\n"
  }

  /// A word as the shell takes it literally.
  package static func quoted(_ word: String) -> String {
    "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
