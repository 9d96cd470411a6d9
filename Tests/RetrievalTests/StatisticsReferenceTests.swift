import TestSupport
import Testing

@testable import Retrieval

@Suite("Comparisons of methods beside SciPy and statsmodels")
struct StatisticsReferenceTests {
  private static let rounds = 20_000

  private static func comparisons() throws -> [ComparisonReference] {
    try recorded(StatisticsReferences.self, "StatisticsReferences").comparisons
  }

  @Test("The sampled p-value lies within its Monte Carlo error of SciPy's exact one")
  func randomization() throws {
    let references = try Self.comparisons().filter { $0.pValue != nil }
    #expect(references.count == 4)
    for reference in references {
      let exact = try #require(reference.pValue)
      var stream = testStream("SciPy randomisation \(reference.name)")
      let seen = try PairedComparison(reference.first, reference.second)
        .randomizationTest(rounds: Self.rounds, using: &stream)
      // Five standard deviations of a share over the rounds, and the observed signs that are
      // counted as one round more; the seed is fixed.
      let deviation = (exact * (1 - exact) / Double(Self.rounds)).squareRoot()
      let tolerance = 5 * deviation + 1 / Double(Self.rounds)
      #expect(abs(seen - exact) <= tolerance, "\(reference.name): \(seen) is not \(exact)")
    }
  }

  @Test("The bootstrap interval is SciPy's percentile interval")
  func bootstrap() throws {
    let references = try Self.comparisons().filter { $0.interval != nil }
    #expect(references.count == 4)
    for reference in references {
      let expected = try #require(reference.interval)
      let comparison = try PairedComparison(reference.first, reference.second)
      var stream = testStream("SciPy bootstrap \(reference.name)")
      let seen = try #require(
        comparison.bootstrapInterval(rounds: Self.rounds, using: &stream))
      // A 2.5 % quantile of 20,000 means that are nearly normal scatters by
      // √(0.025 · 0.975 / 20,000) / φ(1.96) = 0.019 standard errors; five times that. The whole
      // interval is about four standard errors wide.
      let tolerance = 5 * 0.019 * (expected[1] - expected[0]) / 3.92
      #expect(
        abs(seen.lowerBound - expected[0]) <= tolerance
          && abs(seen.upperBound - expected[1]) <= tolerance,
        "\(reference.name): \(seen) is not \(expected)")
    }
  }

  @Test("Holm's adjustment equals that of statsmodels")
  func holm() throws {
    let references = try recorded(StatisticsReferences.self, "StatisticsReferences").adjustments
    #expect(references.count == 6)
    for reference in references {
      let seen = holmAdjusted(reference.pValues)
      #expect(seen.count == reference.adjusted.count)
      for (value, expected) in zip(seen, reference.adjusted) {
        #expect(abs(value - expected) <= roundingTolerance * expected, "\(reference.pValues)")
      }
    }
  }
}
