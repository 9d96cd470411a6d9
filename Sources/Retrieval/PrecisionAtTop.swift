extension DistanceHistogram {
  /// Precision of the first k items for each k: exact mean, least and greatest over tie orders.
  ///
  /// Of a tie that the cut splits, m of t items are inside; with r relevant ones in the tie, m·r/t
  /// of the m are relevant in expectation, at least m − (t − r) and at most r.
  ///
  /// - Precondition: `cutoffs` rise and none exceeds the number of items.
  /// - Returns: One value for each cut-off, without the value of the database order.
  func precision(atRising cutoffs: [Int]) -> [TieBounds] {
    var curve: [TieBounds] = []
    curve.reserveCapacity(cutoffs.count)
    forEachTie { tie in
      let end = tie.itemsBefore + tie.items
      while curve.count < cutoffs.count, cutoffs[curve.count] <= end {
        let k = cutoffs[curve.count]
        let inside = k - tie.itemsBefore
        let misses = tie.items - tie.hits
        let hitsExpected = Double(inside * tie.hits) / Double(tie.items)
        curve.append(
          TieBounds(
            expected: (Double(tie.hitsBefore) + hitsExpected) / Double(k),
            worst: Double(tie.hitsBefore + max(0, inside - misses)) / Double(k),
            best: Double(tie.hitsBefore + min(inside, tie.hits)) / Double(k)))
      }
    }
    return curve
  }
}
