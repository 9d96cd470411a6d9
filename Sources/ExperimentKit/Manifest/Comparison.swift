public import CrossModalData
public import ReportedNumbers

/// Names numbers of a paper that stand beside ours in the tables.
public struct CompareWith: ExperimentClause {
  private let comparison: Comparison

  /// Names a comparison: `CompareWith(.reported(.dbrcTMM2019TableII, dataset: "Wiki"))`.
  public init(_ comparison: Comparison) {
    self.comparison = comparison
  }

  /// Adds the comparison.
  public func add(to experiment: inout Experiment) {
    experiment.comparisons.append(comparison)
  }
}

/// One data set of an experiment held against one data set of a paper's table.
public struct Comparison: Sendable, Hashable {
  /// The paper and its table.
  public let table: ReportedTable
  /// The data set in the paper's spelling.
  public let reportedDataset: String
  /// The data set of the experiment; nil for the only one.
  public let dataset: DatasetReference?

  /// The numbers that a table reports for a data set.
  ///
  /// - Parameters:
  ///   - table: The paper and its table.
  ///   - reportedDataset: The data set in the paper's spelling.
  ///   - dataset: The data set of the experiment that they are held against; may be left out when
  ///     the experiment has only one.
  public static func reported(
    _ table: ReportedTable, dataset reportedDataset: String, for dataset: DatasetReference? = nil
  ) -> Comparison {
    Comparison(table: table, reportedDataset: reportedDataset, dataset: dataset)
  }
}
