import ArrayFiles
import Retrieval

/// Codes of eight bits a byte, as `np.packbits` and faiss keep them.
struct PackedBytes {
  private let array: NumericArray
  private let bytes: [UInt8]
  private let bits: Int

  /// Takes the bytes of a matrix; `bits` is the code length, nil for all bits of the bytes.
  ///
  /// - Throws: ``DatasetError`` when the code length does not need all bytes of a row, or more.
  init(
    _ array: NumericArray, order: CodeSetOptions.BitOrder, bits: Int?
  ) throws(DatasetError) {
    guard case .bytes(let bytes) = array.values else {
      throw array.error(expected: "bytes", found: array.elementName)
    }
    let (all, overflow) = array.shape[1].multipliedReportingOverflow(by: 8)
    let wanted = bits ?? all
    guard !overflow, wanted > all - 8, wanted <= all else {
      throw array.error(
        expected: "codes of \(wanted) bits in \((wanted + 7) / 8) bytes a row (--bits)",
        found: "shape \(array.shapeText)")
    }
    self.array = array
    self.bits = wanted
    self.bytes = order == .little ? bytes : bytes.map(Self.reversed)
  }

  /// The codes; the first bit of a row is the least of its first word.
  ///
  /// - Throws: ``DatasetError`` when a bit beyond the code length is set.
  func codes() throws(DatasetError) -> BinaryCodes {
    let columns = array.shape[1]
    let wordsPerCode = (bits + 63) / 64
    var words = [UInt64](repeating: 0, count: array.shape[0] * wordsPerCode)
    for (place, byte) in bytes.enumerated() {
      let (row, column) = (place / columns, place % columns)
      let room = bits - column * 8
      guard room >= 8 || byte >> UInt8(room) == 0 else {
        throw array.error(
          expected: "zeros in the \(8 - room) bits that fill up the last byte of \(bits)-bit codes",
          found: "a one at \(array.words(place))")
      }
      words[row * wordsPerCode + column / 8] |= UInt64(byte) << UInt64(column % 8 * 8)
    }
    return BinaryCodes(count: array.shape[0], bits: bits, words: words)
  }

  private static func reversed(_ byte: UInt8) -> UInt8 {
    var result: UInt8 = 0
    for bit in 0..<8 where byte >> UInt8(bit) & 1 == 1 { result |= 0x80 >> UInt8(bit) }
    return result
  }
}
