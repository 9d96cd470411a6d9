public import Retrieval

/// Names further measures: `NamedMeasures("NDCG@100", "mAP@50(div=hits)", "MAP@R")`.
///
/// A name holds every convention that moves the number; `Documentation/Evaluation.md` lists them.
/// `mAP@all` may be named and is measured anyway.
public struct NamedMeasures: MeasureClause {
  private let measures: [Measure]
  /// Names that are those of no measure.
  public let mistakes: [RetrievalError]

  /// Names the measures; a name that means nothing is reported with the manifest's other mistakes.
  public init(_ names: String...) {
    self.init(names)
  }

  /// Names the measures of a sequence: `NamedMeasures([10, 100].map { "NDCG@\($0)" })`.
  public init(_ names: some Sequence<String>) {
    (measures, mistakes) = readings(of: names) { name throws(RetrievalError) in
      try Measure(name: name)
    }
  }

  /// Adds the measures.
  public func add(to specification: inout MeasureSpecification) {
    specification.measures += measures.filter { $0 != .meanAveragePrecision }
  }
}

/// Names further curves: `NamedCurves("PR(radius,macro)", "PR(rank,11)", "PR(top,1,10,100)")`.
public struct NamedCurves: MeasureClause {
  private let curves: [RetrievalCurve]
  /// Names that are those of no curve.
  public let mistakes: [RetrievalError]

  /// Names the curves; a name that means nothing is reported with the manifest's other mistakes.
  public init(_ names: String...) {
    self.init(names)
  }

  /// Names the curves of a sequence.
  public init(_ names: some Sequence<String>) {
    (curves, mistakes) = readings(of: names) { name throws(RetrievalError) in
      try RetrievalCurve(name: name)
    }
  }

  /// Adds the curves.
  public func add(to specification: inout MeasureSpecification) {
    specification.curves += curves
  }
}

/// Reads names one by one and keeps what is wrong with the others.
private func readings<Reading>(
  of names: some Sequence<String>, _ read: (String) throws(RetrievalError) -> Reading
) -> (read: [Reading], mistakes: [RetrievalError]) {
  var readings: [Reading] = []
  var mistakes: [RetrievalError] = []
  for name in names {
    do throws(RetrievalError) {
      readings.append(try read(name))
    } catch {
      mistakes.append(error)
    }
  }
  return (readings, mistakes)
}
