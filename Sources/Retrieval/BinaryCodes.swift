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
  /// Packs real activations, shape (count, bits), row after row.
  ///
  /// - Precondition: `activations.count == count * bits`.
  public init(count: Int, bits: Int, activations: some Collection<Float>) {
    precondition(
      activations.count == count * bits,
      "\(count) × \(bits) activations expected, \(activations.count) found")
    let wordsPerCode = (bits + 63) / 64
    var words = [UInt64](repeating: 0, count: count * wordsPerCode)
    var position = 0
    for activation in activations {
      let (item, bit) = position.quotientAndRemainder(dividingBy: bits)
      if activation >= 0 { words[item * wordsPerCode + bit / 64] |= 1 << UInt64(bit % 64) }
      position += 1
    }
    self.init(count: count, bits: bits, words: words)
  }

  /// Joins blocks of codes of one length, in order.
  ///
  /// - Precondition: every block has `bits` bits.
  public init(bits: Int, joining blocks: [BinaryCodes]) {
    precondition(blocks.allSatisfy { $0.bits == bits }, "blocks of different code lengths")
    self.init(
      count: blocks.reduce(0) { $0 + $1.count }, bits: bits, words: blocks.flatMap(\.words))
  }

  /// The codes of some items, in the order given.
  public func selecting(_ indices: some Sequence<Int>) -> BinaryCodes {
    var selected: [UInt64] = []
    var count = 0
    for index in indices {
      selected += words[(index * wordsPerCode)..<((index + 1) * wordsPerCode)]
      count += 1
    }
    return BinaryCodes(count: count, bits: bits, words: selected)
  }
}
