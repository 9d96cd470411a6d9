extension TiedRanking {
  /// Average precision over the whole list: exact mean, least and greatest over all tie orders.
  ///
  /// AP = (1/R) Σ over relevant items of hits so far / rank. Precision at a hit only falls when an
  /// irrelevant item moves before it, so irrelevant first is the worst order, relevant first the
  /// best.
  ///
  /// - Returns: The values but that of database order; 0 when nothing is relevant.
  func averagePrecision(_ harmonic: HarmonicNumbers) -> TieBounds {
    precisionSums(first: itemCount, harmonic).divided(by: max(1, relevantCount))
  }

  /// Σ of the precision at the hits among the first k: mean, least and greatest.
  func precisionSums(first k: Int, _ harmonic: HarmonicNumbers) -> TieBounds {
    var sums = TieBounds(expected: 0, worst: 0, best: 0)
    for tie in ties {
      let inside = min(tie.items, k - tie.itemsBefore)
      guard inside > 0 else { break }
      guard tie.hits > 0 else { continue }
      let expected = tie.expectedPrecisionSum(
        hits: tie.hits, of: tie.items, first: inside, harmonic)
      sums.expected += expected
      guard tie.misses > 0 else {
        // Every order is the same; one sum keeps the three values equal to the last bit.
        sums.worst += expected
        sums.best += expected
        continue
      }
      let worstHits = max(0, inside - tie.misses)
      sums.worst += tie.precisionSum(hits: worstHits, afterMisses: tie.misses, harmonic)
      sums.best += tie.precisionSum(hits: min(inside, tie.hits), afterMisses: 0, harmonic)
    }
    return sums
  }
}

extension TieBounds {
  /// Every value divided by a positive number.
  func divided(by divisor: Int) -> TieBounds {
    divided(by: Double(divisor))
  }

  /// Every value divided by a positive number.
  func divided(by divisor: Double) -> TieBounds {
    TieBounds(
      expected: expected / divisor, worst: worst / divisor, best: best / divisor,
      databaseOrder: databaseOrder.map { $0 / divisor })
  }
}
