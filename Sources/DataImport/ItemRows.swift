import ArrayFiles

/// The rows of all items of one role, put together from the arrays of the parts.
struct ItemRows {
  /// Some items of one array.
  private struct Segment {
    let matrix: MatrixRows
    /// Row of each item; nil where the rows are the items.
    let order: [Int]?
    let count: Int
  }

  private var segments: [Segment] = []
  /// Number of items.
  private(set) var count = 0
  /// Number of columns.
  private(set) var columns = 0
  /// The types in the files by their NumPy names.
  private(set) var elementNames: Set<String> = []

  /// Whether no array was added.
  var isEmpty: Bool { segments.isEmpty }

  /// Adds the items of an array.
  ///
  /// - Throws: ``DatasetError`` that `error` makes when it has another number of columns.
  mutating func append(
    _ matrix: MatrixRows, order: [Int]?, count: Int,
    error: (_ expected: String, _ found: String) -> DatasetError
  ) throws(DatasetError) {
    guard segments.isEmpty || matrix.columnCount == columns else {
      throw error("\(columns) columns as in the other parts", "\(matrix.columnCount)")
    }
    columns = matrix.columnCount
    elementNames.insert(matrix.elementName)
    segments.append(Segment(matrix: matrix, order: order, count: count))
    self.count += count
  }

  /// Rows that are read well at once.
  var blockRows: Int { segments.map(\.matrix.blockRows).min() ?? 1 }

  /// Copies the rows of items, one after the other.
  ///
  /// - Throws: ``DatasetError`` when they are damaged.
  func copy(
    _ items: Range<Int>, into target: UnsafeMutablePointer<Float>
  ) throws(DatasetError) {
    var first = 0
    for segment in segments {
      let inside = items.clamped(to: first..<(first + segment.count))
      let place = target + (inside.lowerBound - items.lowerBound) * columns
      let rows = (inside.lowerBound - first)..<(inside.upperBound - first)
      if !rows.isEmpty {
        if let order = segment.order {
          for (offset, row) in rows.enumerated() {
            try segment.matrix.copy(
              order[row]..<(order[row] + 1), into: place + offset * columns)
          }
        } else {
          try segment.matrix.copy(rows, into: place)
        }
      }
      first += segment.count
    }
  }

  /// Goes over all rows in blocks.
  func forEachBlock(
    _ body: (Range<Int>, UnsafeBufferPointer<Float>) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    let blockRows = blockRows
    var block = [Float](repeating: 0, count: min(blockRows, count) * columns)
    for first in stride(from: 0, to: count, by: blockRows) {
      let items = first..<min(first + blockRows, count)
      try block.withUnsafeMutableBufferPointer { buffer throws(DatasetError) in
        guard let start = buffer.baseAddress else { return }
        try copy(items, into: start)
        try body(items, UnsafeBufferPointer(start: start, count: items.count * columns))
      }
    }
  }

  /// Whether all numbers are whole and fit one byte.
  var fitsBytes: Bool {
    get throws(DatasetError) {
      if elementNames.isSubset(of: ["uint8", "bool"]) { return true }
      var fits = true
      try forEachBlock { _, numbers throws(DatasetError) in
        fits = fits && numbers.allSatisfy { $0 >= 0 && $0 <= 255 && $0 == $0.rounded() }
      }
      return fits
    }
  }

  /// A hash of each item's numbers, seeded as `hashers` are, which are of as many items.
  func hash(into hashers: inout [Hasher]) throws(DatasetError) {
    var copy = hashers
    try forEachBlock { items, numbers throws(DatasetError) in
      for item in items {
        let start = (item - items.lowerBound) * columns
        copy[item].combine(
          bytes: UnsafeRawBufferPointer(
            rebasing: UnsafeRawBufferPointer(numbers)[
              (4 * start)..<(4 * (start + columns))]))
      }
    }
    hashers = copy
  }
}
