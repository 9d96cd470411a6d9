import TestSupport
import Testing

@testable import Retrieval

/// Queries that stand in the retrieval set themselves.
@Suite("Own rows")
struct OwnRowsTests {
  private static let measures = MeasureSpecification(
    precisionCutoffs: [1, 5], precisionRecall: true, databaseOrder: true,
    measures: [
      Measure(.averagePrecisionAt(.rank(10), divisor: .hits)), Measure(.averagePrecisionAtR),
      Measure(.normalizedDiscountedGain(k: 5, gain: .exponential)), Measure(.averageGain(k: 3)),
      Measure(.weightedAveragePrecision),
      Measure(.lookup(radius: 2, .precision, emptyBall: .zero)),
    ],
    curves: [.radius(.macro, stopsEarly: false), .rank(levels: 11), .top([1, 7])])

  private func problem() -> RetrievalProblem {
    var stream = testStream("own rows")
    var problem = RetrievalProblem(
      queryCount: 1, retrievalCount: 40, bits: 7, labelCount: 5, labelShare: 0.3, using: &stream)
    problem.queries = problem.retrieval
    problem.queryLabels = problem.retrievalLabels
    return problem
  }

  @Test(
    "A query that is left out of its ranking is measured as if it were not there",
    arguments: SIMDLevel.supported)
  func leftOut(level: SIMDLevel) throws {
    let problem = problem()
    for query in 0..<problem.retrieval.count {
      let others = (0..<problem.retrieval.count).filter { $0 != query }
      let codes = problem.retrieval.selecting([query])
      let labels = problem.retrievalLabels.selecting([query])
      let whole = try RetrievalEvaluation(
        queries: codes, queryLabels: labels, retrieval: problem.retrieval,
        retrievalLabels: problem.retrievalLabels, measures: Self.measures, ownRows: [query],
        level: level
      ).result(threads: 1)
      let without = try RetrievalEvaluation(
        queries: codes, queryLabels: labels, retrieval: problem.retrieval.selecting(others),
        retrievalLabels: problem.retrievalLabels.selecting(others), measures: Self.measures,
        level: level
      ).result(threads: 1)
      #expect(whole == without, "query \(query) at \(level)")
    }
  }

  @Test("Queries without a row of their own keep the whole retrieval set")
  func noneOwn() throws {
    let problem = problem()
    func result(_ ownRows: [Int?]?) throws -> RetrievalResult {
      try evaluate(
        queries: problem.queries, queryLabels: problem.queryLabels, retrieval: problem.retrieval,
        retrievalLabels: problem.retrievalLabels, measures: Self.measures, ownRows: ownRows)
    }
    let none = try result([Int?](repeating: nil, count: 40))
    #expect(try none == result(nil))
    // An item at distance 0 that shares all labels is gone, so every query does worse.
    let own = try result(Array(0..<40))
    #expect(own.meanAveragePrecision.expected < none.meanAveragePrecision.expected)
  }

  @Test("Rows that are not there, too few of them and cut-offs beyond the rest are refused")
  func refusals() throws {
    let problem = problem()
    func result(_ ownRows: [Int?], k: Int = 1) throws(RetrievalError) {
      _ = try evaluate(
        queries: problem.queries, queryLabels: problem.queryLabels, retrieval: problem.retrieval,
        retrievalLabels: problem.retrievalLabels,
        measures: MeasureSpecification(precisionCutoffs: [k]), ownRows: ownRows)
    }
    #expect(throws: RetrievalError.ownRowCountMismatch(rows: 1, queries: 40)) { try result([0]) }
    #expect(throws: RetrievalError.ownRowOutOfRange(query: 3, row: 40, retrievalCount: 40)) {
      try result([0, 1, 2, 40] + [Int?](repeating: nil, count: 36))
    }
    #expect(throws: RetrievalError.cutoffOutOfRange(k: 40, retrievalCount: 39)) {
      try result(Array(0..<40), k: 40)
    }
  }
}
