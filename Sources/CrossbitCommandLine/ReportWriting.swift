import ExperimentKit

/// Writes an experiment's tables and prints the main one.
struct ReportWriting {
  let plan: ExperimentPlan
  let results: String

  func write(_ records: [TrialRecord]) throws {
    for record in records { try Console.report("\(record.identifier): \(TrialSummary(record).text)") }
  }
}
