import TestSupport
import Testing

@testable import Retrieval

/// What is known in closed form of rankings that are random.
@Suite("Random rankings")
struct RandomRankingTests {
  /// Mean average precision of all orders of N items, R of them relevant.
  ///
  /// The item at rank i is relevant with probability R/N, and then 1 + (i − 1)(R − 1)/(N − 1) hits
  /// are expected so far; the sum over i of their share, divided by R.
  private func expectedAveragePrecision(items n: Int, relevant r: Int) -> Double {
    let harmonic = (1...n).reduce(0) { $0 + 1 / Double($1) }
    guard n > 1 else { return 1 }
    let slope = Double(r - 1) / Double(n - 1)
    return (harmonic + slope * (Double(n) - harmonic)) / Double(n)
  }

  /// Items with one label each, the first `relevant` of them with that of the query.
  private func labels(items: Int, relevant: Int) -> LabelSets {
    LabelSets(
      count: items, labelCount: 2,
      indicators: (0..<items).flatMap { $0 < relevant ? [UInt8(1), 0] : [0, 1] })
  }

  @Test(
    "With all codes equal the expected values are those of a random order, in closed form",
    arguments: [(1, 1), (2, 1), (10, 3), (513, 512), (5000, 1), (70_000, 30_000)])
  func oneTie(items: Int, relevant: Int) throws {
    let result = try evaluate(
      queries: BinaryCodes(count: 1, bits: 64, words: [7]),
      queryLabels: labels(items: 1, relevant: 1),
      retrieval: BinaryCodes(count: items, bits: 64, words: [UInt64](repeating: 7, count: items)),
      retrievalLabels: labels(items: items, relevant: relevant),
      measures: MeasureSpecification(
        precisionCutoffs: [1, items], databaseOrder: false,
        measures: [Measure(.recall(k: 1)), Measure(.averageGain(k: items))]))
    let share = Double(relevant) / Double(items)
    // Twelve digits of numbers up to 1; the plain sum of harmonic terms above loses the rest.
    let tolerance = 1e-12
    #expect(
      abs(
        result.meanAveragePrecision.expected
          - expectedAveragePrecision(items: items, relevant: relevant)) < tolerance)
    #expect(result.meanAveragePrecision.best == 1)
    #expect(result.precisionAtTop.allSatisfy { abs($0.precision.expected - share) < tolerance })
    #expect(abs(result.measures[0].mean.expected - 1 / Double(items)) < tolerance)
    #expect(abs(result.measures[1].mean.expected - share) < tolerance)
  }

  @Test("Random codes rank like a random order on average", arguments: [8, 32])
  func randomCodes(bits: Int) throws {
    var stream = testStream("random ranking \(bits)")
    let (items, relevant, draws) = (60, 20, 2000)
    let queries = ReferenceCodes.random(count: draws, bits: bits, using: &stream)
    let queryLabels = LabelSets(
      count: draws, labelCount: 2, indicators: (0..<draws).flatMap { _ in [UInt8(1), 0] })
    var values: [Double] = []
    for start in stride(from: 0, to: draws, by: 10) {
      // Ten queries share a database; the next ten get another one.
      let rows = start..<(start + 10)
      values += try evaluate(
        queries: queries.selecting(rows), queryLabels: queryLabels.selecting(rows),
        retrieval: ReferenceCodes.random(count: items, bits: bits, using: &stream),
        retrievalLabels: labels(items: items, relevant: relevant),
        measures: MeasureSpecification(databaseOrder: false)
      ).averagePrecision.compactMap { $0 }
    }
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    // Five standard errors; queries of one database are independent given the labels.
    let tolerance = 5 * (variance / Double(values.count)).squareRoot()
    let expected = expectedAveragePrecision(items: items, relevant: relevant)
    #expect(abs(mean - expected) < tolerance)
    #expect(tolerance < 0.02)
  }
}
