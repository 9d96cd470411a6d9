@testable import Retrieval

/// The definitions, word for word, over one ranked list; slow and plain.
struct LiteralRanking {
  /// Relevance in rank order.
  var isRelevant: [Bool]

  /// (1/R) Σ over relevant items of the precision at their rank.
  var averagePrecision: Double {
    var hits = 0
    var sum = 0.0
    for (position, relevant) in isRelevant.enumerated() where relevant {
      hits += 1
      sum += Double(hits) / Double(position + 1)
    }
    return sum / Double(hits)
  }

  /// Share of relevant items among the first k.
  func precision(at k: Int) -> Double {
    Double(isRelevant.prefix(k).count { $0 }) / Double(k)
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
    LiteralRanking(isRelevant: stableOrder(query).map { sharedLabels(query, $0) > 0 })
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
