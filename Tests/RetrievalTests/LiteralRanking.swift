import Foundation

@testable import Retrieval

/// The definitions, word for word, over one ranked list; slow and plain.
struct LiteralRanking {
  /// Labels shared with the query, in rank order.
  var grades: [Int]

  /// Relevance in rank order.
  var isRelevant: [Bool] { grades.map { $0 > 0 } }

  init(grades: [Int]) { self.grades = grades }

  init(isRelevant: [Bool]) { grades = isRelevant.map { $0 ? 1 : 0 } }

  /// Relevant items in all, R.
  var total: Int { hits(at: grades.count) }

  func hits(at k: Int) -> Int { grades.prefix(k).count { $0 > 0 } }

  func precision(at k: Int) -> Double { Double(hits(at: k)) / Double(k) }

  /// Precision at each relevant item, in rank order.
  var precisions: [Double] {
    grades.indices.filter { grades[$0] > 0 }.map { precision(at: $0 + 1) }
  }

  var averagePrecision: Double { precisions.reduce(0, +) / Double(total) }

  func averagePrecision(cutAfter k: Int, _ divisor: Measure.Divisor) -> Double {
    let found = precisions.prefix(hits(at: k)).reduce(0, +)
    switch divisor {
    case .hits: return hits(at: k) == 0 ? 0 : found / Double(hits(at: k))
    case .smallerOfCutoffAndTotal: return found / Double(min(k, total))
    case .total: return found / Double(total)
    case .firstRelevant:
      let first = precisions.prefix(k)
      return first.reduce(0, +) / Double(first.count)
    }
  }

  func discountedGain(at k: Int, _ gain: Measure.Gain) -> Double {
    grades.prefix(k).enumerated().reduce(0) { sum, item in
      let value = gain == .linear ? Double(item.element) : pow(2, Double(item.element)) - 1
      return sum + value / log2(Double(item.offset + 2))
    }
  }

  func averageGain(at k: Int) -> Double { Double(grades.prefix(k).reduce(0, +)) / Double(k) }

  func interpolatedPrecision(recall: Double) -> Double {
    (1...grades.count)
      .filter { Double(hits(at: $0)) / Double(total) >= recall }
      .map { precision(at: $0) }.max() ?? .nan
  }

  /// The value of a measure that looks at ranks only.
  func value(of kind: Measure.Kind) -> Double {
    switch kind {
    case .averagePrecision: return averagePrecision
    case .averagePrecisionAt(.rank(let k), let divisor):
      return averagePrecision(cutAfter: k, divisor)
    case .averagePrecisionAtR: return averagePrecision(cutAfter: total, .total)
    case .precision(let k): return precision(at: k)
    case .recall(let k): return Double(hits(at: k)) / Double(total)
    case .normalizedDiscountedGain(let cutoff, let gain):
      let k = cutoff ?? grades.count
      let ideal = LiteralRanking(grades: grades.sorted(by: >))
      return discountedGain(at: k, gain) / ideal.discountedGain(at: k, gain)
    case .averageGain(let k): return averageGain(at: k)
    case .weightedAveragePrecision:
      let gains = grades.indices.filter { grades[$0] > 0 }.map { averageGain(at: $0 + 1) }
      return gains.reduce(0, +) / Double(total)
    case .averagePrecisionAt(.queryCount, _), .lookup: return .nan
    }
  }
}

/// A retrieval problem small enough to read, bit by bit and label by label.
struct RetrievalProblem {
  var queries: BinaryCodes
  var queryLabels: LabelSets
  var retrieval: BinaryCodes
  var retrievalLabels: LabelSets

  /// Codes where close ones are common, and labels with the given probability of each.
  init(
    queryCount: Int, retrievalCount: Int, bits: Int, labelCount: Int, labelShare: Double,
    using generator: inout some RandomNumberGenerator
  ) {
    func codes(_ count: Int) -> BinaryCodes {
      ReferenceCodes.random(count: count, bits: bits, using: &generator)
    }
    func labels(_ count: Int) -> LabelSets {
      LabelSets(
        count: count, labelCount: labelCount,
        indicators: (0..<count * labelCount).map { _ in
          Double.random(in: 0..<1, using: &generator) < labelShare ? 1 : 0
        })
    }
    queries = codes(queryCount)
    queryLabels = labels(queryCount)
    retrieval = codes(retrievalCount)
    retrievalLabels = labels(retrievalCount)
  }

  func distance(_ query: Int, _ item: Int) -> Int {
    (0..<queries.bits).count {
      queries.contains(bit: $0, item: query) != retrieval.contains(bit: $0, item: item)
    }
  }

  /// Number of labels that a query and an item share.
  func sharedLabels(_ query: Int, _ item: Int) -> Int {
    (0..<queryLabels.labelCount).count {
      queryLabels.contains($0, item: query) && retrievalLabels.contains($0, item: item)
    }
  }

  /// The items in the order of a stable sort by distance.
  func stableOrder(_ query: Int) -> [Int] {
    (0..<retrieval.count)
      .map { (distance: distance(query, $0), item: $0) }
      .sorted { ($0.distance, $0.item) < ($1.distance, $1.item) }
      .map(\.item)
  }

  /// The ranking that a stable sort by distance gives.
  func stableRanking(_ query: Int) -> LiteralRanking {
    LiteralRanking(grades: stableOrder(query).map { sharedLabels(query, $0) })
  }

  func result(
    _ measures: MeasureSpecification = MeasureSpecification(), level: SIMDLevel? = nil,
    threads: Int = 1
  ) throws -> RetrievalResult {
    try RetrievalEvaluation(
      queries: queries, queryLabels: queryLabels, retrieval: retrieval,
      retrievalLabels: retrievalLabels, measures: measures,
      level: level ?? SIMDLevel.current
    ).result(threads: threads)
  }
}

/// All orders of some values.
func permutations<Value>(_ values: [Value]) -> [[Value]] {
  guard let first = values.first else { return [[]] }
  return permutations(Array(values.dropFirst())).flatMap { rest in
    (0...rest.count).map { position in
      Array(rest[..<position]) + [first] + Array(rest[position...])
    }
  }
}

/// All rankings of a list of ties, each a list of its items' values.
func rankings<Value>(ofTies ties: [[Value]]) -> [[Value]] {
  ties.reduce([[]]) { rankings, tie in
    let orders = permutations(tie)
    return rankings.flatMap { ranking in orders.map { ranking + $0 } }
  }
}

/// Rounding of sums of at most a few hundred terms of size ≤ 1, in Double.
let roundingTolerance = 1e-12
