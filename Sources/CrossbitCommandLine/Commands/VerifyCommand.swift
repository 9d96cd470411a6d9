import ArgumentParser
import ExperimentKit
import Foundation
import Tensors

/// The command `crossbit verify NAME`.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Makes some finished trials again and checks that their codes are the same bits.",
    discussion: """
      The trials are drawn at random, one of each method as far as --sample goes; nothing is stored. \
      Where codes differ, it says which setting of the program or the machine may explain that.
      """)

  @OptionGroup var selection: ExperimentArgument
  @OptionGroup var part: TrialSelection
  @OptionGroup var data: DataOption
  @OptionGroup var results: ResultsOption
  @Option(help: "Number of trials to make again.")
  var sample = 3
  @Option(help: "Seed of the draw.")
  var drawSeed: UInt64 = 1

  func validate() throws {
    guard sample >= 1 else { throw ValidationError("--sample is at least 1, not \(sample).") }
  }

  func run() throws {
    let experiment = try selection.experiment
    let isWanted = try part.filter(for: experiment)
    BLAS.configure(threads: 1)
    let plan = try ExperimentPlan(experiment, dataFolder: data.folder)
    let ledger = Ledger(results: results.folder, experiment: experiment.name)
    let drawn = try TrialDraw(plan, ledger, seed: drawSeed).trials(sample, where: isWanted)
    guard !drawn.isEmpty else {
      throw ValidationError(
        "No trial that is asked for is finished; `crossbit run \(experiment.name)` makes them.")
    }
    var differing = 0
    for (trial, record) in drawn {
      let again = try trial.run(for: experiment, dataFolder: data.folder)
      let isSame = again.codes.equals(record.codes)
      if !isSame { differing += 1 }
      try Console.report(Self.line(trial, record, again, isSame: isSame))
    }
    try Console.report(
      differing == 0
        ? "All \(drawn.count) trials gave the same codes, bit for bit."
        : "\(differing) of \(drawn.count) trials gave other codes.")
    if differing > 0 { throw ExitCode.failure }
  }

  private static func line(
    _ trial: Trial, _ record: TrialRecord, _ again: TrialRecord, isSame: Bool
  ) -> String {
    if isSame { return "same codes     \(trial.title)" }
    let causes = RecordDifference.all(between: record, again).filter(\.isEnvironment)
      .map { "\($0.name) \($0.first ?? "none") then, \($0.second ?? "none") now" }
    let explanation =
      causes.isEmpty
      ? "nothing that the record keeps explains it" : causes.joined(separator: "; ")
    return "other codes    \(trial.title): \(explanation)"
  }
}

/// Finished trials in a random order that starts with one of each method.
private struct TrialDraw {
  private let finished: [(trial: Trial, record: TrialRecord)]

  init(_ plan: ExperimentPlan, _ ledger: Ledger, seed: UInt64) throws {
    var random = RandomStream(seed: seed).stream("trials to verify")
    finished = try plan.trials.compactMap { trial in
      switch try ledger.entry(for: trial, of: plan.experiment) {
      case .finished(let record), .outdated(let record): (trial, record)
      case .damaged, .missing: nil
      }
    }.shuffled(using: &random)
  }

  func trials(
    _ count: Int, where isWanted: (Trial) -> Bool
  ) -> [(trial: Trial, record: TrialRecord)] {
    let wanted = finished.filter { isWanted($0.trial) }
    var seen: Set<TrialSubject> = []
    var first: [(trial: Trial, record: TrialRecord)] = []
    var rest: [(trial: Trial, record: TrialRecord)] = []
    for entry in wanted {
      if seen.insert(entry.record.subject).inserted {
        first.append(entry)
      } else {
        rest.append(entry)
      }
    }
    // Reference points are made of random numbers and labels: they come last.
    let methods = first.filter { $0.record.subject.kind == .method }
    let references = first.filter { $0.record.subject.kind == .reference }
    return Array((methods + references + rest).prefix(count))
  }
}
