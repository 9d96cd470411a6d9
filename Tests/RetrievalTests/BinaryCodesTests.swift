import Foundation
import TestSupport
import Testing

@testable import Retrieval

@Suite("BinaryCodes")
struct BinaryCodesTests {
  static let lengths = [1, 7, 63, 64, 65, 128, 130]

  @Test("A bit is 1 where the activation is ≥ 0", arguments: lengths)
  func packing(bits: Int) throws {
    var stream = testStream("packing \(bits)")
    let activations = (0..<5 * bits).map { _ in Float.random(in: -1...1, using: &stream) }
    let codes = try BinaryCodes(count: 5, bits: bits, activations: activations)
    for item in 0..<5 {
      for bit in 0..<bits {
        #expect(codes.contains(bit: bit, item: item) == (activations[item * bits + bit] >= 0))
      }
    }
    let padding = codes.wordsPerCode * 64 - bits
    for item in 0..<5 {
      let last = codes.words[(item + 1) * codes.wordsPerCode - 1]
      #expect(last.leadingZeroBitCount >= padding)
    }
    // A collection without contiguous storage packs to the same codes.
    let lazy = activations.lazy.map { $0 }
    #expect(try BinaryCodes(count: 5, bits: bits, activations: lazy) == codes)
  }

  @Test("Zero of either sign gives bit 1, infinities keep their sign")
  func specialActivations() throws {
    let codes = try BinaryCodes(
      count: 1, bits: 4, activations: [0, -0.0, .infinity, -.infinity])
    #expect(codes.words == [0b0111])
  }

  @Test("An activation that is not a number is refused with row and bit", arguments: [0, 64, 69])
  func notANumber(bit: Int) {
    var activations = [Float](repeating: 1, count: 3 * 70)
    activations[70 + bit] = .nan
    activations[2 * 70] = .nan
    let error = #expect(throws: RetrievalError.activationIsNaN(row: 1, bit: bit)) {
      try BinaryCodes(count: 3, bits: 70, activations: activations)
    }
    #expect(
      error?.description
        == "The activation of row 1, bit \(bit) is not a number, so it has no sign to keep.")
  }

  @Test("Encoding and decoding give the same codes", arguments: lengths, [0, 1, 6])
  func roundTrip(bits: Int, count: Int) throws {
    var stream = testStream("round trip \(bits)")
    let codes = ReferenceCodes.random(count: count, bits: bits, using: &stream)
    let data = try JSONEncoder().encode(codes)
    #expect(try JSONDecoder().decode(BinaryCodes.self, from: data) == codes)
  }

  @Test(
    "A damaged payload is refused",
    arguments: [
      #"{"count": 2, "bits": 8, "words": "AAAAAAAAAAA="}"#,
      #"{"count": 1, "bits": 8, "words": "AAAAAAAAAAAA"}"#,
      #"{"count": -1, "bits": 8, "words": ""}"#,
      #"{"count": 0, "bits": 0, "words": ""}"#,
      #"{"count": 9223372036854775807, "bits": 9223372036854775807, "words": ""}"#,
      // Bit 8 of a code of 8 bits.
      #"{"count": 1, "bits": 8, "words": "AAEAAAAAAAA="}"#,
      #"{"count": 1, "bits": 8, "words": "not base 64"}"#,
    ])
  func damage(payload: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(BinaryCodes.self, from: Data(payload.utf8))
    }
  }

  @Test("Blocks join in order, and selected items keep the order asked for")
  func joiningAndSelecting() {
    var stream = testStream("joining")
    let codes = ReferenceCodes.random(count: 7, bits: 70, using: &stream)
    let joined = BinaryCodes(
      bits: 70, joining: [codes.selecting(0..<3), codes.selecting([]), codes.selecting(3..<7)])
    #expect(joined == codes)
    #expect(codes.selecting([6, 0]).words == Array(codes.words[12..<14] + codes.words[0..<2]))
  }
}

@Suite("LabelSets")
struct LabelSetsTests {
  @Test("Labels are kept beyond the first word", arguments: [1, 63, 64, 65, 255])
  func packing(labelCount: Int) {
    var stream = testStream("labels \(labelCount)")
    let indicators = (0..<4 * labelCount).map { _ in UInt8.random(in: 0...2, using: &stream) }
    let labels = LabelSets(count: 4, labelCount: labelCount, indicators: indicators)
    for item in 0..<4 {
      let row = indicators[(item * labelCount)..<((item + 1) * labelCount)]
      #expect(labels.cardinality(of: item) == row.count { $0 != 0 })
      #expect((0..<labelCount).map { labels.contains($0, item: item) } == row.map { $0 != 0 })
    }
    #expect(
      LabelSets(count: 4, labelCount: labelCount, indicators: indicators.lazy.map { $0 }) == labels)
  }
}
