import Retrieval

/// Two labels and how many items bear both.
package struct LabelPair: Sendable, Hashable {
  /// Name of the label in the earlier column.
  package let first: String
  /// Name of the label in the later column.
  package let second: String
  /// Number of items that bear both.
  package let itemCount: Int
  /// How many times as often they meet as independent labels of their frequencies would.
  package let lift: Double
}

extension LabelSets {
  /// The labels of one item, ascending.
  func labels(of item: Int) -> [Int] {
    var found: [Int] = []
    for index in 0..<wordsPerItem {
      var word = words[item * wordsPerItem + index]
      while word != 0 {
        found.append(index * 64 + word.trailingZeroBitCount)
        word &= word - 1
      }
    }
    return found
  }

  /// Number of items of each label.
  var itemCounts: [Int] {
    var counts = [Int](repeating: 0, count: labelCount)
    for item in 0..<count {
      for label in labels(of: item) { counts[label] += 1 }
    }
    return counts
  }

  /// The pairs of labels that meet most often.
  ///
  /// - Parameters:
  ///   - limit: How many are wanted; of equally frequent pairs, those of earlier columns come first.
  ///   - names: Names of the labels.
  /// - Returns: The pairs, most frequent first.
  func frequentPairs(_ limit: Int, names: [String]) -> [LabelPair] {
    var together: [Int: Int] = [:]
    for item in 0..<count {
      let own = labels(of: item)
      for (place, first) in own.enumerated() {
        for second in own[(place + 1)...] { together[first * labelCount + second, default: 0] += 1 }
      }
    }
    let counts = itemCounts
    return together.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.prefix(limit).map {
      let (first, second) = $0.key.quotientAndRemainder(dividingBy: labelCount)
      return LabelPair(
        first: names[first], second: names[second], itemCount: $0.value,
        lift: Double($0.value) * Double(count) / (Double(counts[first]) * Double(counts[second])))
    }
  }
}
