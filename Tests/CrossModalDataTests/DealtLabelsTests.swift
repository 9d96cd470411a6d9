import Retrieval
import Tensors
import TestSupport
import Testing

@testable import CrossModalData

@Suite("Label rows dealt out at random")
struct DealtLabelsTests {
  /// Relative; sums of small whole numbers in Double, then a difference of squares.
  private static let tolerance = 1e-9

  private static func orders(of items: [Int]) -> [[Int]] {
    guard items.count > 1 else { return [items] }
    return items.flatMap { first in
      orders(of: items.filter { $0 != first }).map { [first] + $0 }
    }
  }

  private static func sharedCount(_ labels: LabelSets, _ neighbours: [[Int]]) -> Int {
    neighbours.enumerated().reduce(0) { sum, entry in
      sum
        + entry.element.count { other in
          (0..<labels.labelCount).contains {
            labels.contains($0, item: entry.offset) && labels.contains($0, item: other)
          }
        }
    }
  }

  // Reference: all 720 orders of the label rows of six items.
  @Test("have the mean and the deviation of all orders", arguments: 0..<8)
  func moments(seed: Int) throws {
    let itemCount = 6
    let labelCount = seed % 2 == 0 ? 3 : 70
    var random = testStream("dealt labels \(seed)")
    let indicators = (0..<(itemCount * labelCount)).map { _ in
      UInt8(random.nextUniform() < (labelCount == 3 ? 0.4 : 0.08) ? 1 : 0)
    }
    let labels = LabelSets(count: itemCount, labelCount: labelCount, indicators: indicators)
    // Some or all items ask for one to three others; edges in both directions occur.
    let askedCount = 2 + seed % 5
    let neighbours = (0..<askedCount).map { item in
      Array((0..<itemCount).filter { $0 != item }.shuffled(using: &random).prefix(1 + seed % 3))
    }
    let counts = Self.orders(of: Array(0..<itemCount)).map { order in
      Double(Self.sharedCount(labels.selecting(order), neighbours))
    }
    #expect(counts.count == 720)
    let mean = counts.reduce(0, +) / 720
    let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 720
    #expect(variance > 0)
    let dealt = try #require(DealtLabels(labels, neighbours: neighbours))
    #expect(dealt.sharedCount == Self.sharedCount(labels, neighbours))
    #expect(abs(dealt.expectedCount - mean) <= Self.tolerance * max(1, mean))
    #expect(
      abs(dealt.standardDeviation * dealt.standardDeviation - variance)
        <= Self.tolerance * max(1, mean * mean))
  }

  @Test("say nothing where all items share a label, or none do", arguments: [true, false])
  func nothing(isShared: Bool) {
    let labels = LabelSets(
      count: 5, labelCount: 5,
      indicators: (0..<25).map { isShared ? ($0 % 5 == 0 ? 1 : 0) : ($0 % 6 == 0 ? 1 : 0) })
    #expect(DealtLabels(labels, neighbours: [[1], [2], [3], [4], [0]]) == nil)
  }
}

@Suite("Pairs of labels")
struct LabelPairTests {
  @Test("are counted and compared with independent labels")
  func pairs() {
    // Items 0 to 3 bear cat and dog, 4 and 5 cat and tree, 6 dog, 7 nothing.
    let rows: [[UInt8]] =
      Array(repeating: [1, 1, 0], count: 4) + Array(repeating: [1, 0, 1], count: 2)
      + [[0, 1, 0], [0, 0, 0]]
    let labels = LabelSets(count: 8, labelCount: 3, indicators: rows.flatMap(\.self))
    #expect(labels.itemCounts == [6, 5, 2])
    // Lifts: 4 · 8 / (6 · 5) and 2 · 8 / (6 · 2).
    let pairs = labels.frequentPairs(5, names: ["cat", "dog", "tree"])
    #expect(
      pairs == [
        LabelPair(first: "cat", second: "dog", itemCount: 4, lift: 32.0 / 30),
        LabelPair(first: "cat", second: "tree", itemCount: 2, lift: 16.0 / 12),
      ])
    #expect(labels.frequentPairs(1, names: ["cat", "dog", "tree"]).count == 1)
  }

  @Test("reach across words of 64 labels")
  func wide() {
    var indicators = [UInt8](repeating: 0, count: 2 * 130)
    for label in [3, 64, 129] { indicators[130 + label] = 1 }
    let labels = LabelSets(count: 2, labelCount: 130, indicators: indicators)
    #expect(labels.labels(of: 0) == [])
    #expect(labels.labels(of: 1) == [3, 64, 129])
    let pairs = labels.frequentPairs(9, names: (0..<130).map { "\($0)" })
    #expect(pairs.map { "\($0.first)+\($0.second)" } == ["3+64", "3+129", "64+129"])
  }
}
