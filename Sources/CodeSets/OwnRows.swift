import ArrayFiles

/// Rows of the retrieval set that are the queries themselves.
enum OwnRows {
  /// Reads one row for each query, nil where −1 stands; `firstRow` is the number of the first row.
  ///
  /// - Throws: ``DatasetError`` for a row that is not there, or another number of queries.
  static func read(
    _ array: NumericArray, firstRow: Int, queryCount: Int, retrievalCount: Int
  ) throws(DatasetError) -> [Int?] {
    guard array.count == queryCount, array.shape.count(where: { $0 > 1 }) <= 1 else {
      throw array.error(
        expected: "one row number for each of \(queryCount) queries",
        found: array.shape.isEmpty ? "a single value" : "shape \(array.shapeText)")
    }
    let last = firstRow + retrievalCount - 1
    var rows: [Int?] = []
    for place in 0..<array.count {
      guard let row = Int(exactly: array[place]), row == -1 || (firstRow...last).contains(row)
      else {
        let advice =
          firstRow == 0 && array[place] == Double(last + 1)
          ? "; --query-rows-from 1 counts rows from 1" : ""
        throw array.error(
          expected: "rows of the retrieval set from \(firstRow) to \(last), or -1 for none",
          found: "\(array.text(place)) at \(array.words(place))\(advice)")
      }
      rows.append(row == -1 ? nil : row - firstRow)
    }
    return rows
  }
}
