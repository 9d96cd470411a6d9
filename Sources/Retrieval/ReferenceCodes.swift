/// Codes that need no training and keep a table honest.
package enum ReferenceCodes {
  /// Uniformly random codes.
  package static func random(
    count: Int, bits: Int, using generator: inout some RandomNumberGenerator
  ) -> BinaryCodes {
    let wordsPerCode = (bits + 63) / 64
    let lastWord = UInt64.max >> UInt64(wordsPerCode * 64 - bits)
    var words: [UInt64] = []
    words.reserveCapacity(count * wordsPerCode)
    for _ in 0..<count {
      for word in 0..<wordsPerCode {
        words.append(generator.next() & (word == wordsPerCode - 1 ? lastWord : .max))
      }
    }
    return BinaryCodes(count: count, bits: bits, words: words)
  }
}

/// One codeword for each label: the codes that an oracle of the labels would give.
///
/// An item's code is the sign of the sum of its labels' words, the same for its picture and its
/// text; a sum of zero gives bit 1, as any activation ≥ 0 does. This is a constructed reference,
/// not a proven ceiling.
///
/// Words are rows of a Hadamard matrix, half the bits apart, where the code length is a power of
/// two and not below the number of labels, given to the labels at random. Else they are random.
package struct LabelOracle: Sendable {
  /// The codeword of each label.
  package let codewords: BinaryCodes

  /// Draws the codewords.
  package init(labelCount: Int, bits: Int, using generator: inout some RandomNumberGenerator) {
    guard bits.nonzeroBitCount == 1, labelCount <= bits else {
      codewords = ReferenceCodes.random(count: labelCount, bits: bits, using: &generator)
      return
    }
    let rows = (0..<bits).shuffled(using: &generator).prefix(labelCount)
    let wordsPerCode = (bits + 63) / 64
    var words = [UInt64](repeating: 0, count: labelCount * wordsPerCode)
    for (label, row) in rows.enumerated() {
      // Sylvester's matrix: entry (i, j) is −1 to the power of the number of bits i and j share.
      for bit in 0..<bits where (row & bit).nonzeroBitCount.isMultiple(of: 2) {
        words[label * wordsPerCode + bit / 64] |= 1 << UInt64(bit % 64)
      }
    }
    codewords = BinaryCodes(count: labelCount, bits: bits, words: words)
  }

  /// The codes of items with these labels.
  ///
  /// - Precondition: `labels.labelCount` is the number of codewords.
  package func codes(for labels: LabelSets) -> BinaryCodes {
    precondition(
      labels.labelCount == codewords.count,
      "codewords for \(codewords.count) labels, items with \(labels.labelCount)")
    var words = [UInt64](repeating: 0, count: labels.count * codewords.wordsPerCode)
    for item in 0..<labels.count {
      var sums = [Int](repeating: 0, count: codewords.bits)
      for label in 0..<labels.labelCount where labels.contains(label, item: item) {
        for bit in 0..<codewords.bits {
          sums[bit] += codewords.contains(bit: bit, item: label) ? 1 : -1
        }
      }
      for bit in 0..<codewords.bits where sums[bit] >= 0 {
        words[item * codewords.wordsPerCode + bit / 64] |= 1 << UInt64(bit % 64)
      }
    }
    return BinaryCodes(count: labels.count, bits: codewords.bits, words: words)
  }
}
