public import Retrieval

/// Says what is measured: `Measures { MeanAveragePrecision(); PrecisionRecall() }`.
///
/// Mean average precision over the whole list is measured without being asked for.
public struct Measures: ExperimentClause {
  private let clauses: [any MeasureClause]

  /// Names the measures, one a line.
  public init(@MeasureBuilder _ clauses: () -> [any MeasureClause]) {
    self.clauses = clauses()
  }

  /// Adds the measures.
  public func add(to experiment: inout Experiment) {
    for clause in clauses {
      clause.add(to: &experiment.measures)
      experiment.measureMistakes += clause.mistakes
    }
  }
}

/// One measure of a manifest.
public protocol MeasureClause: Sendable {
  /// Adds the measure.
  func add(to specification: inout MeasureSpecification)
  /// What cannot be added, reported before anything is trained; nothing unless said otherwise.
  var mistakes: [RetrievalError] { get }
}

extension MeasureClause {
  /// Nothing is wrong.
  public var mistakes: [RetrievalError] { [] }
}

/// Collects the measures of a manifest.
@resultBuilder
public enum MeasureBuilder {
  /// Joins the measures of a block.
  public static func buildBlock(_ measures: any MeasureClause...) -> [any MeasureClause] {
    measures
  }
}

/// Mean average precision over the whole ranked list, `mAP@all`; always measured.
public struct MeanAveragePrecision: MeasureClause {
  /// Names the measure, for the reader of the manifest.
  public init() {}

  /// Changes nothing: the measure is always there.
  public func add(to specification: inout MeasureSpecification) {}
}

/// Precision and recall of the Hamming balls of radius 0 … K.
public struct PrecisionRecall: MeasureClause {
  /// Names the measure.
  public init() {}

  /// Adds the curve.
  public func add(to specification: inout MeasureSpecification) {
    specification.precisionRecall = true
  }
}

/// Precision of the first k items, P@k, as a curve over k.
public struct PrecisionAtTop: MeasureClause {
  private let cutoffs: [Int]

  /// Names cut-offs one by one: `PrecisionAtTop(1, 10, 100)`.
  public init(_ cutoffs: Int...) {
    self.cutoffs = cutoffs
  }

  /// Names the cut-offs of a sequence: `PrecisionAtTop(stride(from: 50, through: 1000, by: 50))`.
  public init(_ cutoffs: some Sequence<Int>) {
    self.cutoffs = Array(cutoffs)
  }

  /// Adds the cut-offs.
  public func add(to specification: inout MeasureSpecification) {
    specification.precisionCutoffs += cutoffs
  }
}
