import ArrayFiles
import CodeSets
import Foundation
import Retrieval
import TestSupport
import Testing

@testable import CrossbitCommandLine

@Suite("The ladder of definitions")
struct DefinitionLadderTests {
  /// A code set of random bits and labels, made of files as a user has them.
  private func codeSet(
    queryCount: Int, retrievalCount: Int, bits: Int, labelShare: Double = 0.3, seed: String
  ) throws -> CodeSet {
    var stream = testStream("ladder \(seed)")
    func bytes(_ rows: Int, _ columns: Int, share: Double) -> [UInt8] {
      (0..<rows * columns).map { _ in Double.random(in: 0..<1, using: &stream) < share ? 1 : 0 }
    }
    return try withTemporaryFolder { folder in
      func write(_ name: String, _ rows: Int, _ columns: Int, share: Double) throws {
        try NumPyFile.write(
          path: "\(folder)/\(name).npy", shape: [rows, columns],
          values: bytes(rows, columns, share: share))
      }
      // Bits that are mostly 0 tell the ±1 formula from the Hamming distance.
      try write("queries", queryCount, bits, share: 0.4)
      try write("retrieval", retrievalCount, bits, share: 0.4)
      try write("query_labels", queryCount, 3, share: labelShare)
      try write("retrieval_labels", retrievalCount, 3, share: labelShare)
      return try CodeSet(paths: [folder])
    }
  }

  private func ladder(_ set: CodeSet) throws -> DefinitionLadder {
    try DefinitionLadder(set.tasks[0], of: set, threads: 1)
  }

  @Test("Each rung is the value that the evaluator gives under its name")
  func values() throws {
    let set = try codeSet(queryCount: 30, retrievalCount: 120, bits: 8, seed: "values")
    let task = set.tasks[0]
    let ladder = try ladder(set)
    let plain = ladder.steps.filter { $0.rung.distance == .hamming }
    #expect(plain.count > 15)
    let reference = try #require(ladder.steps.first)
    #expect(reference.rung == .reference)
    for step in plain {
      let result = try evaluate(
        queries: task.queries, queryLabels: set.queryLabels, retrieval: task.retrieval,
        retrievalLabels: set.retrievalLabels,
        measures: MeasureSpecification(measures: [step.rung.measure]))
      let mean = result.measures[0].mean
      let expected: Double? =
        switch step.rung.ties {
        case .expected: mean.expected
        case .worst: mean.worst
        case .best: mean.best
        case .databaseOrder: mean.databaseOrder
        }
      #expect(step.value == expected, "\(step.rung.name)")
      #expect(
        step.difference
          == (step.rung.isMeanAveragePrecision
            ? try #require(step.value) - #require(reference.value) : nil))
    }
  }

  @Test("0/1 codes in the ±1 formula rank by the ones they share", arguments: [1, 8, 63, 64, 65])
  func zeroesAndOnes(bits: Int) throws {
    let set = try codeSet(queryCount: 12, retrievalCount: 60, bits: bits, seed: "formula \(bits)")
    let step = try #require(
      try ladder(set).steps.first { $0.rung.distance == .signFormulaOnZeroesAndOnes })
    // Codes of K bits of which item i shares s with the query have distance K − s when the query is
    // all ones and the item's other bits are cleared: the same ranking, made query by query.
    let task = set.tasks[0]
    var sum = 0.0
    var answerable = 0
    for query in 0..<set.queryCount {
      let words = (0..<set.retrievalCount).flatMap { item in
        (0..<task.queries.wordsPerCode).map { word in
          task.queries.words[query * task.queries.wordsPerCode + word]
            & task.retrieval.words[item * task.queries.wordsPerCode + word]
        }
      }
      let ones = try BinaryCodes(
        count: 1, bits: bits, activations: [Float](repeating: 1, count: bits))
      let value = try evaluate(
        queries: ones, queryLabels: set.queryLabels.selecting([query]),
        retrieval: BinaryCodes(count: set.retrievalCount, bits: bits, words: words),
        retrievalLabels: set.retrievalLabels, measures: MeasureSpecification()
      ).averagePrecision[0]
      if let value {
        sum += value
        answerable += 1
      }
    }
    #expect(answerable > 0)
    // Rounding of a sum of a dozen values of size ≤ 1.
    #expect(abs(try #require(step.value) - sum / Double(answerable)) < 1e-12)
    #expect(step.value != ladderReference(set))
  }

  private func ladderReference(_ set: CodeSet) -> Double? {
    (try? ladder(set))?.steps.first?.value
  }

  @Test(
    "Rungs that do not fit are left out",
    arguments: [(retrieval: 40, bits: 8), (retrieval: 60, bits: 1), (retrieval: 1200, bits: 8)])
  func fitting(retrieval: Int, bits: Int) throws {
    let set = try codeSet(
      queryCount: 20, retrievalCount: retrieval, bits: bits, seed: "fit \(retrieval)")
    let names = try ladder(set).steps.map(\.rung.name)
    for k in [50, 1000, 5000] {
      for divisor in Measure.Divisor.allCases {
        #expect(
          names.contains("mAP@\(k)(div=\(divisor.rawValue),ties=expected)") == (k <= retrieval))
      }
    }
    #expect(names.contains("lookup(r=2,precision)") == (bits >= 2))
    #expect(names.contains("mAP@queries(div=hits,ties=expected)"))
    #expect(Set(names).count == names.count)
  }

  @Test("Unanswerable queries show in the rungs that count them")
  func unanswerable() throws {
    let set = try codeSet(
      queryCount: 40, retrievalCount: 60, bits: 8, labelShare: 0.2, seed: "unanswerable")
    let ladder = try ladder(set)
    #expect(ladder.answerableCount < ladder.queryCount)
    let values = Dictionary(
      uniqueKeysWithValues: ladder.steps.compactMap { step in
        step.value.map { (step.rung.name, $0) }
      })
    let reference = try #require(values["mAP@all(ties=expected)"])
    let zero = try #require(values["mAP@all(unanswerable=zero,ties=expected)"])
    let tooMany = try #require(values["mAP@all(mean=answerable+10,ties=expected)"])
    let answerable = Double(ladder.answerableCount)
    // Rounding of a product and a quotient.
    #expect(abs(zero - reference * answerable / 40) < 1e-12)
    #expect(abs(tooMany - reference * answerable / (answerable + 10)) < 1e-12)
  }

  @Test("A rung without a value for any query has none, not a 0")
  func noValue() throws {
    let set = try codeSet(
      queryCount: 5, retrievalCount: 40, bits: 64, labelShare: 0, seed: "no value")
    let ladder = try ladder(set)
    #expect(ladder.answerableCount == 0)
    for step in ladder.steps where !step.rung.name.contains("unanswerable=zero") {
      #expect(step.value == nil, "\(step.rung.name)")
      #expect(step.difference == nil)
    }
  }
}
