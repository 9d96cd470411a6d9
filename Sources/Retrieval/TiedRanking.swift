/// A ranking whose order is known up to ties: what a query's distances say, and no more.
///
/// Measures under every tie rule but database order follow from it.
struct TiedRanking {
  /// The ties that hold an item, in rank order.
  let ties: [Tie]
  /// Items in all ties.
  let itemCount: Int
  /// Relevant items in all ties, R.
  let relevantCount: Int

  /// One tie in the ranking.
  struct Tie {
    /// Hamming distance of the items inside.
    var distance: Int
    /// Items ranked before the tie, n.
    var itemsBefore: Int
    /// Relevant items ranked before the tie, c.
    var hitsBefore: Int
    /// Items inside, t.
    var items: Int
    /// Relevant items inside, r.
    var hits: Int

    /// Items ranked before the tie or inside.
    var end: Int { itemsBefore + items }
    /// Irrelevant items inside.
    var misses: Int { items - hits }
  }

  init(_ histogram: DistanceHistogram) {
    var ties: [Tie] = []
    ties.reserveCapacity(histogram.items.count)
    var itemCount = 0
    var relevantCount = 0
    for (distance, (items, hits)) in zip(histogram.items, histogram.relevant).enumerated()
    where items > 0 {
      ties.append(
        Tie(
          distance: distance, itemsBefore: itemCount, hitsBefore: relevantCount,
          items: Int(items), hits: Int(hits)))
      itemCount += Int(items)
      relevantCount += Int(hits)
    }
    self.ties = ties
    self.itemCount = itemCount
    self.relevantCount = relevantCount
  }

  /// Items and hits within a Hamming radius.
  func ball(radius: Int) -> (items: Int, hits: Int) {
    guard let last = ties.last(where: { $0.distance <= radius }) else { return (0, 0) }
    return (last.end, last.hitsBefore + last.hits)
  }
}

extension TiedRanking.Tie {
  /// Σ over the first `count` ranks of the tie of the expected precision at a hit there, when
  /// `hits` of the first `items` are relevant and every order of those is as likely.
  ///
  /// Rank n + j holds a hit with probability r/t, and then c + 1 + (j − 1)(r − 1)/(t − 1) hits are
  /// expected so far (McSherry & Najork, ECIR 2008).
  ///
  /// - Precondition: `count <= items` and `hits <= items`.
  func expectedPrecisionSum(
    hits r: Int, of t: Int, first count: Int, _ harmonic: HarmonicNumbers
  ) -> Double {
    guard r > 0, count > 0 else { return 0 }
    guard r < t else {
      return harmonic.precisionSum(hitsBefore: hitsBefore, after: itemsBefore, count: count)
    }
    // Σ [c + 1 + ρ(j − 1)] / (n + j) with ρ = (r − 1)/(t − 1) over one denominator; t > r ≥ 1, so
    // t − 1 ≥ 1. The integers are exact below 3e9 items.
    let offset = (hitsBefore + 1) * (t - 1) - (r - 1) * (itemsBefore + 1)
    let sum =
      Double((r - 1) * count) + Double(offset) * harmonic.sum(after: itemsBefore, count: count)
    return Double(r) / Double(t) * (sum / Double(t - 1))
  }

  /// Σ of the precision at `hits` hits in a row, after `misses` irrelevant items of the tie.
  func precisionSum(hits: Int, afterMisses misses: Int, _ harmonic: HarmonicNumbers) -> Double {
    harmonic.precisionSum(hitsBefore: hitsBefore, after: itemsBefore + misses, count: hits)
  }
}
