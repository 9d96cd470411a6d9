extension TiedRanking {
  /// Relevant items among the first k for each k: mean, least and greatest over tie orders.
  ///
  /// Of a tie that the cut splits, m of t items are inside; with r relevant ones in the tie, m·r/t
  /// of the m are relevant in expectation, at least m − (t − r) and at most r.
  ///
  /// - Precondition: `cutoffs` rise and none exceeds the number of items.
  /// - Returns: One value for each cut-off, without the value of the database order.
  func hits(atRising cutoffs: [Int]) -> [TieBounds] {
    var curve: [TieBounds] = []
    curve.reserveCapacity(cutoffs.count)
    for tie in ties {
      while curve.count < cutoffs.count, cutoffs[curve.count] <= tie.end {
        let inside = cutoffs[curve.count] - tie.itemsBefore
        let share = Double(inside * tie.hits) / Double(tie.items)
        curve.append(
          TieBounds(
            expected: Double(tie.hitsBefore) + share,
            worst: Double(tie.hitsBefore + max(0, inside - tie.misses)),
            best: Double(tie.hitsBefore + min(inside, tie.hits))))
      }
    }
    return curve
  }

  /// Relevant items among the first k.
  ///
  /// - Precondition: `1 <= k <= itemCount`.
  func hits(at k: Int) -> TieBounds {
    hits(atRising: [k])[0]
  }
}
