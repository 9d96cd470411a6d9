import Foundation

extension HitRanks {
  /// Σ over the first `count` hits of hits so far / rank.
  func precisionSum(first count: Int) -> Double {
    var sum = 0.0
    let ranks = ranks.span
    for position in 0..<count { sum += Double(position + 1) / Double(ranks[position]) }
    return sum
  }

  /// Relevant items among the first k.
  func hits(at k: Int) -> Int {
    // The first hit beyond k, by bisection.
    var low = 0
    var high = ranks.count
    while low < high {
      let middle = (low + high) / 2
      if ranks[middle] <= k { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Average precision of the list cut after k items; 0 without a relevant item.
  func averagePrecision(cutAfter k: Int, divisor: Measure.Divisor) -> Double {
    let found = hits(at: k)
    let counted = divisor == .firstRelevant ? min(k, ranks.count) : found
    let count =
      switch divisor {
      case .hits: found
      case .smallerOfCutoffAndTotal, .firstRelevant: min(k, ranks.count)
      case .total: ranks.count
      }
    return count == 0 ? 0 : precisionSum(first: counted) / Double(count)
  }

  /// Σ over the hits among the first k of gain / log₂(rank + 1).
  func discountedGain(first k: Int, gain: Measure.Gain, scaledBy scale: Int = 0) -> Double {
    zip(ranks, grades).prefix { $0.0 <= k }.reduce(0) { sum, hit in
      sum + gain.value(of: Int(hit.1), scaledBy: scale) / log2(Double(hit.0) + 1)
    }
  }

  /// Mean grade of the first k items.
  func averageGain(first k: Int) -> Double {
    Double(grades.prefix(hits(at: k)).reduce(0, +)) / Double(k)
  }

  /// (1/R) Σ over relevant items of the mean grade up to their rank; 0 without a relevant item.
  var weightedAveragePrecision: Double {
    var gradeSum = 0
    var sum = 0.0
    for (rank, grade) in zip(ranks, grades) {
      gradeSum += Int(grade)
      sum += Double(gradeSum) / Double(rank)
    }
    return ranks.isEmpty ? 0 : sum / Double(ranks.count)
  }

  /// The greatest precision at or beyond each of evenly spaced levels of recall from 0 to 1.
  ///
  /// - Precondition: There is a relevant item, and there are at least two levels.
  func interpolatedPrecision(levels: Int) -> [Double] {
    var greatest = [Double](repeating: 0, count: ranks.count)
    var precision = 0.0
    for position in ranks.indices.reversed() {
      precision = max(precision, Double(position + 1) / Double(ranks[position]))
      greatest[position] = precision
    }
    return (0..<levels).map { level in
      // The fewest hits that reach recall level / (levels − 1), in whole numbers; at least one.
      let hits = (level * ranks.count + levels - 2) / (levels - 1)
      return greatest[max(1, hits) - 1]
    }
  }
}
