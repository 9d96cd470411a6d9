package import ExperimentKit
import HashingMethods
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
  /// The knob that measures are plotted against.
  package var knobAxis: KnobAxis?

  /// Creates an input.
  package init(
    name: String, summary: String, command: String, plannedTrials: [String],
    records: [TrialRecord], comparisons: [ReportedComparison] = [],
    knobAxis: KnobAxis? = nil
  ) {
    self.knobAxis = knobAxis
    self.name = name
    self.summary = summary
    self.command = command
    self.plannedTrials = plannedTrials
    self.records = records
    self.comparisons = comparisons
  }
}

/// A knob that is varied from method to method, as an axis.
package struct KnobAxis: Sendable {
  /// Name of the axis.
  package let label: String
  /// Part of the axis that is marked.
  package let marked: ClosedRange<Double>?
  private let positions: [[String]: Double]

  /// Takes axis and places from a manifest; nil when it has no axis.
  package init?(_ experiment: Experiment) {
    guard let axis = experiment.knobAxis else { return nil }
    label = axis.label
    marked = axis.marked
    var positions: [[String]: Double] = [:]
    for method in experiment.methods {
      let key = [method.variant.description.identifier, method.variant.configuration]
      positions[key] = method.position
    }
    self.positions = positions
  }

  /// The place of a subject; nil when it has none.
  func position(of subject: TrialSubject) -> Double? {
    positions[[subject.method, subject.configuration]]
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
