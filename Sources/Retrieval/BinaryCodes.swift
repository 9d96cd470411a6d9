/// Packed binary codes, one row per item.
///
/// A bit is 1 where the activation is ≥ 0. Bit b of item i is bit b mod 64 of word
/// `words[i * wordsPerCode + b / 64]`; the padding bits of the last word are zero.
public struct BinaryCodes: Sendable, Equatable {
  /// Number of items.
  public let count: Int
  /// Code length K in bits, at least 1.
  public let bits: Int
  /// Number of 64-bit words an item takes.
  public let wordsPerCode: Int
  /// `count * wordsPerCode` words, item after item.
  public let words: [UInt64]

  /// Wraps words that are already packed.
  ///
  /// - Precondition: `words.count == count * wordsPerCode` and padding bits are zero.
  public init(count: Int, bits: Int, words: [UInt64]) {
    precondition(bits >= 1, "a code has at least one bit, not \(bits)")
    wordsPerCode = (bits + 63) / 64
    precondition(
      words.count == count * wordsPerCode,
      "\(count) codes of \(bits) bits take \(count * wordsPerCode) words, not \(words.count)")
    self.count = count
    self.bits = bits
    self.words = words
  }
}

extension BinaryCodes {
  /// Packs real activations, shape (count, bits), row after row; bit 1 where one is ≥ 0.
  ///
  /// - Throws: `RetrievalError.activationIsNaN` for the first activation that is not a number.
  /// - Precondition: `activations.count == count * bits`.
  public init(
    count: Int, bits: Int, activations: some Collection<Float>
  ) throws(RetrievalError) {
    precondition(
      activations.count == count * bits,
      "\(count) × \(bits) activations expected, \(activations.count) found")
    // The loop is not generic: outside this module it would run unspecialised, and slowly.
    let packed =
      activations.withContiguousStorageIfAvailable { Self.pack($0, bits: bits) }
      ?? Array(activations).withUnsafeBufferPointer { Self.pack($0, bits: bits) }
    try self.init(count: count, bits: bits, words: packed.get())
  }

  private static func pack(
    _ activations: UnsafeBufferPointer<Float>, bits: Int
  ) -> Result<[UInt64], RetrievalError> {
    var words: [UInt64] = []
    words.reserveCapacity(activations.count / bits * ((bits + 63) / 64))
    for row in stride(from: 0, to: activations.count, by: bits) {
      for start in stride(from: row, to: row + bits, by: 64) {
        var word: UInt64 = 0
        var containsNaN = false
        for (bit, position) in (start..<min(start + 64, row + bits)).enumerated() {
          let activation = activations[position]
          word |= (activation >= 0 ? 1 : 0) << UInt64(truncatingIfNeeded: bit)
          containsNaN = containsNaN || activation.isNaN
        }
        if containsNaN, let bit = (0..<bits).first(where: { activations[row + $0].isNaN }) {
          return .failure(.activationIsNaN(row: row / bits, bit: bit))
        }
        words.append(word)
      }
    }
    return .success(words)
  }

  /// Joins blocks of codes of one length, in order.
  ///
  /// - Precondition: every block has `bits` bits.
  public init(bits: Int, joining blocks: [BinaryCodes]) {
    precondition(blocks.allSatisfy { $0.bits == bits }, "blocks of different code lengths")
    self.init(
      count: blocks.reduce(0) { $0 + $1.count }, bits: bits, words: blocks.flatMap(\.words))
  }

  /// The words of one item.
  func rowWords(_ item: Int) -> ArraySlice<UInt64> {
    words[(item * wordsPerCode)..<((item + 1) * wordsPerCode)]
  }

  /// Whether a bit of an item is 1.
  func contains(bit: Int, item: Int) -> Bool {
    words[item * wordsPerCode + bit / 64] >> UInt64(bit % 64) & 1 == 1
  }

  /// The codes of some items, in the order given.
  public func selecting(_ indices: some Sequence<Int>) -> BinaryCodes {
    var selected: [UInt64] = []
    var count = 0
    for index in indices {
      selected += rowWords(index)
      count += 1
    }
    return BinaryCodes(count: count, bits: bits, words: selected)
  }
}
