import TestSupport
import Testing

@testable import Retrieval

@Suite("Measures of one query")
struct MeasureValueTests {
  /// Lists of ties, items given by their grades; small enough for all their permutations.
  static let tiedLists: [[[Int]]] = [
    [[1]],
    [[0, 2]],
    [[0, 0, 1]],
    [[0], [0], [1, 0]],
    [[3, 1, 0, 0]],
    [[0], [2, 0], [], [1]],
    [[1, 0, 2], [0, 1], [1, 3]],
    [[0, 0], [1, 1, 2, 0, 0], [0, 4]],
    [[2, 0, 0, 0, 0, 1]],
    [[0, 1], [0, 1], [0, 2], [1, 3, 0]],
    [[1, 1, 1], [0, 0], [2, 2]],
    [[0, 0, 1, 0, 2], [1, 0, 0]],
    // A hit beyond the first lowers the mean precision of hits: with `div=hits` the worst order
    // of the first list brings it before the cut, the best order of the second keeps it out.
    [[1], [0, 2, 0]],
    [[1], [0, 0], [0, 1, 3, 0]],
  ]

  /// Every measure that looks at ranks, with every cut-off of a list of `count` items.
  static func kinds(count: Int) -> [Measure.Kind] {
    var kinds: [Measure.Kind] = [
      .averagePrecision, .averagePrecisionAtR, .weightedAveragePrecision,
      .normalizedDiscountedGain(k: nil, gain: .exponential),
    ]
    for k in 1...count {
      kinds += Measure.Divisor.allCases.map { .averagePrecisionAt(.rank(k), divisor: $0) }
      kinds += Measure.Gain.allCases.map { .normalizedDiscountedGain(k: k, gain: $0) }
      kinds += [.precision(k: k), .recall(k: k), .averageGain(k: k)]
    }
    return kinds
  }

  /// The ranking of a database whose items have these distances and grades.
  static func ranking(distances: [Int], grades: [Int]) -> QueryRanking {
    let bits = distances.max() ?? 0
    var histogram = DistanceHistogram(
      items: [UInt32](repeating: 0, count: bits + 1),
      relevant: [UInt32](repeating: 0, count: bits + 1))
    for (distance, grade) in zip(distances, grades) {
      histogram.items[distance] += 1
      histogram.relevant[distance] += grade > 0 ? 1 : 0
    }
    let ranking = TiedRanking(histogram)
    return QueryRanking(
      ranking: ranking,
      graded: GradedRanking(
        distances: distances.map(UInt32.init), grades: grades.map(UInt32.init),
        maximumGrade: grades.max() ?? 0, ranking: ranking),
      hits: HitRanks(
        distances: distances.map(UInt32.init), relevance: grades.map { $0 > 0 ? 1 : 0 },
        grades: grades.map(UInt32.init), histogram: histogram))
  }

  private func tables(_ count: Int) -> RankTables {
    RankTables(harmonic: HarmonicNumbers(upTo: count), discounts: RankDiscounts(upTo: count))
  }

  @Test("Every measure is the mean, least and greatest over all permutations", arguments: tiedLists)
  func permutations(ties: [[Int]]) throws {
    let lists = rankings(ofTies: ties).map { LiteralRanking(grades: $0) }
    let count = ties.joined().count
    let distances = ties.enumerated().flatMap { tie in tie.element.map { _ in tie.offset } }
    let ranking = Self.ranking(distances: distances, grades: Array(ties.joined()))
    for kind in Self.kinds(count: count) {
      let measure = Measure(kind)
      let bounds = try #require(ranking.value(of: measure, queryCount: 1, tables(count)))
      let values = lists.map { $0.value(of: kind) }
      let mean = values.reduce(0, +) / Double(values.count)
      #expect(abs(bounds.expected - mean) < roundingTolerance, "\(measure), expected")
      let least = try #require(values.min())
      #expect(abs(bounds.worst - least) < roundingTolerance, "\(measure), worst")
      let greatest = try #require(values.max())
      #expect(abs(bounds.best - greatest) < roundingTolerance, "\(measure), best")
    }
  }

  @Test("Database order is the stable sort", arguments: 0..<6)
  func databaseOrder(seed: Int) throws {
    var stream = testStream("database order \(seed)")
    let count = 40
    let distances = (0..<count).map { _ in Int.random(in: 0...6, using: &stream) }
    var grades = (0..<count).map { _ in max(0, Int.random(in: -3...3, using: &stream)) }
    grades[0] = 1
    let order = (0..<count).sorted { (distances[$0], $0) < (distances[$1], $1) }
    let literal = LiteralRanking(grades: order.map { grades[$0] })
    let ranking = Self.ranking(distances: distances, grades: grades)
    for kind in Self.kinds(count: count) {
      let measure = Measure(kind)
      let bounds = try #require(ranking.value(of: measure, queryCount: 1, tables(count)))
      let seen = try #require(bounds.databaseOrder)
      #expect(abs(seen - literal.value(of: kind)) < roundingTolerance, "\(measure)")
      #expect(bounds.worst <= seen + roundingTolerance, "\(measure)")
      #expect(seen <= bounds.best + roundingTolerance, "\(measure)")
      #expect(bounds.worst <= bounds.expected + roundingTolerance, "\(measure)")
      #expect(bounds.expected <= bounds.best + roundingTolerance, "\(measure)")
    }
  }

  @Test("Lookups read the ball", arguments: Measure.EmptyBall.allCases)
  func lookup(emptyBall: Measure.EmptyBall) {
    // Nothing at distances 0 and 1; then 2 of 3, and 1 of 2 relevant.
    let ranking = Self.ranking(distances: [2, 2, 2, 4, 4], grades: [1, 0, 2, 0, 1])
    func value(_ radius: Int, _ value: Measure.LookupValue) -> Double? {
      ranking.value(
        of: Measure(.lookup(radius: radius, value, emptyBall: emptyBall)), queryCount: 1, tables(5)
      )?.expected
    }
    #expect(value(2, .precision) == 2 / 3.0)
    #expect(value(3, .recall) == 2 / 3.0)
    #expect(value(4, .precision) == 3 / 5.0)
    #expect(value(4, .recall) == 1)
    // P = 3/5 and R = 1 give 2 · 0.6 / 1.6.
    #expect(value(4, .f1) == 0.75)
    #expect(value(2, .empty) == 0)
    #expect(value(1, .empty) == 1)
    for part in [Measure.LookupValue.precision, .recall, .f1] {
      #expect(value(1, part) == (emptyBall == .zero ? 0 : nil))
    }
  }

  @Test("Large ties keep sums of probabilities at 1 and the right mean")
  func distributions() {
    let draws = DiscreteDistribution.hypergeometric(
      population: 100_000, successes: 30_000, draws: 5000)
    // Rounding of a few thousand terms; the mean is larger by a factor of 1500.
    #expect(abs(draws.terms.reduce(0) { $0 + $1.probability } - 1) < 1e-12)
    let mean = draws.terms.reduce(0) { $0 + Double($1.value) * $1.probability }
    #expect(abs(mean - 1500) < 1e-8)
    let position = DiscreteDistribution.positionOfSuccess(
      number: 500, population: 100_000, successes: 30_000)
    let expected = 500.0 * 100_001 / 30_001
    let seen = position.terms.reduce(0) { $0 + Double($1.value) * $1.probability }
    #expect(abs(seen - expected) < 1e-8)
  }
}
