import TestSupport
import Testing

@testable import Retrieval

@Suite("PlaneHistograms")
struct PlaneHistogramsTests {
  /// Code lengths around every unit of the kernel: octets, sixteens, words and its maximum.
  static let lengths = [
    1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 96, 127, 128, 129, 200, 255, 256,
  ]

  private func problem(bits: Int, labels: Int, items: Int) -> RetrievalProblem {
    var stream = testStream("planes \(bits) \(labels) \(items)")
    var problem = RetrievalProblem(
      queryCount: 2, retrievalCount: items, bits: bits, labelCount: labels,
      labelShare: min(0.4, 2 / Double(labels)), using: &stream)
    // Distances 0 and K: the query itself and its complement, which random codes do not reach.
    if items > 1 {
      let query = (0..<bits).map { problem.queries.contains(bit: $0, item: 0) }
      for (item, flips) in [(0, false), (items - 1, true)] {
        problem.retrieval = problem.retrieval.replacing(item, with: query.map { $0 != flips })
      }
    }
    return problem
  }

  private func check(
    bits: Int, labels: Int, items: Int, level: SIMDLevel, threads: Int = 1
  ) throws {
    let problem = problem(bits: bits, labels: labels, items: items)
    let planes = try #require(
      PlaneHistograms(codes: problem.retrieval, labels: problem.retrievalLabels, level: level))
    let seen = planes.histograms(
      queries: 0..<2, codes: problem.queries, labels: problem.queryLabels, threads: threads)
    for query in 0..<2 {
      var expected = DistanceHistogram(
        items: [UInt32](repeating: 0, count: bits + 1),
        relevant: [UInt32](repeating: 0, count: bits + 1))
      var scan = QueryScan(
        codes: problem.retrieval, labels: problem.retrievalLabels, level: .scalar,
        usesGrades: false)
      scan.scan(query: query, codes: problem.queries, labels: problem.queryLabels)
      for item in 0..<items {
        expected.items[Int(scan.distances[item])] += 1
        expected.relevant[Int(scan.distances[item])] += UInt32(scan.relevance[item])
      }
      #expect(seen[query] == expected, "\(bits) bits, \(labels) labels, \(items) items at \(level)")
    }
  }

  @Test(
    "Histograms equal a count item by item at any code length", arguments: lengths,
    SIMDLevel.supported)
  func codeLengths(bits: Int, level: SIMDLevel) throws {
    try check(bits: bits, labels: 24, items: 600, level: level)
  }

  @Test(
    "Histograms equal a count item by item for any number of items and labels",
    arguments: [0, 1, 63, 64, 65, 511, 512, 513], [1, 64, 65, 255])
  func itemCounts(items: Int, labels: Int) throws {
    for level in SIMDLevel.supported {
      try check(bits: 20, labels: labels, items: items, level: level)
    }
  }

  @Test(
    "Histograms of several tiles of blocks add up, whichever thread counts them",
    arguments: [1, 2, 3, 7])
  func tiles(threads: Int) throws {
    try check(bits: 40, labels: 3, items: 40_000, level: .current, threads: threads)
    try check(bits: 250, labels: 255, items: 17_001, level: .current, threads: threads)
  }

  @Test("Codes beyond the kernel's length are left to the scan")
  func tooLong() {
    let labels = LabelSets(count: 0, labelCount: 1, indicators: [])
    let codes = BinaryCodes(count: 0, bits: 257, words: [])
    #expect(PlaneHistograms(codes: codes, labels: labels, level: .scalar) == nil)
  }
}

extension BinaryCodes {
  fileprivate func replacing(_ item: Int, with code: [Bool]) -> BinaryCodes {
    var words = words
    for (bit, value) in code.enumerated() {
      let index = item * wordsPerCode + bit / 64
      let mask: UInt64 = 1 << UInt64(bit % 64)
      words[index] = value ? words[index] | mask : words[index] & ~mask
    }
    return BinaryCodes(count: count, bits: bits, words: words)
  }
}
