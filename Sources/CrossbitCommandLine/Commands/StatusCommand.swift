import ArgumentParser
import ExperimentKit
import Foundation

/// The command `crossbit status NAME`.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Says which trials of an experiment are finished, running, failed and open.",
    discussion: """
      Running are the trials that a process makes at this moment, on this machine or on another that \
      shares the results folder. The time left is estimated from the finished trials.
      """)

  @OptionGroup var selection: ExperimentArgument
  @OptionGroup var data: DataOption
  @OptionGroup var results: ResultsOption
  @Option(help: "Number of trials at a time, for the time left.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  func validate() throws {
    guard jobs >= 1 else { throw ValidationError("--jobs is at least 1, not \(jobs).") }
  }

  func run() throws {
    let experiment = try selection.experiment
    let plan = try ExperimentPlan(experiment, dataFolder: data.folder)
    let ledger = Ledger(results: results.folder, experiment: experiment.name)
    let status = try ExperimentStatus(plan: plan, ledger: ledger)
    for line in StatusListing(status, jobs: jobs).lines { try Console.report(line) }
    // Without submissions, or on a machine without SLURM, there is no queue to tell of.
    if let queue = try? SlurmQueue(of: experiment.name, submissions: ledger.submissions),
      !queue.states.isEmpty
    {
      let counts = Dictionary(grouping: queue.states.values) { $0.lowercased() }
        .map { "\($0.value.count) \($0.key)" }.sorted()
      try Console.report("in SLURM's queue: \(counts.joined(separator: ", "))")
    }
  }
}

/// A status as `crossbit status` shows it.
struct StatusListing {
  /// Counts, then what runs and what failed, then the time left.
  let lines: [String]

  init(_ status: ExperimentStatus, jobs: Int) {
    let counts = [
      ("finished", status.finished.count), ("running", status.running.count),
      ("failed", status.failed.count), ("damaged", status.damaged.count),
      ("to measure again", status.outdated.count), ("open", status.open.count),
    ].filter { $0.1 > 0 || ["finished", "open"].contains($0.0) }
      .map { "\($0.1) \($0.0)" }
    let total = status.trialCount
    var lines = ["\(status.experiment): \(total) trials: \(counts.joined(separator: ", "))"]
    if let runner = status.runner { lines.append("run by \(runner)") }
    if !status.running.isEmpty {
      lines.append("running:")
      lines += status.running.map { "  \($0.trial.title): \($0.maker)" }
    }
    for (reason, titles) in Self.grouped(status.failed) {
      lines.append("failed: \(reason)")
      lines += titles.map { "  \($0)" }
    }
    if !status.damaged.isEmpty {
      lines.append("damaged, to be run again:")
      lines += status.damaged.map { "  \($0.trial.title): \($0.reason)" }
    }
    if let seconds = status.remainingSeconds(jobs: jobs), seconds > 0 {
      lines.append(
        "about \(ProgressDisplay.clock(seconds)) left with \(jobs) at a time, as long as the "
          + "finished ones took")
    }
    self.lines = lines
  }

  /// Each reason once, with the titles of its trials.
  private static func grouped(
    _ failed: [(trial: Trial, note: FailureNote)]
  ) -> [(reason: String, titles: [String])] {
    var order: [String] = []
    var titles: [String: [String]] = [:]
    for (trial, note) in failed {
      if titles[note.reason] == nil { order.append(note.reason) }
      titles[note.reason, default: []].append("\(trial.title) (\(note.time), \(note.host))")
    }
    return order.map { ($0, titles[$0] ?? []) }
  }
}
