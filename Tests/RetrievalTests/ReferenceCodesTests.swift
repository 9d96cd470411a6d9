import TestSupport
import Testing

@testable import Retrieval

@Suite("Reference codes")
struct ReferenceCodesTests {
  private func distance(_ codes: BinaryCodes, _ i: Int, _ j: Int) -> Int {
    zip(codes.rowWords(i), codes.rowWords(j)).reduce(0) { $0 + ($1.0 ^ $1.1).nonzeroBitCount }
  }

  @Test("Random codes fill their bits evenly and no bit beyond", arguments: [1, 16, 63, 64, 100])
  func random(bits: Int) {
    var stream = testStream("random \(bits)")
    let codes = ReferenceCodes.random(count: 1000, bits: bits, using: &stream)
    let ones = (0..<bits).map { bit in (0..<1000).count { codes.contains(bit: bit, item: $0) } }
    // Five standard deviations of a fair coin over 1000 throws; the seed is fixed.
    #expect(ones.allSatisfy { abs($0 - 500) < 80 })
    #expect(ones.reduce(0, +) == codes.words.reduce(0) { $0 + $1.nonzeroBitCount })
  }

  @Test("Hadamard codewords are half the bits apart", arguments: [(16, 16), (64, 24), (128, 81)])
  func hadamard(bits: Int, labelCount: Int) {
    var stream = testStream("hadamard")
    let codewords = LabelOracle(labelCount: labelCount, bits: bits, using: &stream).codewords
    for i in 0..<labelCount {
      for j in 0..<i { #expect(distance(codewords, i, j) == bits / 2) }
    }
  }

  @Test("Single-label items with Hadamard words are retrieved perfectly")
  func oracleIsPerfectForSingleLabels() throws {
    var stream = testStream("single")
    let oracle = LabelOracle(labelCount: 10, bits: 16, using: &stream)
    let labels = LabelSets(
      count: 40, labelCount: 10,
      indicators: (0..<400).map { $0 % 10 == $0 / 10 % 10 ? 1 : 0 })
    let codes = oracle.codes(for: labels)
    let result = try evaluate(
      queries: codes, queryLabels: labels, retrieval: codes, retrievalLabels: labels,
      measures: MeasureSpecification())
    #expect(result.answerableCount == 40)
    #expect(result.meanAveragePrecision.worst == 1)
  }

  @Test("An item's code is the sign of the sum of its labels' words", arguments: [16, 24, 65])
  func oracleSigns(bits: Int) {
    var stream = testStream("oracle \(bits)")
    let oracle = LabelOracle(labelCount: 20, bits: bits, using: &stream)
    let labels = LabelSets(
      count: 9, labelCount: 20,
      indicators: (0..<180).map { _ in UInt8.random(in: 0...1, using: &stream) })
    let codes = oracle.codes(for: labels)
    for item in 0..<9 {
      for bit in 0..<bits {
        let sum = (0..<20).filter { labels.contains($0, item: item) }
          .reduce(0) { $0 + (oracle.codewords.contains(bit: bit, item: $1) ? 1 : -1) }
        #expect(codes.contains(bit: bit, item: item) == (sum >= 0))
      }
    }
  }

  @Test("Chance is the mean share of relevant items over answerable queries")
  func chance() throws {
    let queries = LabelSets(count: 3, labelCount: 3, indicators: [1, 0, 0, 1, 1, 0, 0, 0, 1])
    let items = LabelSets(
      count: 4, labelCount: 3, indicators: [1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0])
    // Shares 2/4 and 3/4; the third query is unanswerable.
    #expect(try chanceLevel(queryLabels: queries, retrievalLabels: items) == 0.625)
    #expect(try chanceLevel(queryLabels: queries, retrievalLabels: items.selecting([])) == 0)
  }
}
