/// Two methods on the same queries, value by value: their average precisions, say.
///
/// Queries that either side has no value for are left out.
package struct PairedComparison: Sendable {
  /// Difference first − second for each query that both have a value for, in query order.
  package let differences: [Double]

  /// Pairs the values of two methods.
  ///
  /// - Throws: `RetrievalError.queryCountMismatch` when they are not as many.
  package init(_ first: [Double?], _ second: [Double?]) throws(RetrievalError) {
    guard first.count == second.count else {
      throw .queryCountMismatch(first: first.count, second: second.count)
    }
    differences = zip(first, second).compactMap { pair in
      guard let first = pair.0, let second = pair.1 else { return nil }
      return first - second
    }
  }

  /// Mean difference; 0 without a query.
  package var meanDifference: Double {
    differences.reduce(0, +) / Double(max(1, differences.count))
  }

  /// Two-sided p-value of the paired randomisation test (Fisher; Smucker et al., CIKM 2007).
  ///
  /// If the methods were equal, either could have produced either value of a query, so the sign of
  /// each difference would be a coin. The p-value is the share of random signs that give a mean
  /// difference at least as large, with the observed signs counted as one of them (Phipson &
  /// Smyth 2010), so it is never 0.
  ///
  /// - Parameters:
  ///   - rounds: Random assignments of signs; 10,000 resolve 0.05 to ± 0.004.
  ///   - generator: Where the signs come from.
  /// - Returns: A probability in 1 / (rounds + 1) … 1.
  /// - Precondition: `rounds >= 1`.
  package func randomizationTest(
    rounds: Int = 10_000, using generator: inout some RandomNumberGenerator
  ) -> Double {
    precondition(rounds >= 1, "at least one round, not \(rounds)")
    // Zeros have no sign. What is left is summed in query order each time.
    let sizes = differences.filter { $0 != 0 }
    // Equal sums of the same numbers may differ by rounding; a hair of room keeps them equal.
    let rounding = 1e-12 * sizes.reduce(0) { $0 + abs($1) }
    let observed = abs(sizes.reduce(0, +)) - rounding
    var asLarge = 1
    for _ in 0..<rounds {
      var sum = 0.0
      var signs: UInt64 = 0
      for (index, size) in sizes.enumerated() {
        if index.isMultiple(of: 64) { signs = generator.next() }
        sum += signs & 1 == 0 ? size : -size
        signs >>= 1
      }
      if abs(sum) >= observed { asLarge += 1 }
    }
    return Double(asLarge) / Double(rounds + 1)
  }

  /// Percentile interval of the mean difference by the bootstrap over queries (Efron 1979).
  ///
  /// - Parameters:
  ///   - confidence: Share of resampled means inside, below 1.
  ///   - rounds: Resamples of the queries, with replacement.
  ///   - generator: Where the resamples come from.
  /// - Returns: The interval; nil without a query.
  /// - Precondition: `0 < confidence < 1` and `rounds >= 1`.
  package func bootstrapInterval(
    confidence: Double = 0.95, rounds: Int = 10_000,
    using generator: inout some RandomNumberGenerator
  ) -> ClosedRange<Double>? {
    precondition(0 < confidence && confidence < 1, "a share in 0 … 1, not \(confidence)")
    precondition(rounds >= 1, "at least one round, not \(rounds)")
    guard !differences.isEmpty else { return nil }
    var means: [Double] = []
    means.reserveCapacity(rounds)
    for _ in 0..<rounds {
      var sum = 0.0
      for _ in differences.indices {
        sum += differences[Int.random(in: differences.indices, using: &generator)]
      }
      means.append(sum / Double(differences.count))
    }
    means.sort()
    // As many means are cut off on either side; the lower rank rounds down, the upper one up.
    let cut = Int((1 - confidence) / 2 * Double(rounds))
    return means[cut]...means[rounds - 1 - cut]
  }
}

/// Adjusts the p-values of several tests so that any false finding among them is as unlikely as in
/// one test (Holm 1979).
///
/// The i-th smallest of m values is multiplied by m − i + 1 and is not below the ones before it.
///
/// - Returns: The adjusted values in the order given, at most 1.
package func holmAdjusted(_ pValues: [Double]) -> [Double] {
  var adjusted = pValues
  var greatest = 0.0
  let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
  for (position, index) in order.enumerated() {
    greatest = max(greatest, min(1, pValues[index] * Double(pValues.count - position)))
    adjusted[index] = greatest
  }
  return adjusted
}
