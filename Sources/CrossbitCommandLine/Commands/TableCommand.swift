import ArgumentParser
import ExperimentKit

/// The command `crossbit table NAME`.
struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "Writes the tables and curves of the finished trials anew and prints the table.")

  @OptionGroup var selection: ExperimentArgument
  @OptionGroup var data: DataOption
  @OptionGroup var results: ResultsOption

  func run() throws {
    let experiment = try selection.experiment
    let plan = try ExperimentPlan(experiment, dataFolder: data.folder)
    let ledger = Ledger(results: results.folder, experiment: experiment.name)
    let records = try plan.trials.compactMap { trial in
      let entry = try ledger.entry(for: trial, of: experiment)
      if case .damaged(let reason) = entry {
        Console.complain(
          "The record \(ledger.file(of: trial)) is damaged and left out: \(reason); "
            + "`crossbit run \(experiment.name)` makes it again.")
      }
      return entry.finishedRecord
    }
    try ReportWriting(plan: plan, results: results.folder).write(records)
  }
}
