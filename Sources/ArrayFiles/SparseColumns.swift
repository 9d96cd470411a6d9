/// A sparse matrix column after column, as MATLAB keeps it.
struct SparseColumns {
  let rowCount: Int
  let columnCount: Int
  /// Row of each element that is stored.
  let rows: [Int]
  /// Where each column begins in `rows`, and where the last one ends.
  let starts: [Int]
  /// The elements that are stored.
  let values: NumericArray.Values

  /// The whole matrix row after row.
  ///
  /// - Throws: ``DatasetError`` that `error` makes when the parts do not fit or the whole is absurd.
  func dense(
    error: (_ expected: String, _ found: String) -> DatasetError
  ) throws(DatasetError) -> NumericArray.Values {
    let isSound =
      starts.count == columnCount + 1 && starts.first == 0 && starts.last == rows.count
      && zip(starts, starts.dropFirst()).allSatisfy { $0 <= $1 }
      && rows.allSatisfy { $0 >= 0 && $0 < rowCount } && values.count == rows.count
    guard isSound else { throw error("a sound sparse matrix", "indices that do not fit it") }
    let elementBytes =
      switch values {
      case .bytes, .signedBytes: 1
      case .floats: 4
      case .integers, .doubles: 8
      }
    // An index takes 4 bytes or 8 in the file.
    let largest = ArrayShape.largestByteCount(storedBytes: rows.count * (elementBytes + 8))
    let byteCount = ArrayShape.byteCount([rowCount, columnCount], elementBytes: elementBytes)
    guard let byteCount, byteCount <= largest else {
      throw error(
        "a sparse matrix that takes at most \(largest) bytes in full",
        "\(rowCount) × \(columnCount) with \(rows.count) elements")
    }
    switch values {
    case .bytes(let elements): return .bytes(filled(0, elements))
    case .signedBytes(let elements): return .signedBytes(filled(0, elements))
    case .integers(let elements): return .integers(filled(0, elements))
    case .floats(let elements): return .floats(filled(0, elements))
    case .doubles(let elements): return .doubles(filled(0, elements))
    }
  }

  private func filled<Element>(_ zero: Element, _ elements: [Element]) -> [Element] {
    var dense = [Element](repeating: zero, count: rowCount * columnCount)
    for column in 0..<columnCount {
      for position in starts[column]..<starts[column + 1] {
        dense[rows[position] * columnCount + column] = elements[position]
      }
    }
    return dense
  }
}
