import TestSupport
import Testing

@testable import Retrieval

@Suite("Evaluation")
struct RetrievalEvaluationTests {
  /// Code lengths with full, partial and several words, and label counts beyond one word.
  static let shapes: [(bits: Int, labels: Int)] = [
    (1, 1), (8, 3), (16, 24), (63, 64), (64, 65), (65, 10), (128, 81), (130, 255), (256, 5),
    (300, 21),
  ]

  static func problem(
    bits: Int, labels: Int, queries: Int = 5, items: Int = 83, name: String = ""
  ) -> RetrievalProblem {
    var stream = testStream("evaluation \(bits) \(labels) \(name)")
    // About two labels an item, or every other item labelled where there is one label only.
    return RetrievalProblem(
      queryCount: queries, retrievalCount: items, bits: bits, labelCount: labels,
      labelShare: min(0.4, 2 / Double(labels)), using: &stream)
  }

  @Test("Database order equals a stable sort", arguments: shapes, SIMDLevel.supported)
  func databaseOrder(shape: (bits: Int, labels: Int), level: SIMDLevel) throws {
    let problem = Self.problem(bits: shape.bits, labels: shape.labels)
    let cutoffs = [83, 1, 10]
    let result = try problem.result(
      MeasureSpecification(precisionCutoffs: cutoffs), level: level)
    let lists = (0..<5).map(problem.stableRanking).filter { $0.isRelevant.contains(true) }
    #expect(result.answerableCount == lists.count)
    #expect(result.averagePrecision.count == 5)
    let mean = { (values: [Double]) in values.reduce(0, +) / Double(max(1, values.count)) }
    let seen = try #require(result.meanAveragePrecision.databaseOrder)
    #expect(abs(seen - mean(lists.map(\.averagePrecision))) < roundingTolerance)
    #expect(result.precisionAtTop.map(\.k) == cutoffs)
    for point in result.precisionAtTop {
      let seen = try #require(point.precision.databaseOrder)
      #expect(abs(seen - mean(lists.map { $0.precision(at: point.k) })) < roundingTolerance)
    }
  }

  @Test("Every level gives the same result to the last bit", arguments: shapes)
  func levels(shape: (bits: Int, labels: Int)) throws {
    let problem = Self.problem(bits: shape.bits, labels: shape.labels, items: 1031)
    let measures = MeasureSpecification(precisionCutoffs: [1, 50, 1031], precisionRecall: true)
    let scalar = try problem.result(measures, level: .scalar)
    for level in SIMDLevel.supported {
      #expect(try problem.result(measures, level: level) == scalar, "\(level)")
    }
  }

  @Test("The result is the same for any number of threads", arguments: [2, 3, 7])
  func threads(count: Int) throws {
    let problem = Self.problem(bits: 32, labels: 24, queries: 200)
    let measures = MeasureSpecification(precisionCutoffs: [1, 20], precisionRecall: true)
    #expect(try problem.result(measures, threads: count) == problem.result(measures))
  }

  @Test("Worst ≤ expected ≤ best, and database order lies between", arguments: shapes)
  func bounds(shape: (bits: Int, labels: Int)) throws {
    let problem = Self.problem(bits: shape.bits, labels: shape.labels)
    let result = try problem.result(MeasureSpecification(precisionCutoffs: Array(1...83)))
    for bounds in [result.meanAveragePrecision] + result.precisionAtTop.map(\.precision) {
      let databaseOrder = try #require(bounds.databaseOrder)
      #expect(bounds.worst <= bounds.expected + roundingTolerance)
      #expect(bounds.expected <= bounds.best + roundingTolerance)
      #expect(bounds.worst <= databaseOrder + roundingTolerance)
      #expect(databaseOrder <= bounds.best + roundingTolerance)
    }
  }

  @Test("Relabelling the bits or complementing all codes changes nothing", arguments: shapes)
  func bitSymmetry(shape: (bits: Int, labels: Int)) throws {
    let problem = Self.problem(bits: shape.bits, labels: shape.labels)
    var stream = testStream("relabelling")
    let order = Array(0..<shape.bits).shuffled(using: &stream)
    func mapped(_ codes: BinaryCodes, flips: Bool) throws -> BinaryCodes {
      try BinaryCodes(
        count: codes.count, bits: codes.bits,
        activations: (0..<codes.count).flatMap { item in
          order.map { codes.contains(bit: $0, item: item) != flips ? 1 : -1 }
        })
    }
    let measures = MeasureSpecification(precisionCutoffs: [1, 7], precisionRecall: true)
    let expected = try problem.result(measures)
    for flips in [false, true] {
      var changed = problem
      changed.queries = try mapped(problem.queries, flips: flips)
      changed.retrieval = try mapped(problem.retrieval, flips: flips)
      #expect(try changed.result(measures) == expected)
    }
  }

  @Test("Permuting the database moves only the database order", arguments: shapes)
  func databasePermutation(shape: (bits: Int, labels: Int)) throws {
    let problem = Self.problem(bits: shape.bits, labels: shape.labels)
    var stream = testStream("permutation")
    let order = (0..<83).shuffled(using: &stream)
    var permuted = problem
    permuted.retrieval = problem.retrieval.selecting(order)
    permuted.retrievalLabels = problem.retrievalLabels.selecting(order)
    let measures = MeasureSpecification(
      precisionCutoffs: [1, 7], precisionRecall: true, databaseOrder: false)
    #expect(try permuted.result(measures) == problem.result(measures))
  }

  @Test("Pooled precision and recall count the pairs within a radius")
  func precisionRecall() throws {
    let problem = Self.problem(bits: 8, labels: 3)
    let result = try problem.result(MeasureSpecification(precisionRecall: true))
    #expect(result.precisionRecall.map(\.radius) == Array(0...8))
    let pairs = (0..<5).flatMap { query in
      (0..<83).map { item in
        (distance: problem.distance(query, item), hit: problem.sharedLabels(query, item) > 0)
      }
    }
    for point in result.precisionRecall {
      let inside = pairs.filter { $0.distance <= point.radius }
      let hits = inside.count { $0.hit }
      #expect(point.precision == (inside.isEmpty ? 0 : Double(hits) / Double(inside.count)))
      #expect(point.recall == Double(hits) / Double(pairs.count { $0.hit }))
    }
  }

  @Test("Unanswerable queries are counted, kept as nil and left out of the means")
  func unanswerable() throws {
    let codes = BinaryCodes(count: 2, bits: 2, words: [0b00, 0b11])
    let problem = RetrievalProblem(
      queries: codes, queryLabels: LabelSets(count: 2, labelCount: 2, indicators: [1, 0, 0, 1]),
      retrieval: codes,
      retrievalLabels: LabelSets(count: 2, labelCount: 2, indicators: [0, 0, 1, 0])
    )
    let result = try problem.result(MeasureSpecification(precisionCutoffs: [2]))
    #expect(result.queryCount == 2)
    #expect(result.answerableCount == 1)
    // The one relevant item is the farther of two.
    #expect(result.averagePrecision == [0.5, nil])
    #expect(result.meanAveragePrecision.expected == 0.5)
    #expect(result.precisionAtTop.first?.precision.best == 0.5)
  }

  @Test("Nothing to answer gives zeros, never NaN", arguments: [(0, 3), (2, 0), (2, 3)])
  func nothingAnswerable(queries: Int, items: Int) throws {
    let empty = { (count: Int) in
      LabelSets(count: count, labelCount: 2, indicators: [UInt8](repeating: 0, count: count * 2))
    }
    var stream = testStream("empty")
    let problem = RetrievalProblem(
      queries: ReferenceCodes.random(count: queries, bits: 4, using: &stream),
      queryLabels: empty(queries),
      retrieval: ReferenceCodes.random(count: items, bits: 4, using: &stream),
      retrievalLabels: empty(items))
    let result = try problem.result(MeasureSpecification(precisionRecall: true))
    #expect(result.answerableCount == 0)
    #expect(
      result.meanAveragePrecision
        == TieBounds(expected: 0, worst: 0, best: 0, databaseOrder: 0))
    #expect(result.precisionRecall.allSatisfy { $0.recall == 0 && $0.precision == 0 })
  }
}

extension RetrievalProblem {
  init(
    queries: BinaryCodes, queryLabels: LabelSets, retrieval: BinaryCodes, retrievalLabels: LabelSets
  ) {
    self.queries = queries
    self.queryLabels = queryLabels
    self.retrieval = retrieval
    self.retrievalLabels = retrievalLabels
  }
}
