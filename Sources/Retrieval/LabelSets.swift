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
    let wordsPerItem = (labelCount + 63) / 64
    var words = [UInt64](repeating: 0, count: count * wordsPerItem)
    var position = 0
    for indicator in indicators {
      let (item, label) = position.quotientAndRemainder(dividingBy: labelCount)
      if indicator != 0 { words[item * wordsPerItem + label / 64] |= 1 << UInt64(label % 64) }
      position += 1
    }
    self.init(count: count, labelCount: labelCount, words: words)
  }

  /// Wraps words that are already packed; `words.count == count * wordsPerItem`.
  package init(count: Int, labelCount: Int, words: [UInt64]) {
    self.count = count
    self.labelCount = labelCount
    wordsPerItem = (labelCount + 63) / 64
    self.words = words
  }

  /// The label sets of some items, in the order given.
  public func selecting(_ indices: some Sequence<Int>) -> LabelSets {
    var selected: [UInt64] = []
    var count = 0
    for index in indices {
      selected += words[(index * wordsPerItem)..<((index + 1) * wordsPerItem)]
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
    words[(item * wordsPerItem)..<((item + 1) * wordsPerItem)].reduce(0) { $0 + $1.nonzeroBitCount }
  }
}
