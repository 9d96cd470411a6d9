package import ExperimentKit
package import ReportedNumbers

/// Everything a report is made of: what was planned, what is finished and what to compare with.
package struct ReportInput: Sendable {
  /// Name of the experiment, such as `wiki-dbrh`.
  package var name: String
  /// What the experiment shows, in a sentence.
  package var summary: String
  /// The command that writes the report again.
  package var command: String
  /// Identifiers of all planned trials; their order is the order of rows in tables.
  package var plannedTrials: [String]
  /// Finished trials in any order; those that are not planned are left out.
  package var records: [TrialRecord]
  /// Tables of papers to hold the results against.
  package var comparisons: [ReportedComparison]

  /// Creates an input.
  package init(
    name: String, summary: String, command: String, plannedTrials: [String],
    records: [TrialRecord], comparisons: [ReportedComparison] = []
  ) {
    self.name = name
    self.summary = summary
    self.command = command
    self.plannedTrials = plannedTrials
    self.records = records
    self.comparisons = comparisons
  }
}

/// One data set of ours held against one data set of a paper's table.
package struct ReportedComparison: Sendable, Hashable {
  /// The data set's name in the manifest, such as `wiki`.
  package var dataset: String
  /// The table of the paper.
  package var table: ReportedTable
  /// The data set's name in that table, such as `Wiki`.
  package var reportedDataset: String

  /// Creates a comparison.
  package init(dataset: String, table: ReportedTable, reportedDataset: String) {
    self.dataset = dataset
    self.table = table
    self.reportedDataset = reportedDataset
  }
}
