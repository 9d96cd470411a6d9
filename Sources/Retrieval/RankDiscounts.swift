import Foundation

/// Sums of 1 / log₂(rank + 1) over runs of ranks.
struct RankDiscounts: Sendable {
  private let sums: [Double]

  init(upTo limit: Int) {
    var sums = [0.0]
    sums.reserveCapacity(limit + 1)
    var sum = 0.0
    for rank in stride(from: 1.0, through: Double(limit), by: 1) {
      sum += 1 / log2(rank + 1)
      sums.append(sum)
    }
    self.sums = sums
  }

  /// The sum over `count` ranks after rank `start`.
  func sum(after start: Int, count: Int) -> Double {
    sums[start + count] - sums[start]
  }
}
