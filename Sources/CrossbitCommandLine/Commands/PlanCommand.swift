import ArgumentParser
import CrossModalData
import ExperimentKit
import Foundation

/// `crossbit plan NAME`
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Prints the trials of an experiment and marks those that are finished.")

  @OptionGroup var selection: ExperimentArgument
  @OptionGroup var data: DataOption
  @OptionGroup var results: ResultsOption

  func run() throws {
    let experiment = try selection.experiment
    let plan = try ExperimentPlan(experiment, dataFolder: data.folder)
    let ledger = Ledger(results: results.folder, experiment: experiment.name)
    for line in try PlanListing(plan: plan, ledger: ledger).lines { try Console.report(line) }
  }
}

/// A plan as `crossbit plan` shows it.
struct PlanListing {
  /// A line for each data set and split, one for each trial, and the count of each state.
  let lines: [String]

  init(plan: ExperimentPlan, ledger: Ledger) throws {
    var lines = plan.materials.map { material in
      "data set \(material.dataset.name) \(material.datasetDigest.prefix(12)), "
        + "\(material.split.words) split \(material.splitDigest.prefix(12))"
    }
    var counts: [String: Int] = [:]
    let width = "\(plan.trials.count - 1)".count
    for trial in plan.trials {
      let state =
        switch try ledger.entry(for: trial, of: plan.experiment) {
        case .finished: "finished"
        case .outdated: "outdated"
        case .damaged: "damaged"
        case .missing: "open"
        }
      counts[state, default: 0] += 1
      let index = String(repeating: " ", count: width - "\(trial.index)".count) + "\(trial.index)"
      let mark = state.padding(toLength: 8, withPad: " ", startingAt: 0)
      lines.append("\(index)  \(mark)  \(trial.title)  \(trial.identifier)")
    }
    let summary = ["finished", "outdated", "damaged", "open"].compactMap { state in
      counts[state].map { "\($0) \(state)" }
    }
    lines.append("\(plan.trials.count) trials: \(summary.joined(separator: ", "))")
    self.lines = lines
  }
}
