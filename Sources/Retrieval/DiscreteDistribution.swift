/// Probabilities of whole numbers.
struct DiscreteDistribution {
  /// Values and their probabilities, which sum to 1; values with next to none are left out.
  let terms: [(value: Int, probability: Double)]

  /// Builds the distribution from the ratio p(x + 1) / p(x), outwards from a value near its peak.
  ///
  /// Ratios need no factorials, whose logarithms would cost half the digits at 10⁵ items. Terms
  /// below 1e-20 of the peak are dropped: all of them together are below the rounding of the sum.
  private init(support: ClosedRange<Int>, near start: Int, ratio: (Int) -> Double) {
    let negligible = 1e-20
    let start = min(max(start, support.lowerBound), support.upperBound)
    var terms = [(value: start, weight: 1.0)]
    var weight = 1.0
    var peak = 1.0
    var value = start
    while value < support.upperBound {
      let factor = ratio(value)
      weight *= factor
      value += 1
      if factor < 1, weight < negligible * peak { break }
      peak = max(peak, weight)
      terms.append((value, weight))
    }
    weight = 1
    value = start
    while value > support.lowerBound {
      let factor = 1 / ratio(value - 1)
      weight *= factor
      value -= 1
      if factor < 1, weight < negligible * peak { break }
      peak = max(peak, weight)
      terms.append((value, weight))
    }
    let sum = terms.reduce(0) { $0 + $1.weight }
    self.terms = terms.map { ($0.value, $0.weight / sum) }
  }

  /// Successes among some draws without replacement.
  static func hypergeometric(population: Int, successes: Int, draws: Int) -> Self {
    let failures = population - successes
    return Self(
      support: max(0, draws - failures)...min(draws, successes),
      near: (draws + 1) * (successes + 1) / (population + 2)
    ) { x in
      Double((successes - x) * (draws - x)) / Double((x + 1) * (failures - draws + x + 1))
    }
  }

  /// The draw, counted from 1, that brings success number `number` (negative hypergeometric).
  ///
  /// - Precondition: `1 <= number <= successes`.
  static func positionOfSuccess(number: Int, population: Int, successes: Int) -> Self {
    let failures = population - successes
    return Self(
      support: number...(failures + number), near: number * (population + 1) / (successes + 1)
    ) { position in
      // p(j) ∝ C(j − 1, v − 1) · C(t − j, r − v)
      Double(position) / Double(position - number + 1)
        * (Double(failures - position + number) / Double(population - position))
    }
  }
}
