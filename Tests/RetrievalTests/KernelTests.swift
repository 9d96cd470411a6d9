import HammingKernels
import TestSupport
import Testing

@testable import Retrieval

@Suite("Kernels")
struct KernelTests {
  /// Sizes around the widths of vectors and of words, so that every tail is run.
  static let counts = [0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 1000]

  @Test("Distances equal the count of differing bits", arguments: SIMDLevel.supported, 1...6)
  func distances(level: SIMDLevel, words: Int) {
    var stream = testStream("distances \(words)")
    for count in Self.counts {
      let query = (0..<words).map { _ in randomWord(&stream) }
      let codes = (0..<count * words).map { _ in randomWord(&stream) }
      var distances = [UInt32](repeating: .max, count: count)
      level.kernels.distances(query, codes, count, words, &distances)
      let expected = (0..<count).map { item -> UInt32 in
        let code = codes[(item * words)..<((item + 1) * words)]
        return UInt32(zip(query, code).reduce(0) { $0 + ones(in: $1.0 ^ $1.1) })
      }
      #expect(distances == expected, "\(count) codes of \(words) words at \(level)")
    }
  }

  @Test(
    "Shared labels are counted, and relevance is 1 where there is one",
    arguments: SIMDLevel.supported, 1...6)
  func relevance(level: SIMDLevel, words: Int) {
    var stream = testStream("relevance \(words)")
    for count in Self.counts {
      // Sparse words, so that both answers are common at every width.
      func sparse() -> UInt64 {
        guard Int.random(in: 0..<words, using: &stream) == 0 else { return 0 }
        return 1 << (randomWord(&stream) % 64) | 1 << (randomWord(&stream) % 64)
      }
      let query = (0..<words).map { _ in randomWord(&stream) & randomWord(&stream) }
      let labels = (0..<count * words).map { _ in sparse() }
      var relevance = [UInt8](repeating: .max, count: count)
      level.kernels.relevance(query, labels, count, words, &relevance)
      var shared = [UInt32](repeating: .max, count: count)
      level.kernels.shared_labels(query, labels, count, words, &shared)
      let expected = (0..<count).map { item -> UInt32 in
        let itemLabels = labels[(item * words)..<((item + 1) * words)]
        return UInt32(zip(query, itemLabels).reduce(0) { $0 + ones(in: $1.0 & $1.1) })
      }
      #expect(shared == expected, "\(count) label sets of \(words) words at \(level)")
      #expect(
        relevance == expected.map { $0 > 0 ? 1 : 0 },
        "\(count) label sets of \(words) words at \(level)")
    }
  }
}

/// The number of 1s, counted bit by bit.
private func ones(in word: UInt64) -> Int {
  (0..<64).count { bit in (word >> UInt64(bit)) & 1 == 1 }
}

private func randomWord(_ generator: inout some RandomNumberGenerator) -> UInt64 {
  UInt64.random(in: .min ... .max, using: &generator)
}

@Suite("SIMDLevel")
struct SIMDLevelTests {
  @Test("Without an override the highest supported level is used")
  func noOverride() throws {
    #expect(try SIMDLevel.resolve(override: nil) == SIMDLevel.supported.last)
    #expect(SIMDLevel.supported.first == .scalar)
  }

  @Test("A supported level can be asked for by name", arguments: SIMDLevel.supported)
  func override(level: SIMDLevel) throws {
    #expect(try SIMDLevel.resolve(override: level.rawValue) == level)
  }

  @Test("Anything but a level is refused with the levels listed", arguments: ["", "AVX2", "sse9"])
  func unknown(value: String) {
    let error = #expect(throws: RetrievalError.unknownSIMDLevel(value)) {
      try SIMDLevel.resolve(override: value)
    }
    #expect(
      error?.description
        == "CROSSBIT_SIMD is “\(value)”, which is no instruction-set level; one of scalar, popcnt, "
        + "avx2, avx512 is expected.")
  }

  @Test(
    "A level that the processor does not run is refused",
    arguments: SIMDLevel.allCases.filter { !$0.isSupported })
  func unsupported(level: SIMDLevel) {
    #expect(throws: RetrievalError.unsupportedSIMDLevel(level.rawValue)) {
      try SIMDLevel.resolve(override: level.rawValue)
    }
  }
}
