/// Everything that is known of the ranking for one query.
struct QueryRanking {
  /// The ranking up to ties.
  var ranking: TiedRanking
  /// The same with grades, where a measure asks for them.
  var graded: GradedRanking?
  /// Ranks of the hits in database order, where it is asked for.
  var hits: HitRanks?
}

/// Sums over runs of ranks, made once for all queries.
struct RankTables: Sendable {
  var harmonic: HarmonicNumbers
  /// Made where a measure asks for it.
  var discounts: RankDiscounts?
}

extension QueryRanking {
  /// The value of a measure for this query under every tie rule.
  ///
  /// - Precondition: The query is answerable; grades and tables are there if the measure uses them.
  /// - Returns: nil when the measure skips the query.
  func value(of measure: Measure, queryCount: Int, _ tables: RankTables) -> TieBounds? {
    let total = ranking.relevantCount
    switch measure.kind {
    case .averagePrecision:
      return bounds(ranking.averagePrecision(tables.harmonic)) {
        $0.precisionSum(first: total) / Double(total)
      }
    case .averagePrecisionAt(let cutoff, let divisor):
      let k = if case .rank(let k) = cutoff { k } else { queryCount }
      return truncated(k, divisor, tables)
    case .averagePrecisionAtR: return truncated(total, .total, tables)
    case .precision(let k):
      return bounds(ranking.hits(at: k).divided(by: k)) { Double($0.hits(at: k)) / Double(k) }
    case .recall(let k):
      return bounds(ranking.hits(at: k).divided(by: total)) {
        Double($0.hits(at: k)) / Double(total)
      }
    case .lookup(let radius, let value, let emptyBall):
      return lookup(radius: radius, value, emptyBall: emptyBall)
    case .normalizedDiscountedGain(let k, let gain):
      return normalizedDiscountedGain(first: k ?? ranking.itemCount, gain: gain, tables)
    case .averageGain(let k):
      let sums = graded?.weightedGain(first: k, gain: .linear) { _, count in Double(count) }
      return sums.map { sums in bounds(sums.divided(by: k)) { $0.averageGain(first: k) } }
    case .weightedAveragePrecision:
      return (graded?.weightedAveragePrecision(tables.harmonic)).map { values in
        bounds(values) { $0.weightedAveragePrecision }
      }
    }
  }

  private func bounds(_ bounds: TieBounds, inOrder value: (HitRanks) -> Double) -> TieBounds {
    var bounds = bounds
    bounds.databaseOrder = hits.map(value)
    return bounds
  }

  private func truncated(_ k: Int, _ divisor: Measure.Divisor, _ tables: RankTables) -> TieBounds {
    bounds(ranking.averagePrecision(cutAfter: k, divisor: divisor, tables.harmonic)) {
      $0.averagePrecision(cutAfter: k, divisor: divisor)
    }
  }

  private func normalizedDiscountedGain(
    first k: Int, gain: Measure.Gain, _ tables: RankTables
  ) -> TieBounds? {
    guard let graded, let discounts = tables.discounts else { return nil }
    let ideal = graded.idealGain(first: k, gain: gain, weight: discounts.sum)
    let sums = graded.weightedGain(first: k, gain: gain, weight: discounts.sum)
    return bounds(sums.divided(by: ideal)) {
      $0.discountedGain(first: k, gain: gain, scaledBy: graded.scale) / ideal
    }
  }

  private func lookup(
    radius: Int, _ value: Measure.LookupValue, emptyBall: Measure.EmptyBall
  ) -> TieBounds? {
    let ball = ranking.ball(radius: radius)
    let isEmpty = ball.items == 0
    if isEmpty, emptyBall == .skip, value != .empty { return nil }
    let number =
      switch value {
      case .precision: Double(ball.hits) / Double(max(1, ball.items))
      case .recall: Double(ball.hits) / Double(ranking.relevantCount)
      // 2PR / (P + R), without the division by zero when there is no hit.
      case .f1: Double(2 * ball.hits) / Double(ball.items + ranking.relevantCount)
      case .empty: isEmpty ? 1.0 : 0
      }
    // A ball holds whole ties: their order does not matter.
    return bounds(TieBounds(expected: number, worst: number, best: number)) { _ in number }
  }
}
