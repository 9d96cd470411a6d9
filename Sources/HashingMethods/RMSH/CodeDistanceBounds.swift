/// What coding theory says about M binary words of K bits that keep a distance δ from each other.
///
/// With V(K, r) = Σ_{i ≤ r} C(K, i), the number of words within r bits of one word,
///
/// - Gilbert–Varshamov: (M − 1) V(K, δ − 1) < 2^K is enough, M such words exist;
/// - Hamming: M V(K, ⌊(δ − 1)/2⌋) ≤ 2^K is necessary, balls around the words do not meet;
/// - Plotkin: δ ≤ 2K ⌊M/2⌋ ⌈M/2⌉ / (M (M − 1)) is necessary, the least distance is no more than the
///   mean one.
///
/// All three are decided in whole numbers, for any K. Gilbert 1952, Varshamov 1957, Hamming 1950,
/// Plotkin 1960.
package struct CodeDistanceBounds: Sendable, Equatable {
  /// Code length K in bits.
  package let bits: Int
  /// Number of words M.
  package let wordCount: Int
  /// The largest δ in bits that the Gilbert–Varshamov bound promises; 0 where 2^K < M.
  package let gilbertVarshamov: Int
  /// The largest δ ≤ K in bits that the Hamming bound admits; 0 where 2^K < M.
  package let hamming: Int
  /// The largest δ in bits that the Plotkin bound admits.
  package let plotkin: Int

  /// Computes the bounds.
  ///
  /// - Parameters:
  ///   - bits: Code length K, at least 1.
  ///   - wordCount: Number of words M, at least 2: a single word has no distance.
  /// - Complexity: O(K²) machine operations.
  package init(bits: Int, wordCount: Int) {
    precondition(
      bits >= 1 && wordCount >= 2,
      "\(wordCount) words of \(bits) bits have no least distance to bound")
    self.bits = bits
    self.wordCount = wordCount
    var promised = 0
    var admitted = 0
    var binomial = NaturalNumber(1)
    var ball = NaturalNumber(0)
    for radius in 0..<bits {
      // Here ball = V(K, radius − 1) and binomial = C(K, radius).
      ball.add(binomial)
      if ball.multiplied(by: UInt64(wordCount - 1)).bitWidth <= bits { promised = radius + 1 }
      let volume = ball.multiplied(by: UInt64(wordCount))
      // δ = 2 radius + 1 and 2 radius + 2 ask for the same ball.
      if volume.bitWidth <= bits || volume.isPower(ofTwo: bits) { admitted = 2 * radius + 2 }
      binomial.multiply(by: UInt64(bits - radius))
      binomial.divide(by: UInt64(radius + 1))
    }
    gilbertVarshamov = promised
    hamming = min(admitted, bits)
    // ⌊M/2⌋ ⌈M/2⌉ / (M (M − 1)) is M / (4 (M − 1)) for even and (M + 1) / (4 M) for odd M.
    plotkin =
      wordCount.isMultiple(of: 2)
      ? Self.half(of: bits, times: wordCount, over: wordCount - 1)
      : Self.half(of: bits, times: wordCount + 1, over: wordCount)
  }

  /// ⌊bits · numerator / (2 · denominator)⌋.
  private static func half(of bits: Int, times numerator: Int, over denominator: Int) -> Int {
    Int(UInt128(bits) * UInt128(numerator) / (2 * UInt128(denominator)))
  }

  /// The lower end of the range of useful δ, in bits: what is always attainable.
  package var least: Int { gilbertVarshamov }

  /// The upper end of the range of useful δ, in bits: beyond it M words cannot stay apart.
  package var greatest: Int { min(hamming, plotkin) }

  /// The distance at a position of the range, in bits.
  ///
  /// - Parameter position: 0 for ``least``, 1 for ``greatest``, ½ for the middle; below 0 and
  ///   above 1 lies outside the range.
  /// - Returns: A distance that need not be whole.
  package func distance(at position: Double) -> Double {
    Double(least) + position * Double(greatest - least)
  }
}
