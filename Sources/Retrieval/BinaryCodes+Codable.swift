import Foundation

extension BinaryCodes: Codable {
  private enum CodingKeys: String, CodingKey {
    case count, bits, words
  }

  /// Reads `count`, `bits` and the words as little-endian bytes in base 64.
  ///
  /// - Throws: `DecodingError` when the bytes do not fill the shape or padding bits are set.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let count = try container.decode(Int.self, forKey: .count)
    let bits = try container.decode(Int.self, forKey: .bits)
    let bytes = try container.decode(Data.self, forKey: .words)
    // Multiplied with care: a damaged file may hold any number.
    let wordsPerCode = bits / 64 + (bits % 64 > 0 ? 1 : 0)
    let (wordCount, overflow) = wordsPerCode.multipliedReportingOverflow(by: count)
    guard count >= 0, bits >= 1, !overflow, bytes.count.isMultiple(of: 8),
      bytes.count / 8 == wordCount
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .words, in: container,
        debugDescription: "\(bytes.count) bytes are not \(count) codes of \(bits) bits")
    }
    let words = bytes.withUnsafeBytes { raw in
      stride(from: 0, to: raw.count, by: 8).map { offset in
        UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      }
    }
    let paddingMask = ~(UInt64.max >> UInt64(wordsPerCode * 64 - bits))
    for last in stride(from: wordsPerCode - 1, to: words.count, by: wordsPerCode) {
      guard words[last] & paddingMask == 0 else {
        throw DecodingError.dataCorruptedError(
          forKey: .words, in: container,
          debugDescription: "code \(last / wordsPerCode) has bits beyond its \(bits)")
      }
    }
    self.init(count: count, bits: bits, words: words)
  }

  /// Writes `count`, `bits` and the words as little-endian bytes in base 64.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(count, forKey: .count)
    try container.encode(bits, forKey: .bits)
    var bytes = Data(capacity: words.count * 8)
    for word in words {
      withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
    }
    try container.encode(bytes, forKey: .words)
  }
}
