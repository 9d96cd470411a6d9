/// The label set of every item, packed like codes.
///
/// Label c of item i is bit c mod 64 of word `words[i * wordsPerItem + c / 64]`.
public struct LabelSets: Sendable, Equatable {
  /// Number of items.
  public let count: Int
  /// Number of labels; may exceed 64.
  public let labelCount: Int
  /// Number of 64-bit words an item takes.
  public let wordsPerItem: Int
  /// `count * wordsPerItem` words, item after item.
  public let words: [UInt64]

  /// Packs a 0/1 matrix, shape (count, labelCount), row after row; anything but 0 counts as 1.
  ///
  /// - Precondition: `indicators.count == count * labelCount` and `labelCount >= 1`.
  public init(count: Int, labelCount: Int, indicators: some Collection<UInt8>) {
    precondition(labelCount >= 1, "at least one label, not \(labelCount)")
    precondition(
      indicators.count == count * labelCount,
      "\(count) × \(labelCount) indicators expected, \(indicators.count) found")
    // The loop is not generic: outside this module it would run unspecialised, and slowly.
    let words =
      indicators.withContiguousStorageIfAvailable { Self.pack($0, labelCount: labelCount) }
      ?? Array(indicators).withUnsafeBufferPointer { Self.pack($0, labelCount: labelCount) }
    self.init(count: count, labelCount: labelCount, words: words)
  }

  private static func pack(
    _ indicators: UnsafeBufferPointer<UInt8>, labelCount: Int
  ) -> [UInt64] {
    var words: [UInt64] = []
    words.reserveCapacity(indicators.count / labelCount * ((labelCount + 63) / 64))
    for row in stride(from: 0, to: indicators.count, by: labelCount) {
      for start in stride(from: row, to: row + labelCount, by: 64) {
        var word: UInt64 = 0
        for (label, position) in (start..<min(start + 64, row + labelCount)).enumerated() {
          word |= (indicators[position] != 0 ? 1 : 0) << UInt64(truncatingIfNeeded: label)
        }
        words.append(word)
      }
    }
    return words
  }

  private init(count: Int, labelCount: Int, words: [UInt64]) {
    self.count = count
    self.labelCount = labelCount
    wordsPerItem = (labelCount + 63) / 64
    self.words = words
  }

  /// The words of one item.
  func rowWords(_ item: Int) -> ArraySlice<UInt64> {
    words[(item * wordsPerItem)..<((item + 1) * wordsPerItem)]
  }

  /// The label sets of some items, in the order given.
  public func selecting(_ indices: some Sequence<Int>) -> LabelSets {
    var selected: [UInt64] = []
    var count = 0
    for index in indices {
      selected += rowWords(index)
      count += 1
    }
    return LabelSets(count: count, labelCount: labelCount, words: selected)
  }

  /// Whether an item has a label.
  public func contains(_ label: Int, item: Int) -> Bool {
    words[item * wordsPerItem + label / 64] >> UInt64(label % 64) & 1 == 1
  }

  /// Number of labels of an item.
  public func cardinality(of item: Int) -> Int {
    rowWords(item).reduce(0) { $0 + $1.nonzeroBitCount }
  }
}
