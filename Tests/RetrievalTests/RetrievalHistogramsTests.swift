import Foundation
import TestSupport
import Testing

@testable import Retrieval

@Suite("Histograms of shards")
struct RetrievalHistogramsTests {
  private struct Example {
    let queries: BinaryCodes
    let queryLabels: LabelSets
    let retrieval: BinaryCodes
    let retrievalLabels: LabelSets

    init(bits: Int, _ name: String) {
      var random = testStream(name)
      func codes(_ count: Int) -> BinaryCodes {
        ReferenceCodes.random(count: count, bits: bits, using: &random)
      }
      func labels(_ count: Int) -> LabelSets {
        LabelSets(
          count: count, labelCount: 5,
          indicators: (0..<(5 * count)).map { _ in
            Int.random(in: 0..<5, using: &random) == 0 ? 1 : 0
          })
      }
      queries = codes(150)
      queryLabels = labels(150)
      retrieval = codes(1003)
      retrievalLabels = labels(1003)
    }

    func histograms(_ rows: Range<Int>) throws -> RetrievalHistograms {
      try RetrievalHistograms(
        queries: queries, queryLabels: queryLabels, retrieval: retrieval.selecting(rows),
        retrievalLabels: retrievalLabels.selecting(Array(rows)))
    }
  }

  private func specification() throws -> MeasureSpecification {
    var measures = MeasureSpecification(
      precisionCutoffs: [100, 1, 7], precisionRecall: true, databaseOrder: false)
    measures.measures = try ["mAP@50(div=hits)", "R@100", "MAP@R", "lookup(r=2,F1)"].map {
      name throws(RetrievalError) in try Measure(name: name)
    }
    return measures
  }

  @Test(
    "added up give the measures of the whole set to the last bit", arguments: [5, 32, 64, 100])
  func merged(bits: Int) throws {
    let example = Example(bits: bits, "shards \(bits)")
    var random = testStream("cuts \(bits)")
    let measures = try specification()
    let whole = try evaluate(
      queries: example.queries, queryLabels: example.queryLabels, retrieval: example.retrieval,
      retrievalLabels: example.retrievalLabels, measures: measures)
    for shardCount in [1, 2, 5, 17] {
      let cuts =
        [0, 1003] + (1..<shardCount).map { _ in Int.random(in: 0...1003, using: &random) }
      let bounds = cuts.sorted()
      var shards = try zip(bounds, bounds.dropFirst()).map { try example.histograms($0..<$1) }
      // Shards come back from array elements in any order, as files.
      shards.shuffle(using: &random)
      shards = try shards.map {
        try JSONDecoder().decode(RetrievalHistograms.self, from: JSONEncoder().encode($0))
      }
      var sum = shards[0]
      for shard in shards.dropFirst() { try sum.add(shard) }
      #expect(sum.retrievalCount == 1003)
      let merged = try sum.result(measures)
      #expect(merged == whole, "\(shardCount) shards")
    }
  }

  @Test("refuse what they do not tell, and shards that do not belong together")
  func refusals() throws {
    let example = Example(bits: 16, "refusals")
    var histograms = try example.histograms(0..<100)
    #expect(throws: RetrievalError.needsItems("the order of the database")) {
      try histograms.result(MeasureSpecification())
    }
    var graded = MeasureSpecification(databaseOrder: false)
    graded.measures = [try Measure(name: "NDCG@10")]
    let error = #expect(throws: RetrievalError.self) { try histograms.result(graded) }
    #expect(error?.description.hasPrefix("Histograms of distances do not tell NDCG@10; ") == true)
    #expect(throws: RetrievalError.self) {
      try histograms.result(MeasureSpecification(precisionCutoffs: [101], databaseOrder: false))
    }
    let longer = try Example(bits: 17, "refusals").histograms(0..<100)
    #expect(throws: RetrievalError.self) { try histograms.add(longer) }
  }
}
