extension GradedRanking {
  /// Weighted average precision: (1/R) Σ over relevant items of the mean grade up to their rank.
  ///
  /// For a tie of t items, r of them relevant, with grades that sum to Γ, after n items with
  /// grades that sum to C: rank n + j holds a hit and the grades so far, in expectation,
  /// [r·C + Γ + (j − 1)·Γ·(r − 1)/(t − 1)] / t. Of two neighbours, the one of higher grade first
  /// gives the greater sum, so falling grades are the best order and rising ones the worst.
  ///
  /// - Returns: The values but that of database order; 0 when nothing is relevant.
  func weightedAveragePrecision(_ harmonic: HarmonicNumbers) -> TieBounds {
    var sums = TieBounds(expected: 0, worst: 0, best: 0)
    var gradesBefore = 0
    for (tie, counts) in ties where tie.hits > 0 {
      let gradeSum = counts.enumerated().reduce(0) { $0 + $1.offset * $1.element }
      let harmonicSum = harmonic.sum(after: tie.itemsBefore, count: tie.items)
      let constant = Double(tie.hits * gradesBefore + gradeSum) * harmonicSum
      let slope = Double(gradeSum * (tie.hits - 1)) / Double(max(1, tie.items - 1))
      let rising = Double(tie.items) - Double(tie.itemsBefore + 1) * harmonicSum
      sums.expected += (constant + slope * rising) / Double(tie.items)
      sums.worst += Self.sum(
        counts.enumerated(), after: tie.itemsBefore, gradesBefore: gradesBefore, harmonic)
      sums.best += Self.sum(
        counts.enumerated().reversed(), after: tie.itemsBefore, gradesBefore: gradesBefore,
        harmonic)
      gradesBefore += gradeSum
    }
    return sums.divided(by: max(1, relevantCount))
  }

  /// The sum over one tie whose items come grade by grade.
  private static func sum(
    _ grades: some Sequence<(offset: Int, element: Int)>, after itemsBefore: Int,
    gradesBefore: Int, _ harmonic: HarmonicNumbers
  ) -> Double {
    var sum = 0.0
    var position = itemsBefore
    var gradeSum = gradesBefore
    for (grade, count) in grades where count > 0 {
      if grade > 0 {
        // Σ (C + i·g) / (n + i) = g·s + (C − g·n) Σ 1 / (n + i)
        sum +=
          Double(grade * count)
          + Double(gradeSum - grade * position) * harmonic.sum(after: position, count: count)
      }
      position += count
      gradeSum += grade * count
    }
    return sum
  }
}
