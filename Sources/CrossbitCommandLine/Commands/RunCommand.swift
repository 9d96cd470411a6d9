import ArgumentParser
import ExperimentKit
import Foundation

/// The command `crossbit run NAME`.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs the trials of an experiment that are not finished and prints its table.",
    discussion: """
      Each trial is a process of its own. A trial that fails does not stop the others; its reason \
      is printed at the end. After an interruption of any kind the same command goes on where it \
      was. --methods, --bits and --seeds run a part; the table says that it is partial.
      """)

  @OptionGroup var selection: ExperimentArgument
  @OptionGroup var part: TrialSelection
  @OptionGroup var data: DataOption
  @OptionGroup var results: ResultsOption
  @Option(help: "Number of trials at a time.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  func validate() throws {
    guard jobs >= 1 else { throw ValidationError("--jobs is at least 1, not \(jobs).") }
  }

  func run() async throws {
    let experiment = try selection.experiment
    let isWanted = try part.filter(for: experiment)
    let plan = try ExperimentPlan(experiment, dataFolder: data.folder)
    try ExperimentPlan.requireUsable(experiment, dataFolder: data.folder)
    let ledger = Ledger(results: results.folder, experiment: experiment.name)
    let folders = ["--data", data.folder, "--results", results.folder]
    let runner = ExperimentRunner(plan: plan, ledger: ledger, jobs: jobs) { trial in
      ["trial", experiment.name, "\(trial.index)", "--expecting", trial.identifier, "--worker"]
        + folders
    }
    let outcome = try await RunSession(runner: runner).run(only: isWanted)
    try ReportWriting(plan: plan, results: results.folder).write(outcome.records)
    if !outcome.failures.isEmpty { throw ExitCode.failure }
  }
}
