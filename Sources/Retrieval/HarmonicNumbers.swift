import Foundation

/// Differences of harmonic numbers, H(n) = Σ 1/k over k = 1 … n, to nearly full relative precision.
///
/// Sums of (a + k) / (m + k) over a run of ranks reduce to such differences, so a tie of any size
/// costs the same. The difference of two rounded numbers near 12 would leave an error of 1e-15,
/// which a factor of m = 200,000 blows up to 1e-10. Small n therefore have a second table with what
/// rounding took from the first; from `tableLimit` on, where the asymptotic series of H needs two
/// terms, the difference comes from the series and never from two numbers of like size.
struct HarmonicNumbers: Sendable {
  private let rounded: [Double]
  private let remainder: [Double]

  /// Greatest n of the tables.
  ///
  /// The series leaves out 1/(120 n⁴), 1e-21 of the difference there.
  static let tableLimit = 1 << 16

  init(upTo limit: Int) {
    let limit = min(limit, Self.tableLimit)
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
    let end = m + count
    guard end > Self.tableLimit else {
      return (rounded[end] - rounded[m]) + (remainder[end] - remainder[m])
    }
    guard m < Self.tableLimit else { return Self.series(after: Double(m), count: Double(count)) }
    let inside = Self.tableLimit
    return (rounded[inside] - rounded[m]) + (remainder[inside] - remainder[m])
      + Self.series(after: Double(inside), count: Double(end - inside))
  }

  /// H(n) = ln n + γ + 1/(2n) − 1/(12n²) + …, as a difference term by term.
  private static func series(after m: Double, count: Double) -> Double {
    let end = m + count
    return log1p(count / m) - count / (2 * m * end) * (1 - (m + end) / (6 * m * end))
  }

  /// Σ (a + k) / (m + k) over k = 1 … count.
  func precisionSum(hitsBefore a: Int, after m: Int, count: Int) -> Double {
    Double(count) - Double(m - a) * sum(after: m, count: count)
  }
}
