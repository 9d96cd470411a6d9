import TestSupport
import Testing

@testable import Retrieval

@Suite("Measures and curves over queries")
struct MeasureMeanTests {
  /// Queries of which some share no label with anything.
  static func problem() -> RetrievalProblem {
    var stream = testStream("means")
    var problem = RetrievalProblem(
      queryCount: 12, retrievalCount: 60, bits: 9, labelCount: 5, labelShare: 0.3, using: &stream)
    let indicators = (0..<12 * 5).map { position -> UInt8 in
      position / 5 % 4 == 0
        ? 0 : problem.queryLabels.contains(position % 5, item: position / 5) ? 1 : 0
    }
    problem.queryLabels = LabelSets(count: 12, labelCount: 5, indicators: indicators)
    return problem
  }

  private func results(_ names: [String]) throws -> [MeasureResult] {
    try Self.problem().result(
      MeasureSpecification(measures: names.map { try Measure(name: $0) })
    ).measures
  }

  @Test("mAP@all as a measure is the mean average precision of the result")
  func meanAveragePrecision() throws {
    let result = try Self.problem().result(
      MeasureSpecification(measures: [.meanAveragePrecision]))
    #expect(result.measures[0].mean == result.meanAveragePrecision)
    #expect(result.measures[0].values == result.averagePrecision)
    #expect(result.measures[0].queryCount == result.answerableCount)
    #expect(result.answerableCount < result.queryCount)
  }

  @Test("The legacy means divide by all queries and by ten too many")
  func legacyMeans() throws {
    let results = try results([
      "mAP@all", "mAP@all(unanswerable=zero)", "mAP@all(mean=answerable+10)",
    ])
    let answerable = results[0].queryCount
    let sum = results[0].mean.expected * Double(answerable)
    #expect(results[1].queryCount == 12)
    #expect(abs(results[1].mean.expected - sum / 12) < roundingTolerance)
    #expect(results[1].values.allSatisfy { $0 != nil })
    #expect(abs(results[2].mean.expected - sum / Double(answerable + 10)) < roundingTolerance)
  }

  @Test("A cut at the number of queries is a cut at that number")
  func cutAtQueryCount() throws {
    let results = try results(["mAP@queries(div=hits)", "mAP@12(div=hits)"])
    #expect(results[0].mean == results[1].mean)
  }

  @Test("Skipped empty balls leave the mean, counted ones stay as zeros")
  func emptyBalls() throws {
    let results = try results([
      "lookup(r=0,precision)", "lookup(r=0,precision,empty=skip)", "lookup(r=0,empty)",
    ])
    let answerable = Double(results[0].queryCount)
    let filled = Double(results[1].queryCount)
    #expect(0 < filled && filled < answerable)
    #expect(abs(results[2].mean.expected - (1 - filled / answerable)) < roundingTolerance)
    #expect(
      abs(results[0].mean.expected * answerable - results[1].mean.expected * filled)
        < roundingTolerance)
  }

  @Test("Results are the same for any number of threads and at any level")
  func threadsAndLevels() throws {
    var stream = testStream("many queries")
    let problem = RetrievalProblem(
      queryCount: 150, retrievalCount: 200, bits: 20, labelCount: 8, labelShare: 0.2, using: &stream
    )
    let specification = MeasureSpecification(
      measures: MeasureNameTests.names.map(\.1).filter { ($0.cutoff(queryCount: 150) ?? 1) <= 200 },
      curves: MeasureNameTests.curveNames.map(\.1))
    let reference = try problem.result(specification, level: .scalar)
    for level in SIMDLevel.supported {
      #expect(try problem.result(specification, level: level, threads: 3) == reference)
    }
  }

  @Test("Macro precision and recall by radius are means over answerable queries")
  func macroCurve() throws {
    let problem = Self.problem()
    let answerable = (0..<12).filter { problem.stableRanking($0).total > 0 }
    let curve = try problem.result(
      MeasureSpecification(curves: [.radius(.macro, stopsEarly: false)])
    ).curves[0]
    #expect(curve.lines.map(\.order) == [nil])
    #expect(curve.lines[0].points.map(\.position) == (0...9).map(Double.init))
    for point in curve.lines[0].points {
      var precision = 0.0
      var recall = 0.0
      for query in answerable {
        let inside = (0..<60).filter { Double(problem.distance(query, $0)) <= point.position }
        let hits = Double(inside.count { problem.sharedLabels(query, $0) > 0 })
        precision += inside.isEmpty ? 0 : hits / Double(inside.count)
        recall += hits / Double(problem.stableRanking(query).total)
      }
      #expect(abs(point.precision - precision / Double(answerable.count)) < roundingTolerance)
      #expect(abs(point.recall - recall / Double(answerable.count)) < roundingTolerance)
    }
  }

  @Test("The micro curve is the pooled one, and may stop a radius early")
  func microCurve() throws {
    let result = try Self.problem().result(
      MeasureSpecification(
        precisionRecall: true,
        curves: [.radius(.micro, stopsEarly: false), .radius(.micro, stopsEarly: true)]))
    let points = result.precisionRecall.map {
      CurvePoint(position: Double($0.radius), precision: $0.precision, recall: $0.recall)
    }
    #expect(result.curves[0].lines == [CurveLine(order: nil, points: points)])
    #expect(result.curves[1].lines == [CurveLine(order: nil, points: points.dropLast())])
  }

  @Test("Precision at levels of recall is interpolated as defined", arguments: [2, 11, 101])
  func rankCurve(levels: Int) throws {
    let problem = Self.problem()
    let lists = (0..<12).map(problem.stableRanking).filter { $0.total > 0 }
    let curve = try problem.result(MeasureSpecification(curves: [.rank(levels: levels)])).curves[0]
    #expect(curve.lines.map(\.order) == [.worst, .best, .databaseOrder])
    for (level, point) in curve.lines[2].points.enumerated() {
      // Levels in whole numbers of hits, so that 3 of 10 reaches level 0.3.
      let sum = lists.reduce(0) { sum, list in
        let needed = (0...list.total).first { $0 * (levels - 1) >= level * list.total } ?? 0
        return sum + list.interpolatedPrecision(recall: Double(needed) / Double(list.total))
      }
      #expect(abs(point.precision - sum / Double(lists.count)) < roundingTolerance)
      #expect(curve.lines[0].points[level].precision <= point.precision + roundingTolerance)
      #expect(point.precision <= curve.lines[1].points[level].precision + roundingTolerance)
    }
  }

  @Test("Interpolated precision is extremal over all permutations")
  func rankCurveBounds() {
    for ties in MeasureValueTests.tiedLists {
      let lists = rankings(ofTies: ties).map { LiteralRanking(grades: $0) }
      let distances = ties.enumerated().flatMap { tie in tie.element.map { _ in tie.offset } }
      let ranking = MeasureValueTests.ranking(
        distances: distances, grades: Array(ties.joined()))
      for (index, recall) in [0, 0.5, 1].enumerated() {
        let values = lists.map { $0.interpolatedPrecision(recall: recall) }
        let worst = ranking.points(of: .rank(levels: 3), order: .worst, bits: 9)[index].precision
        let best = ranking.points(of: .rank(levels: 3), order: .best, bits: 9)[index].precision
        #expect(abs(worst - (values.min() ?? .nan)) < roundingTolerance)
        #expect(abs(best - (values.max() ?? .nan)) < roundingTolerance)
      }
    }
  }

  @Test("The curve of the first k items is P@k and R@k")
  func topCurve() throws {
    let cutoffs = [1, 7, 60]
    let result = try Self.problem().result(
      MeasureSpecification(
        measures: cutoffs.map { Measure(.precision(k: $0)) }
          + cutoffs.map { Measure(.recall(k: $0)) },
        curves: [.top(cutoffs)]))
    let lines = result.curves[0].lines
    #expect(lines.map(\.order) == [.expected, .worst, .best, .databaseOrder])
    for (index, k) in cutoffs.enumerated() {
      let precision = result.measures[index].mean
      let recall = result.measures[index + cutoffs.count].mean
      let points = lines.map { $0.points[index] }
      #expect(points.map(\.position) == [Double](repeating: Double(k), count: 4))
      let precisions = [
        precision.expected, precision.worst, precision.best, precision.databaseOrder ?? .nan,
      ]
      let recalls = [recall.expected, recall.worst, recall.best, recall.databaseOrder ?? .nan]
      for order in 0..<4 {
        #expect(abs(points[order].precision - precisions[order]) < roundingTolerance)
        #expect(abs(points[order].recall - recalls[order]) < roundingTolerance)
      }
    }
  }

  @Test("NDCG stays a number where 2 to the power of the shared labels is none")
  func manySharedLabels() throws {
    let labelCount = 1100
    // Items share 1100, 1050 and 0 labels with the query; all at distance 0.
    let labels = LabelSets(
      count: 3, labelCount: labelCount,
      indicators: [1100, 1050, 0].flatMap { shared in
        (0..<labelCount).map { UInt8($0 < shared ? 1 : 0) }
      })
    let result = try evaluate(
      queries: BinaryCodes(count: 1, bits: 8, words: [0]), queryLabels: labels.selecting([0]),
      retrieval: BinaryCodes(count: 3, bits: 8, words: [0, 0, 0]), retrievalLabels: labels,
      measures: MeasureSpecification(
        measures: [Measure(.normalizedDiscountedGain(k: 1, gain: .exponential))]))
    let value = result.measures[0].mean
    // One of three items leads with the greatest gain, another with 2⁻⁵⁰ of it.
    #expect(abs(value.expected - (1 + 0x1p-50) / 3) < 1e-15)
    #expect(value.best == 1)
    #expect(value.worst == 0)
    #expect(value.databaseOrder == 1)
  }
}
