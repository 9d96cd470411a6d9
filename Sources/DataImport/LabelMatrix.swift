import ArrayFiles

/// Labels as 0 and 1, whatever form they have in the file.
struct LabelMatrix {
  let count: Int
  let labelCount: Int
  /// 0 or 1, item after item.
  let indicators: [UInt8]
  /// What a user should know about how they were read.
  let remarks: [String]

  /// Reads a matrix of 0 and 1, or one class an item: 1 … c, or 0 … c − 1 where a 0 occurs.
  ///
  /// - Parameters:
  ///   - rows: The labels of all items.
  ///   - error: Makes an error about them.
  /// - Throws: ``DatasetError`` when a number is neither.
  init(
    _ rows: ItemRows, error: (_ expected: String, _ found: String) -> DatasetError
  ) throws(DatasetError) {
    count = rows.count
    if rows.columns == 1 {
      let classes = try Self.classes(rows, error: error)
      // Classes count from 1 unless one is 0; the first ones may have no items.
      let first = classes.contains(0) ? 0 : 1
      let classCount = (classes.max() ?? 0) - first + 1
      labelCount = classCount
      var indicators = [UInt8](repeating: 0, count: rows.count * classCount)
      for (item, number) in classes.enumerated() {
        indicators[item * classCount + number - first] = 1
      }
      self.indicators = indicators
      remarks = [
        "labels are one class an item, \(first) to \(first + classCount - 1); column i is class "
          + "\(first == 0 ? "i" : "i + \(first)")"
      ]
    } else {
      labelCount = rows.columns
      var indicators: [UInt8] = []
      indicators.reserveCapacity(rows.count * rows.columns)
      try rows.forEachBlock { items, numbers throws(DatasetError) in
        for (place, number) in numbers.enumerated() {
          guard number == 0 || number == 1 else {
            throw error(
              "labels of 0 and 1",
              "\(number) in row \(items.lowerBound + place / rows.columns), column "
                + "\(place % rows.columns)")
          }
          indicators.append(number == 1 ? 1 : 0)
        }
      }
      self.indicators = indicators
      remarks = []
    }
  }

  /// No list of classes of one label each is longer.
  private static let greatestClass = 10_000

  private static func classes(
    _ rows: ItemRows, error: (_ expected: String, _ found: String) -> DatasetError
  ) throws(DatasetError) -> [Int] {
    var classes: [Int] = []
    classes.reserveCapacity(rows.count)
    try rows.forEachBlock { items, numbers throws(DatasetError) in
      for (place, number) in numbers.enumerated() {
        guard let label = Int(exactly: number), label >= 0, label <= greatestClass else {
          throw error(
            "classes from 0 or 1 on, as labels have one column",
            "\(number) in row \(items.lowerBound + place)")
        }
        classes.append(label)
      }
    }
    return classes
  }

  /// How the columns are ordered, in words; nil where nothing is known about it.
  func orderText(names: [String]) -> String? {
    var counts = [Int](repeating: 0, count: labelCount)
    for item in 0..<count {
      for label in 0..<labelCount { counts[label] += Int(indicators[item * labelCount + label]) }
    }
    let isFalling = zip(counts, counts.dropFirst()).allSatisfy { $0 >= $1 }
    var words: [String] = []
    if labelCount > 1, isFalling { words.append("by falling frequency") }
    if names.count > 1, names == names.sorted() { words.append("by the alphabet") }
    return words.isEmpty ? nil : "label columns are ordered " + words.joined(separator: " and ")
  }
}
