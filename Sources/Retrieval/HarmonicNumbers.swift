/// Harmonic numbers H(0) … H(limit), each to about twice the precision of a Double.
///
/// Sums of (a + k) / (m + k) over a run of ranks reduce to differences of harmonic numbers, so a
/// tie of any size costs the same. The difference of two rounded numbers near 12 would leave an
/// error of 1e-15, which a factor of m = 200,000 blows up to 1e-10; hence a second table with
/// what rounding took from the first.
struct HarmonicNumbers: Sendable {
  private let rounded: [Double]
  private let remainder: [Double]

  init(upTo limit: Int) {
    var rounded = [0.0]
    var remainder = [0.0]
    rounded.reserveCapacity(limit + 1)
    remainder.reserveCapacity(limit + 1)
    var sum = 0.0
    var rest = 0.0
    for n in stride(from: 1.0, through: Double(limit), by: 1) {
      let term = 1 / n
      // The fused 1 − n · term is exact, so term + correction is 1/n to twice the precision.
      let correction = 1.0.addingProduct(-n, term) / n
      // Knuth's two-sum: `total + error` equals `sum + term` exactly.
      let total = sum + term
      let partner = total - sum
      let error = (sum - (total - partner)) + (term - partner)
      rest += error + correction
      // Renormalise, so that `rounded` stays the nearest Double.
      sum = total + rest
      rest -= sum - total
      rounded.append(sum)
      remainder.append(rest)
    }
    self.rounded = rounded
    self.remainder = remainder
  }

  /// H(m + count) − H(m).
  func sum(after m: Int, count: Int) -> Double {
    (rounded[m + count] - rounded[m]) + (remainder[m + count] - remainder[m])
  }

  /// Σ (a + k) / (m + k) over k = 1 … count.
  func precisionSum(hitsBefore a: Int, after m: Int, count: Int) -> Double {
    Double(count) - Double(m - a) * sum(after: m, count: count)
  }
}
