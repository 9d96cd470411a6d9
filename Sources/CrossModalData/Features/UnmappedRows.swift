import ArrayFiles
import Tensors

/// Rows of a dataset that are read and converted by the HDF5 library.
final class UnmappedRows {
  /// A read costs tens of microseconds, as much as some ten thousand numbers more: gaps of up to this
  /// many rows are read along.
  private static let largestGap = 8
  private let dataset: HDF5Dataset
  private let stageRows: Int
  /// Receives rows that are read at once when not all of them are wanted.
  private lazy var stage = Matrix(rows: stageRows, columns: dataset.rowLength)

  /// Wraps a dataset of at least two dimensions.
  ///
  /// - Parameters:
  ///   - dataset: Shape (n, columns), or further dimensions instead of columns.
  ///   - stageBytes: Memory for rows that are read at once; one row at least.
  init(_ dataset: HDF5Dataset, stageBytes: Int = 4 << 20) {
    self.dataset = dataset
    stageRows = max(1, stageBytes / (dataset.rowLength * MemoryLayout<Float>.stride))
  }

  /// Copies rows in the order given into a matrix of as many rows.
  ///
  /// Rows are read in ascending order, so that each chunk is decoded once.
  ///
  /// - Throws: ``DatasetError`` when the library cannot read them.
  func copyRows(_ indices: ArraySlice<Int>, into target: Matrix) throws(DatasetError) {
    guard let base = target.elements.baseAddress, !indices.isEmpty else { return }
    let columns = dataset.rowLength
    // Positions in `indices`, by ascending row.
    let order = indices.positionsInAscendingOrder
    var start = 0
    while start < order.count {
      let firstRow = indices[order[start]]
      let run = directRun(of: indices, order, from: start)
      let span = nearbySpan(of: indices, order, from: start)
      if run.count >= span.count {
        try dataset.readRows(
          firstRow..<(firstRow + run.count),
          into: base + (order[start] - indices.startIndex) * columns)
        start = run.upperBound
      } else if let stageBase = stage.elements.baseAddress {
        let lastRow = indices[order[span.upperBound - 1]]
        try dataset.readRows(firstRow..<(lastRow + 1), into: stageBase)
        for position in span.map({ order[$0] }) {
          (base + (position - indices.startIndex) * columns).update(
            from: stageBase + (indices[position] - firstRow) * columns, count: columns)
        }
        start = span.upperBound
      }
    }
  }

  /// The places in `order` from `start` on whose rows and positions both follow one another.
  private func directRun(
    of indices: ArraySlice<Int>, _ order: [Int], from start: Int
  ) -> Range<Int> {
    var end = start + 1
    while end < order.count, order[end] == order[end - 1] + 1,
      indices[order[end]] == indices[order[end - 1]] + 1
    {
      end += 1
    }
    return start..<end
  }

  /// The places in `order` from `start` on whose rows lie close together and fit the stage.
  private func nearbySpan(
    of indices: ArraySlice<Int>, _ order: [Int], from start: Int
  ) -> Range<Int> {
    let firstRow = indices[order[start]]
    var end = start + 1
    while end < order.count,
      indices[order[end]] - indices[order[end - 1]] <= Self.largestGap + 1,
      indices[order[end]] - firstRow < stageRows
    {
      end += 1
    }
    return start..<end
  }
}

extension RandomAccessCollection<Int> {
  /// Positions in the order of what stands there, the least first.
  var positionsInAscendingOrder: [Index] {
    zip(self, dropFirst()).allSatisfy { $0 <= $1 }
      ? Array(indices) : indices.sorted { self[$0] < self[$1] }
  }
}
