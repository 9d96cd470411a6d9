import Foundation

extension BinaryCodes: Codable {
  private enum CodingKeys: String, CodingKey {
    case count, bits, words
  }

  /// Reads `count`, `bits` and the words as little-endian bytes in base 64.
  ///
  /// - Throws: `DecodingError` when the bytes do not fill the shape.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let count = try container.decode(Int.self, forKey: .count)
    let bits = try container.decode(Int.self, forKey: .bits)
    let bytes = try container.decode(Data.self, forKey: .words)
    guard count >= 0, bits >= 1, bytes.count == count * ((bits + 63) / 64) * 8 else {
      throw DecodingError.dataCorruptedError(
        forKey: .words, in: container,
        debugDescription: "\(bytes.count) bytes do not hold \(count) codes of \(bits) bits")
    }
    let words = bytes.withUnsafeBytes { raw in
      stride(from: 0, to: raw.count, by: 8).map { offset in
        UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
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
