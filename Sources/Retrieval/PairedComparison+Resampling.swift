extension PairedComparison {
  /// What resampling says of a difference.
  package struct Resampled: Sendable, Equatable {
    /// Two-sided p-value of the paired randomisation test.
    package let pValue: Double
    /// Percentile interval of the mean difference.
    package let interval: ClosedRange<Double>
  }

  /// The randomisation test and the bootstrap interval of some pairs, all with the same randomness.
  ///
  /// Both are generic over the generator. Called from another module they are not specialised and
  /// take many times as long, which a table of many methods would feel.
  ///
  /// - Parameters:
  ///   - pairs: The comparisons.
  ///   - seed: Decides the signs and resamples of each pair, whatever the other pairs are.
  ///   - rounds: Rounds of either.
  ///   - confidence: Share of resampled means inside the interval.
  ///   - threads: Threads over which the pairs are spread; the result is the same for any number.
  /// - Returns: p-value and interval of each pair in order; nil without a query.
  /// - Precondition: `rounds >= 1`, `0 < confidence < 1` and `threads >= 1`.
  package static func resampled(
    _ pairs: [PairedComparison], seed: UInt64, rounds: Int = 10_000, confidence: Double = 0.95,
    threads: Int = 1
  ) -> [Resampled?] {
    concurrentMap(count: pairs.count, threads: threads) { index in
      var generator = SeededGenerator(state: seed)
      let pValue = pairs[index].randomizationTest(rounds: rounds, using: &generator)
      return pairs[index].bootstrapInterval(
        confidence: confidence, rounds: rounds, using: &generator
      ).map { Resampled(pValue: pValue, interval: $0) }
    }
  }
}

/// SplitMix64 (Steele, Lea and Flood 2014), visible to the optimiser of this module.
private struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
