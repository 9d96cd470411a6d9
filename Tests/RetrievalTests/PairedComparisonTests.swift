import TestSupport
import Testing

@testable import Retrieval

@Suite("Comparisons of two methods over queries")
struct PairedComparisonTests {
  @Test("Queries without a value on either side are left out")
  func pairing() throws {
    let comparison = try PairedComparison([0.5, nil, 0.75, 1], [0.25, 0.5, nil, 0.5])
    #expect(comparison.differences == [0.25, 0.5])
    #expect(comparison.meanDifference == 0.375)
    let error = #expect(throws: RetrievalError.self) { try PairedComparison([1], []) }
    #expect(
      error?.description
        == "The methods to compare have values for 1 and 0 queries; the same queries are expected.")
  }

  @Test("The p-value is the share of sign patterns that are as extreme", arguments: 0..<4)
  func randomizationAgainstEnumeration(seed: Int) throws {
    var stream = testStream("randomisation \(seed)")
    let first = (0..<10).map { _ in Double.random(in: 0...1, using: &stream) }
    let second = first.map { $0 - Double.random(in: -0.2...0.4, using: &stream) }
    let comparison = try PairedComparison(first, second)
    let observed = abs(comparison.differences.reduce(0, +))
    let extreme = (0..<1024).count { pattern in
      let sum = comparison.differences.enumerated().reduce(0) { sum, item in
        sum + (pattern >> item.offset & 1 == 0 ? item.element : -item.element)
      }
      return abs(sum) >= observed - 1e-12
    }
    let expected = Double(extreme) / 1024
    let seen = comparison.randomizationTest(rounds: 20_000, using: &stream)
    // Five standard deviations of a share over 20,000 draws; the seed is fixed.
    #expect(abs(seen - expected) < 5 * (0.25 / 20_000).squareRoot())
  }

  @Test("Equal methods have p-value 1, and no p-value is 0")
  func extremes() throws {
    var stream = testStream("extremes")
    let values = (0..<200).map { _ in Double.random(in: 0...0.5, using: &stream) }
    let equal = try PairedComparison(values, values)
    #expect(equal.randomizationTest(rounds: 100, using: &stream) == 1)
    #expect(equal.bootstrapInterval(rounds: 100, using: &stream) == 0...0)
    let apart = try PairedComparison(values.map { $0 + 0.5 }, values)
    #expect(apart.randomizationTest(rounds: 99, using: &stream) == 0.01)
    #expect(try PairedComparison([nil], [1]).bootstrapInterval(rounds: 9, using: &stream) == nil)
  }

  @Test("The bootstrap interval is as wide as the standard error says")
  func bootstrap() throws {
    var stream = testStream("bootstrap")
    let values = (0..<400).map { _ in Double.random(in: -1...1, using: &stream) }
    let comparison = try PairedComparison(values, values.map { _ in 0 })
    let mean = comparison.meanDifference
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 400
    let halfWidth = 1.96 * (variance / 400).squareRoot()
    let interval = try #require(comparison.bootstrapInterval(rounds: 4000, using: &stream))
    // The ends of 4000 resampled means scatter by some 3 % of the half-width; five times that.
    let tolerance = 0.15 * halfWidth
    #expect(abs(interval.lowerBound - (mean - halfWidth)) < tolerance)
    #expect(abs(interval.upperBound - (mean + halfWidth)) < tolerance)
    let narrow = try #require(
      comparison.bootstrapInterval(confidence: 0.5, rounds: 4000, using: &stream))
    #expect(interval.lowerBound < narrow.lowerBound && narrow.upperBound < interval.upperBound)
  }

  @Test("Equal seeds give equal answers")
  func reproducible() throws {
    let comparison = try PairedComparison([0.5, 0.25, 1, 0], [0.25, 0.5, 0.5, 0.125])
    var first = testStream("same")
    var second = testStream("same")
    #expect(
      comparison.randomizationTest(rounds: 50, using: &first)
        == comparison.randomizationTest(rounds: 50, using: &second))
    #expect(
      comparison.bootstrapInterval(rounds: 50, using: &first)
        == comparison.bootstrapInterval(rounds: 50, using: &second))
  }

  @Test(
    "Holm's adjustment multiplies by the tests that are left and never falls",
    arguments: [
      ([], []),
      ([0.25], [0.25]),
      ([0.5, 0.125], [0.5, 0.25]),
      // Sorted 0.125, 0.1875, 0.5 times 3, 2, 1.
      ([0.5, 0.125, 0.1875], [0.5, 0.375, 0.375]),
      ([0.75, 0.75], [1, 1]),
    ])
  func holm(pValues: [Double], adjusted: [Double]) {
    #expect(holmAdjusted(pValues) == adjusted)
  }
}
