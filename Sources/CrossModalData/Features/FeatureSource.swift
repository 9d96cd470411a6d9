package import ArrayFiles
import Foundation
package import Tensors

/// The feature rows of one modality, read from the file as they are asked for.
///
/// Rows come out as float32. A contiguous float32 dataset is mapped into memory, and the pages of
/// rows that were copied are given back; anything else is read and converted by blocks. So a file
/// may be larger than memory. Every row that is handed out has been checked: it holds no NaN and no
/// infinity.
package final class FeatureSource {
  /// Number of items.
  package let rows: Int
  /// Number of features of an item.
  package let columns: Int
  private let dataset: HDF5Dataset
  private let mapped: MappedRows?
  private let unmapped: UnmappedRows

  /// Equally long parts of a row: the middle dimension of three, 1 of two.
  package let parts: Int

  /// Wraps a dataset of two dimensions, or of three whose rows are several parts.
  ///
  /// - Parameters:
  ///   - dataset: Shape (n, columns), or (n, parts, columns of a part).
  ///   - rank: Number of dimensions that is expected.
  /// - Throws: ``DatasetError`` when its shape or its type will not do.
  init(_ dataset: HDF5Dataset, rank: Int = 2) throws(DatasetError) {
    if let fault = Self.faults(of: dataset, rank: rank).first { throw fault }
    rows = dataset.shape[0]
    columns = dataset.rowLength
    parts = rank == 3 ? dataset.shape[1] : 1
    self.dataset = dataset
    mapped = try MappedRows(dataset)
    unmapped = UnmappedRows(dataset)
  }

  /// What is wrong with the shape and the type of a dataset of features; see ``init(_:rank:)``.
  static func faults(of dataset: HDF5Dataset, rank: Int) -> [DatasetError] {
    var faults: [DatasetError] = []
    if let fault = dataset.rankFault(rank) { faults.append(fault) }
    if ![.float16, .float32, .float64, .uint8].contains(dataset.elementType) {
      faults.append(
        dataset.error(
          expected: "float16, float32, float64 or uint8", found: dataset.elementType.name))
    }
    if dataset.shape.count == rank, dataset.shape.contains(0) {
      faults.append(
        dataset.error(
          expected: rank == 2
            ? "at least one row and one column" : "at least one number in every dimension",
          found: "shape \(dataset.shapeText)"))
    }
    return faults
  }

  /// Name of the type in the file.
  package var elementTypeName: String { dataset.elementType.name }

  /// The shape as `crossbit data info` prints it.
  package var shapeText: String {
    parts == 1 ? "\(rows) × \(columns)" : "\(rows) × \(parts) × \(columns / parts)"
  }

  /// Whether rows are copied from a memory map rather than read by blocks.
  package var isMapped: Bool { mapped != nil }

  /// How the rows are stored and reached, for `crossbit data info`.
  package var storageText: String {
    isMapped ? "contiguous, mapped" : "\(dataset.layout.description), read by blocks"
  }

  /// Path of the dataset inside the file.
  package var path: String { dataset.path }

  /// Copies the rows of some items, in the order given.
  ///
  /// Rows that are not mapped are read in ascending order, so that each chunk is decoded once.
  ///
  /// - Parameters:
  ///   - indices: Items, each in 0 ..< `rows`; repeats are allowed.
  ///   - target: Shape (`indices.count`, `columns`).
  /// - Throws: ``DatasetError`` when a row cannot be read or holds NaN or infinity.
  package func copyRows(_ indices: [Int], into target: Matrix) throws(DatasetError) {
    precondition(
      target.rows == indices.count && target.columns == columns,
      "\(indices.count) rows of \(columns) columns do not fit shape "
        + "(\(target.rows), \(target.columns))")
    try copyRows(indices[...], into: target)
  }

  /// Hands out the rows of some items block by block, in the order given.
  ///
  /// The matrix is reused: it holds the block only until `body` returns. At most two matrices are
  /// allocated a call, since the last block may be smaller. Ascending items are read fastest: a
  /// compressed file is decoded once then, and otherwise once a block. ``FeaturePass`` sorts them.
  ///
  /// - Parameters:
  ///   - indices: Items, each in 0 ..< `rows`.
  ///   - blockRows: Rows of a block, at least 1.
  ///   - body: Gets the block, shape (b, `columns`), and the positions in `indices` it covers.
  /// - Throws: ``DatasetError``, or what `body` throws.
  package func forEachBlock(
    of indices: [Int], blockRows: Int, body: (Matrix, Range<Int>) throws -> Void
  ) throws {
    precondition(blockRows >= 1, "a block has at least one row, not \(blockRows)")
    try forEachRange(of: indices.count, blockRows: blockRows) { block, range in
      try copyRows(indices[range], into: block)
      try body(block, range)
    }
  }

  /// Hands out all rows block by block; see ``forEachBlock(of:blockRows:body:)``.
  package func forEachBlock(
    blockRows: Int, body: (Matrix, Range<Int>) throws -> Void
  ) throws {
    try forEachBlock(of: Array(0..<rows), blockRows: blockRows, body: body)
  }

  /// Rows of a block of about 4 MiB, for passes that want no particular size.
  package var convenientBlockRows: Int {
    min(rows, max(1, (4 << 20) / (columns * MemoryLayout<Float>.stride)))
  }

  /// Reads every row once.
  ///
  /// - Throws: ``DatasetError`` at the first row that cannot be read or holds NaN or infinity.
  package func validate() throws {
    try forEachBlock(blockRows: convenientBlockRows) { _, _ in }
  }

  // MARK: - Blocks

  /// Cuts 0 ..< `count` into blocks, the last of which may be smaller.
  private func forEachRange(
    of count: Int, blockRows: Int, body: (Matrix, Range<Int>) throws -> Void
  ) throws {
    var block = Matrix(rows: 0, columns: columns)
    for start in stride(from: 0, to: count, by: blockRows) {
      let range = start..<min(start + blockRows, count)
      if block.rows != range.count { block = Matrix(rows: range.count, columns: columns) }
      try body(block, range)
    }
  }

  // MARK: - Rows

  private func copyRows(_ indices: ArraySlice<Int>, into target: Matrix) throws(DatasetError) {
    try copyUncheckedRows(indices, into: target)
    if let place = firstNonFinite(in: target) {
      throw nonFiniteError(
        place.value, row: indices[indices.startIndex + place.row], column: place.column)
    }
  }

  private func copyUncheckedRows(
    _ indices: ArraySlice<Int>, into target: Matrix
  ) throws(DatasetError) {
    for index in indices {
      precondition(index >= 0 && index < rows, "row \(index) of \(rows) rows")
    }
    if let mapped {
      mapped.copyRows(indices, into: target)
    } else {
      try unmapped.copyRows(indices, into: target)
    }
  }

  // MARK: - For a pass that counts what is not finite

  /// Hands out all rows block by block as they are, NaN and infinity included.
  ///
  /// - Throws: ``DatasetError`` when a row cannot be read, or what `body` throws.
  func forEachUncheckedBlock(_ body: (Matrix, Range<Int>) throws -> Void) throws {
    try forEachRange(of: rows, blockRows: convenientBlockRows) { block, range in
      try copyUncheckedRows(Array(range)[...], into: block)
      try body(block, range)
    }
  }

  /// The fault of a number that is not finite.
  ///
  /// - Parameters:
  ///   - value: The number.
  ///   - row: Its row in the file.
  ///   - column: Its column.
  ///   - rest: Words on further ones.
  /// - Returns: The error.
  func nonFiniteError(
    _ value: Float, row: Int, column: Int, rest: String = ""
  ) -> DatasetError {
    dataset.error(
      expected: "finite numbers",
      found: "\(value.isNaN ? "NaN" : "infinity") in row \(row), column \(column)\(rest)")
  }
}
