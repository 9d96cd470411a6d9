extension TiedRanking {
  /// Average precision of the list cut after k items, under every tie rule but database order.
  ///
  /// - Precondition: `1 <= k <= itemCount`.
  /// - Returns: 0 when nothing is relevant.
  func averagePrecision(
    cutAfter k: Int, divisor: Measure.Divisor, _ harmonic: HarmonicNumbers
  ) -> TieBounds {
    guard relevantCount > 0 else { return TieBounds(expected: 0, worst: 0, best: 0) }
    return switch divisor {
    case .total: precisionSums(first: k, harmonic).divided(by: relevantCount)
    case .smallerOfCutoffAndTotal:
      precisionSums(first: k, harmonic).divided(by: min(k, relevantCount))
    case .hits: averagePrecisionOverHits(cutAfter: k, harmonic)
    case .firstRelevant:
      firstPrecisionSums(hits: min(k, relevantCount), harmonic)
        .divided(by: min(k, relevantCount))
    }
  }

  /// Mean precision at the hits among the first k; 0 without a hit.
  ///
  /// The order inside the tie that the cut splits decides how many hits x there are, and the
  /// divisor with them. Expected: x is hypergeometric, and given x every placement is as likely.
  /// Least and greatest: more hits may lower a mean, so every possible x is tried, with its x hits
  /// as late or as early as they can be. The ties before the cut keep their own extremes.
  private func averagePrecisionOverHits(cutAfter k: Int, _ harmonic: HarmonicNumbers) -> TieBounds {
    guard let split = ties.first(where: { $0.end >= k }) else {
      return TieBounds(expected: 0, worst: 0, best: 0)
    }
    let before = precisionSums(first: split.itemsBefore, harmonic)
    let inside = k - split.itemsBefore
    let possibleHits = max(0, inside - split.misses)...min(inside, split.hits)
    func mean(_ sum: Double, hits: Int) -> Double {
      let count = split.hitsBefore + hits
      return count == 0 ? 0 : sum / Double(count)
    }
    var result = TieBounds(expected: 0, worst: .infinity, best: 0)
    for hits in possibleHits {
      let late = split.precisionSum(hits: hits, afterMisses: inside - hits, harmonic)
      let early = split.precisionSum(hits: hits, afterMisses: 0, harmonic)
      result.worst = min(result.worst, mean(before.worst + late, hits: hits))
      result.best = max(result.best, mean(before.best + early, hits: hits))
    }
    let distribution = DiscreteDistribution.hypergeometric(
      population: split.items, successes: split.hits, draws: inside)
    for (hits, probability) in distribution.terms {
      let sum = split.expectedPrecisionSum(hits: hits, of: inside, first: inside, harmonic)
      result.expected += probability * mean(before.expected + sum, hits: hits)
    }
    return result
  }

  /// Σ of the precision at the first `count` relevant items, wherever they rank.
  ///
  /// Where the sum ends inside a tie, after its y-th hit: given the position j of the next hit, the
  /// y hits are spread evenly over the j − 1 places before, and j is negative hypergeometric.
  private func firstPrecisionSums(hits count: Int, _ harmonic: HarmonicNumbers) -> TieBounds {
    guard let split = ties.first(where: { $0.hitsBefore + $0.hits >= count }) else {
      return TieBounds(expected: 0, worst: 0, best: 0)
    }
    let hits = count - split.hitsBefore
    guard hits < split.hits else { return precisionSums(first: split.end, harmonic) }
    var sums = precisionSums(first: split.itemsBefore, harmonic)
    sums.worst += split.precisionSum(hits: hits, afterMisses: split.misses, harmonic)
    sums.best += split.precisionSum(hits: hits, afterMisses: 0, harmonic)
    let nextHit = DiscreteDistribution.positionOfSuccess(
      number: hits + 1, population: split.items, successes: split.hits)
    for (position, probability) in nextHit.terms {
      sums.expected +=
        probability
        * split.expectedPrecisionSum(
          hits: hits, of: position - 1, first: position - 1, harmonic)
    }
    return sums
  }
}
