extension DistanceHistogram {
  /// Average precision over the whole list: exact mean, least and greatest over all tie orders.
  ///
  /// AP = (1/R) Σ over relevant items of hits so far / rank. In expectation (McSherry & Najork,
  /// ECIR 2008) rank n + k of a tie with t items, r of them relevant, after n items with c hits
  /// holds a relevant item with probability r/t, and then c + 1 + (k − 1)(r − 1)/(t − 1) hits are
  /// expected so far. Precision at a hit only falls when an irrelevant item moves before it, so
  /// irrelevant first is the worst order and relevant first the best.
  ///
  /// - Returns: nil when nothing is relevant; without the value of the database order.
  func averagePrecision(_ harmonic: HarmonicNumbers) -> TieBounds? {
    var expected = 0.0
    var worst = 0.0
    var best = 0.0
    var relevantCount = 0
    forEachTie { tie in
      guard tie.hits > 0 else { return }
      let (n, c, t, r) = (tie.itemsBefore, tie.hitsBefore, tie.items, tie.hits)
      relevantCount += r
      if r == t {
        // Every order is the same; one formula keeps the three values equal to the last bit.
        let sum = harmonic.precisionSum(hitsBefore: c, after: n, count: t)
        expected += sum
        worst += sum
        best += sum
      } else {
        // (r/t) Σ [c + 1 + ρ(k − 1)] / (n + k) with ρ = (r − 1)/(t − 1), over one denominator;
        // t > r ≥ 1, so t − 1 ≥ 1. The integers are exact below 3e9 items.
        let offset = Double((c + 1) * (t - 1) - (r - 1) * (n + 1))
        let sum = Double((r - 1) * t) + offset * harmonic.sum(after: n, count: t)
        expected += Double(r) / Double(t) * (sum / Double(t - 1))
        worst += harmonic.precisionSum(hitsBefore: c, after: n + t - r, count: r)
        best += harmonic.precisionSum(hitsBefore: c, after: n, count: r)
      }
    }
    guard relevantCount > 0 else { return nil }
    let count = Double(relevantCount)
    return TieBounds(expected: expected / count, worst: worst / count, best: best / count)
  }
}
