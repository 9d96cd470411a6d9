import Retrieval
import Tensors
import TestSupport
import Testing

@testable import CrossModalData

@Suite("Relevance over a split")
struct RelevanceCountsTests {
  /// Double sums of a few hundred terms differ by their order in the last digits only.
  private static let tolerance = 1e-12

  private func randomLabels(count: Int, labelCount: Int, seed: String) -> LabelSets {
    var random = testStream(seed)
    return LabelSets(
      count: count, labelCount: labelCount,
      indicators: (0..<(count * labelCount)).map { _ in
        random.nextUniform() < 1.5 / Double(labelCount) ? UInt8(1) : 0
      })
  }

  @Test("agrees with counting pair by pair", arguments: [1, 3, 64, 65, 130])
  func pairs(labelCount: Int) {
    let labels = randomLabels(count: 150, labelCount: labelCount, seed: "pairs \(labelCount)")
    // Queries 40 ..< 50 are searched too, and do not count themselves.
    let query = Array(0..<50)
    let retrieval = Array((40..<150).reversed())
    let counts = RelevanceCounts(labels: labels, query: query, retrieval: retrieval)
    for (position, item) in query.enumerated() {
      let others = retrieval.filter { $0 != item }
      let relevant = others.count { other in
        (0..<labelCount).contains {
          labels.contains($0, item: item) && labels.contains($0, item: other)
        }
      }
      #expect(counts.perQuery[position] == relevant)
      #expect(counts.searchedPerQuery[position] == others.count)
    }
    #expect(counts.unanswerableCount == counts.perQuery.count { $0 == 0 })
  }

  @Test("chance is the mean over all orders", arguments: 1...7, 1...7)
  func chance(itemCount: Int, relevantCount: Int) {
    guard relevantCount <= itemCount else { return }
    // Item 0 asks; of the others, the first `relevantCount` share its label.
    let labels = LabelSets(
      count: itemCount + 1, labelCount: 2,
      indicators: (0...itemCount).flatMap { $0 <= relevantCount ? [UInt8(1), 0] : [0, 1] })
    let counts = RelevanceCounts(
      labels: labels, query: [0], retrieval: Array(1...itemCount))
    var sum = 0.0
    var orderCount = 0.0
    for pattern in 0..<(1 << itemCount) where pattern.nonzeroBitCount == relevantCount {
      var found = 0.0
      for rank in 0..<itemCount where pattern >> rank & 1 == 1 {
        found += 1
        sum += found / Double(rank + 1) / Double(relevantCount)
      }
      orderCount += 1
    }
    #expect(abs(counts.chanceMeanAveragePrecision - sum / orderCount) < Self.tolerance)
  }

  @Test("chance leaves out queries with nothing relevant")
  func unanswerable() {
    let labels = LabelSets(count: 3, labelCount: 2, indicators: [1, 0, 0, 1, 1, 0])
    let all = RelevanceCounts(labels: labels, query: [0, 1], retrieval: [2])
    #expect(all.perQuery == [1, 0])
    #expect(all.chanceMeanAveragePrecision == 1)
    let none = RelevanceCounts(labels: labels, query: [1], retrieval: [2])
    #expect(none.chanceMeanAveragePrecision == 0)
  }
}
