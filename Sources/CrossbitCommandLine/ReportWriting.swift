import CrossModalData
import ExperimentKit
import ReportedNumbers
import Reports

/// Writes the tables and curves of an experiment and prints the main tables.
struct ReportWriting {
  let plan: ExperimentPlan
  let results: String

  /// Writes `<results>/<experiment>`, whatever part of the plan is finished.
  ///
  /// - Throws: `StorageError` when a file cannot be written.
  func write(_ records: [TrialRecord]) throws {
    let experiment = plan.experiment
    guard !records.isEmpty else {
      Console.complain("No trial of “\(experiment.name)” is finished, so there is no table yet.")
      return
    }
    let comparisons = experiment.comparisons.compactMap { comparison in
      experiment.dataset(of: comparison).map {
        ReportedComparison(
          dataset: $0.name, table: comparison.table, reportedDataset: comparison.reportedDataset)
      }
    }
    let report = Report(
      ReportInput(
        name: experiment.name, summary: experiment.summary,
        command: "make run EXPERIMENT=\(experiment.name)",
        plannedTrials: plan.trials.map(\.identifier), records: records, comparisons: comparisons,
        knobAxis: KnobAxis(experiment)))
    let folder = "\(results)/\(experiment.name)"
    try report.write(to: folder)
    try Console.report(report.terminalText)
    if report.finishedCount < report.plannedCount {
      try Console.report("Partial: \(report.finishedCount) of \(report.plannedCount) trials.")
    }
    try Console.report(
      "Tables, curves and plots: \(folder)/README.md; for a browser: \(folder)/index.html")
  }
}

extension ReportWriting {
  /// Writes the files of an experiment from the trial records that are there.
  ///
  /// - Throws: what is wrong with the manifest, the data or the records, or a file that cannot be
  ///   written.
  static func write(
    _ experiment: Experiment, data: DataOption, results: ResultsOption
  ) throws {
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
