import TestSupport
import Testing

@testable import Retrieval

@Suite("Rankings with ties")
struct TiedRankingTests {
  /// Lists of ties, items given as relevant or not; small enough for all their permutations.
  static let tiedLists: [[[Bool]]] = [
    [[true]],
    [[true, false]],
    [[false, false, true]],
    [[true, true, false, false]],
    [[false], [true, false], [], [true]],
    [[true, false, true], [false, true], [true, true]],
    [[false, false], [true, true, true, false, false], [false, true]],
    [[true, false, false, false, false, false, true]],
    [[false, true], [false, true], [false, true], [true, true, false]],
    [[true, true, true], [false, false], [true, true]],
  ]

  static func histogram(_ ties: [[Bool]]) -> DistanceHistogram {
    DistanceHistogram(
      items: ties.map { UInt32($0.count) }, relevant: ties.map { tie in UInt32(tie.count { $0 }) })
  }

  @Test(
    "Average precision is the mean, least and greatest over all permutations", arguments: tiedLists)
  func averagePrecision(ties: [[Bool]]) {
    let values = rankings(ofTies: ties).map { LiteralRanking(isRelevant: $0).averagePrecision }
    let harmonic = HarmonicNumbers(upTo: ties.joined().count)
    expectEqual(TiedRanking(Self.histogram(ties)).averagePrecision(harmonic), values)
  }

  @Test("P@k is the mean, least and greatest over all permutations", arguments: tiedLists)
  func precision(ties: [[Bool]]) {
    let lists = rankings(ofTies: ties).map { LiteralRanking(isRelevant: $0) }
    let cutoffs = Array(1...ties.joined().count)
    let curve = TiedRanking(Self.histogram(ties)).hits(atRising: cutoffs)
    #expect(curve.count == cutoffs.count)
    for (k, bounds) in zip(cutoffs, curve) {
      expectEqual(bounds.divided(by: k), lists.map { $0.precision(at: k) })
    }
  }

  private func expectEqual(_ bounds: TieBounds, _ values: [Double]) {
    let mean = values.reduce(0, +) / Double(values.count)
    #expect(abs(bounds.expected - mean) < roundingTolerance)
    #expect(abs(bounds.worst - (values.min() ?? .nan)) < roundingTolerance)
    #expect(abs(bounds.best - (values.max() ?? .nan)) < roundingTolerance)
  }

  @Test("Two relevant items tied behind 200,000 others keep all their digits")
  func cancellation() {
    let before = 200_000
    let histogram = DistanceHistogram(items: [UInt32(before), 3], relevant: [0, 2])
    let bounds = TiedRanking(histogram).averagePrecision(HarmonicNumbers(upTo: before + 3))
    let n = Double(before)
    // The three orders written out: hits at ranks (1, 2), (1, 3) and (2, 3) of the tie.
    let values = [
      (1 / (n + 1) + 2 / (n + 2)) / 2, (1 / (n + 1) + 2 / (n + 3)) / 2,
      (1 / (n + 2) + 2 / (n + 3)) / 2,
    ]
    // Values near 7e-6 come from a difference of numbers near 1: 2⁻⁵² of those, a few times.
    let tolerance = 1e-15
    #expect(abs(bounds.expected - values.reduce(0, +) / 3) < tolerance)
    #expect(abs(bounds.best - values[0]) < tolerance)
    #expect(abs(bounds.worst - values[2]) < tolerance)
  }

  @Test(
    "Harmonic sums agree with 60-digit decimal sums, in the table, in the series and across",
    arguments: [
      (0, 0, 0), (0, 1, 1), (0, 10, 2.928968253968253968), (0, 1000, 7.485470860550344913),
      (0, 100_000, 12.090146129863427), (65_535, 1, 1.52587890625e-05),
      (65_535, 2, 3.0517345297909006e-05), (65_536, 1, 1.5258556235409006e-05),
      (65_536, 100_000, 0.9265844749569578), (65_000, 1000, 0.01526735558126505),
      (199_999, 1, 5e-06), (150_000, 50_000, 0.287681239120068),
      (1_000_000, 17, 1.6999847001784978e-05),
    ])
  func harmonicNumbers(after m: Int, count: Int, expected: Double) {
    let sum = HarmonicNumbers(upTo: m + count).sum(after: m, count: count)
    // Two roundings of the result, relative to it: differences of near numbers would lose digits.
    #expect(abs(sum - expected) <= 2 * expected.ulp)
  }
}
