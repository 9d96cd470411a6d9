import Retrieval
import Tensors

/// Labels that are made up: frequencies fall as 1 / rank, as in the data sets of this field.
enum SyntheticLabels {
  /// Draws label sets; every item has at least one label.
  static func draw(_ shape: SyntheticShape, seed: UInt64) -> LabelSets {
    let chances = chances(shape)
    let root = RandomStream(seed: seed).stream("labels")
    var indicators = [UInt8](repeating: 0, count: shape.itemCount * shape.labelCount)
    for item in 0..<shape.itemCount {
      var random = root.stream("\(item)")
      var isEmpty = true
      for label in 0..<shape.labelCount
      where random.nextUniform() < chances[label] {
        indicators[item * shape.labelCount + label] = 1
        isEmpty = false
      }
      if isEmpty {
        indicators[item * shape.labelCount + Int.random(in: 0..<shape.labelCount, using: &random)] =
          1
      }
    }
    return LabelSets(
      count: shape.itemCount, labelCount: shape.labelCount, indicators: indicators)
  }

  /// No label is on more items than this, as the most frequent one of MIRFlickr.
  private static let greatestChance = 0.42

  /// The chance of each label, such that items have as many as they should on average.
  private static func chances(_ shape: SyntheticShape) -> [Double] {
    func chances(_ factor: Double) -> [Double] {
      (0..<shape.labelCount).map { min(factor / Double($0 + 1), greatestChance) }
    }
    // An item that would have none gets one.
    func mean(_ chances: [Double]) -> Double {
      chances.reduce(0, +) + chances.reduce(1) { $0 * (1 - $1) }
    }
    var (low, high) = (0.0, Double(shape.labelCount))
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if mean(chances(middle)) < shape.meanLabelCount { low = middle } else { high = middle }
    }
    return chances((low + high) / 2)
  }
}

/// Texts that are made up: every word is at home with one label and seldom elsewhere.
struct SyntheticTexts {
  /// How much more often a word occurs with its label than without.
  private static let preference = 20.0

  let labels: LabelSets
  let columns: Int
  private let root: RandomStream
  /// Chance of a word without its label; words are rarer from first to last.
  private let chances: [Double]

  init(_ labels: LabelSets, _ shape: SyntheticShape, seed: UInt64) {
    self.labels = labels
    columns = shape.textColumns
    root = RandomStream(seed: seed).stream("texts")
    // The share of items with a word's label differs from word to word; the mean length is set by
    // the mean share.
    let share = shape.meanLabelCount / Double(shape.labelCount)
    let ranks = (0..<columns).map { 1 / Double($0 + 10) }
    let factor =
      shape.meanTextLength / (ranks.reduce(0, +) * (1 + share * (Self.preference - 1)))
    chances = ranks.map { factor * $0 }
  }

  /// Writes the words of items as 0 and 1; no text is empty.
  func copy(_ items: Range<Int>, into target: UnsafeMutablePointer<Float>) {
    for item in items {
      var random = root.stream("\(item)")
      let row = target + (item - items.lowerBound) * columns
      var isEmpty = true
      for word in 0..<columns {
        let isAtHome = labels.contains(word % labels.labelCount, item: item)
        let chance = min(chances[word] * (isAtHome ? Self.preference : 1), 0.9)
        let isThere = random.nextUniform() < chance
        row[word] = isThere ? 1 : 0
        isEmpty = isEmpty && !isThere
      }
      if isEmpty { row[Int.random(in: 0..<columns, using: &random)] = 1 }
    }
  }
}
