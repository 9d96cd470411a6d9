import Retrieval

extension BinaryCodes {
  /// The bits as 0 and 1, shape (`count`, `bits`), row after row.
  var zeroesAndOnes: [UInt8] {
    unpacked(words, wordsPerRow: wordsPerCode, bitsPerRow: bits)
  }
}

extension LabelSets {
  /// The labels as 0 and 1, shape (`count`, `labelCount`), row after row.
  var zeroesAndOnes: [UInt8] {
    unpacked(words, wordsPerRow: wordsPerItem, bitsPerRow: labelCount)
  }
}

/// Takes words apart; the padding bits at the end of a row are left out.
private func unpacked(_ words: [UInt64], wordsPerRow: Int, bitsPerRow: Int) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(words.count / wordsPerRow * bitsPerRow)
  for row in stride(from: 0, to: words.count, by: wordsPerRow) {
    for bit in 0..<bitsPerRow {
      bytes.append(UInt8(truncatingIfNeeded: words[row + bit / 64] >> UInt64(bit % 64) & 1))
    }
  }
  return bytes
}
