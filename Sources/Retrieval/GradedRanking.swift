/// A ranking known up to ties, with the grade of every item: the labels it shares with the query.
struct GradedRanking {
  /// The ties, and in each the number of items of each grade from 0.
  let ties: [(tie: TiedRanking.Tie, counts: [Int])]
  /// Items of each grade in all ties.
  let totals: [Int]
  /// Relevant items in all ties, R.
  let relevantCount: Int

  /// Counts items by distance and grade.
  ///
  /// - Precondition: `distances` and `grades` gave `ranking`, without the row left out; no grade exceeds `maximumGrade`.
  init(
    distances: [UInt32], grades: [UInt32], maximumGrade: Int, ranking: TiedRanking,
    leavingOut row: Int? = nil
  ) {
    let width = maximumGrade + 1
    // The row that is left out may lie beyond the last tie.
    let rowCount = max(ranking.ties.last?.distance ?? 0, row.map { Int(distances[$0]) } ?? 0) + 1
    var counts = [Int](repeating: 0, count: rowCount * width)
    do {
      var counts = counts.mutableSpan
      let distances = distances.span
      let grades = grades.span
      for item in distances.indices {
        counts[Int(distances[item]) * width + Int(grades[item])] += 1
      }
    }
    if let row { counts[Int(distances[row]) * width + Int(grades[row])] -= 1 }
    ties = ranking.ties.map { tie in
      (tie, Array(counts[(tie.distance * width)..<((tie.distance + 1) * width)]))
    }
    var totals = [Int](repeating: 0, count: width)
    for (_, counts) in ties { for grade in 0..<width { totals[grade] += counts[grade] } }
    self.totals = totals
    relevantCount = ranking.relevantCount
  }

  /// Σ over the first k ranks of the gain there times the weight of the rank: mean, least and
  /// greatest over tie orders.
  ///
  /// The sum is linear, so a tie's mean gain stands for each of its items in expectation; weights
  /// fall with the rank, so falling grades are the best order of a tie and rising ones the worst.
  ///
  /// - Parameters:
  ///   - k: Where the sum ends.
  ///   - gain: How a grade becomes a gain.
  ///   - weight: Sum of the falling weights of `count` ranks after rank `start`.
  /// - Returns: The values but that of database order.
  func weightedGain(
    first k: Int, gain: Measure.Gain, weight: (_ start: Int, _ count: Int) -> Double
  ) -> TieBounds {
    var sums = TieBounds(expected: 0, worst: 0, best: 0)
    for (tie, counts) in ties {
      let inside = min(tie.items, k - tie.itemsBefore)
      guard inside > 0 else { break }
      var total = 0.0
      for (grade, count) in counts.enumerated() {
        total += Double(count) * gain.value(of: grade, scaledBy: scale)
      }
      sums.expected += total / Double(tie.items) * weight(tie.itemsBefore, inside)
      let start = tie.itemsBefore
      sums.worst += sum(
        counts.enumerated(), first: inside, after: start, gain: gain, weight: weight)
      sums.best += sum(
        counts.enumerated().reversed(), first: inside, after: start, gain: gain, weight: weight)
    }
    return sums
  }

  /// The greatest weighted gain of k items of the whole retrieval set.
  func idealGain(
    first k: Int, gain: Measure.Gain, weight: (_ start: Int, _ count: Int) -> Double
  ) -> Double {
    sum(totals.enumerated().reversed(), first: k, after: 0, gain: gain, weight: weight)
  }

  /// Power of two that exponential gains are divided by: 0 as long as they fit a Double.
  ///
  /// Only ratios of gains are measured, so the scale falls out.
  var scale: Int { max(0, totals.count - 1 - 900) }

  private func sum(
    _ grades: some Sequence<(offset: Int, element: Int)>, first limit: Int, after start: Int,
    gain: Measure.Gain, weight: (Int, Int) -> Double
  ) -> Double {
    var sum = 0.0
    var position = 0
    for (grade, count) in grades where count > 0 {
      let taken = min(count, limit - position)
      guard taken > 0 else { break }
      sum += gain.value(of: grade, scaledBy: scale) * weight(start + position, taken)
      position += taken
    }
    return sum
  }
}

extension Measure.Gain {
  /// The gain of an item that shares `grade` labels; exponential gains over 2 to the power `scale`.
  func value(of grade: Int, scaledBy scale: Int = 0) -> Double {
    switch self {
    case .exponential:
      Double(sign: .plus, exponent: grade - scale, significand: 1)
        - Double(sign: .plus, exponent: -scale, significand: 1)
    case .linear: Double(grade)
    }
  }
}
