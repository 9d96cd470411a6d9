import Foundation
import Retrieval

/// A code set that `Fixtures/reference_sets.py` drew.
struct RecordedCodeSet: Decodable {
  let name: String
  let bits: Int
  let labelCount: Int
  /// A string of `0` and `1` for each item.
  let queryCodes: [String]
  /// The labels of each item.
  let queryLabels: [[Int]]
  let retrievalCodes: [String]
  let retrievalLabels: [[Int]]

  /// Measures some of the queries against the whole retrieval set.
  func result(queries: [Int], _ measures: MeasureSpecification) throws -> RetrievalResult {
    try evaluate(
      queries: codes(queries.map { queryCodes[$0] }),
      queryLabels: labels(queries.map { queryLabels[$0] }),
      retrieval: codes(retrievalCodes), retrievalLabels: labels(retrievalLabels),
      measures: measures)
  }

  private func codes(_ rows: [String]) throws -> BinaryCodes {
    try BinaryCodes(
      count: rows.count, bits: bits, activations: rows.joined().map { $0 == "1" ? 1 : -1 })
  }

  private func labels(_ sets: [[Int]]) -> LabelSets {
    LabelSets(
      count: sets.count, labelCount: labelCount,
      indicators: sets.flatMap { set in (0..<labelCount).map { set.contains($0) ? 1 : 0 } })
  }
}

/// A measure or a curve as another program computed it.
struct RankingReference: Decodable {
  /// Name of the code set.
  let set: String
  /// Program and version.
  let tool: String
  /// How it was called.
  let call: String
  /// Name of the measure, or nil for a curve.
  let measure: String?
  /// Name of the curve, or nil for a measure.
  let curve: String?
  /// The order inside ties; nil where it does not matter.
  let order: TieOrder?
  /// A value for each query; nil where the tool has none.
  let values: [Double?]?
  /// The mean over queries.
  let mean: Double?
  /// Position, precision and recall; nil where the tool has none.
  let points: [[Double?]]?
  /// How exact the tool is; nil for sums in Double.
  let tolerance: Double?
}

/// What another program says about two methods on the same queries.
struct ComparisonReference: Decodable {
  let name: String
  let first: [Double]
  let second: [Double]
  /// Exact two-sided p-value over all signs of the differences.
  let pValue: Double?
  /// Ends of the 95 % percentile bootstrap interval of the mean difference.
  let interval: [Double]?
}

/// p-values and what another program adjusts them to.
struct AdjustmentReference: Decodable {
  let pValues: [Double]
  let adjusted: [Double]
}

/// The file of comparisons and adjustments.
struct StatisticsReferences: Decodable {
  let comparisons: [ComparisonReference]
  let adjustments: [AdjustmentReference]
}

/// Reads a file that `Fixtures/make_references.py` wrote.
func recorded<Content: Decodable>(_ type: Content.Type, _ name: String) throws -> Content {
  let folder = URL(filePath: #filePath).deletingLastPathComponent()
  let file = folder.appending(components: "Fixtures", "\(name).json")
  return try JSONDecoder().decode(type, from: Data(contentsOf: file))
}

extension TieBounds {
  /// The value under a tie rule; nil when it was not asked for.
  func value(_ order: TieOrder) -> Double? {
    switch order {
    case .expected: expected
    case .worst: worst
    case .best: best
    case .databaseOrder: databaseOrder
    }
  }
}
