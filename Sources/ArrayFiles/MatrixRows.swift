import CHDF5
import CHDF5Shims

/// The rows of a matrix in a file, in blocks of float32, so that the file may be larger than memory
/// where its kind allows.
///
/// A list of numbers counts as a matrix of one column. Datasets of HDF5 are read block by block; what
/// other kinds of files hold is read whole, in the type that it has there.
package final class MatrixRows {
  private enum Source {
    /// Numbers in memory, row after row as the file shows them.
    case array(NumericArray)
    /// A dataset, and whether the rows of the matrix run along its last dimension.
    case dataset(HDF5Dataset, runsAlongColumns: Bool)
  }

  /// Number of rows.
  package let rowCount: Int
  /// Number of columns.
  package let columnCount: Int
  /// The type in the file by its NumPy name.
  package let elementName: String
  private let source: Source
  private let isTurned: Bool

  /// Opens a matrix.
  ///
  /// - Parameters:
  ///   - member: A list or a matrix of numbers.
  ///   - isTurned: Whether its columns are wanted as rows.
  /// - Throws: ``DatasetError`` when it holds no numbers, has more than two dimensions or is damaged.
  package init(_ member: ArrayNamespace.Member, isTurned: Bool) throws(DatasetError) {
    let entry = try member.file.entry(member.entry.name)
    let shape = entry.shape ?? []
    guard (1...2).contains(shape.count) else {
      throw DatasetError(
        file: member.file.path, dataset: entry.name, expected: "a matrix or a list of numbers",
        found: "shape \(ArrayShape.text(shape))")
    }
    let (rows, columns) = (shape[0], shape.count == 2 ? shape[1] : 1)
    rowCount = isTurned ? columns : rows
    columnCount = isTurned ? rows : columns
    elementName = entry.elementName
    self.isTurned = isTurned
    if shape.count == 2, let file = member.file as? HDF5ArrayFile,
      let (dataset, isReversed) = try file.denseDataset(entry.name), dataset.shape.count == 2
    {
      source = .dataset(dataset, runsAlongColumns: isReversed != isTurned)
    } else {
      source = .array(try member.read())
    }
  }

  /// Rows that are read well at once: some megabytes, in whole chunks of the file as far as those
  /// are not much larger.
  package var blockRows: Int {
    func rows(_ byteCount: Int) -> Int { max(1, byteCount / (4 * max(columnCount, 1))) }
    guard case .dataset(let dataset, let runsAlongColumns) = source,
      case .chunked(let chunk, _) = dataset.layout, chunk.count == 2
    else { return rows(8 << 20) }
    let extent = max(runsAlongColumns ? chunk[1] : chunk[0], 1)
    return min((rows(8 << 20) + extent - 1) / extent * extent, rows(64 << 20))
  }

  /// Copies rows as float32, one after the other.
  ///
  /// - Throws: ``DatasetError`` when they are damaged.
  package func copy(
    _ rows: Range<Int>, into target: UnsafeMutablePointer<Float>
  ) throws(DatasetError) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount)
    guard !rows.isEmpty, columnCount > 0 else { return }
    switch source {
    case .dataset(let dataset, false): try dataset.readRows(rows, into: target)
    case .dataset(let dataset, true): try dataset.readColumns(rows, into: target)
    case .array(let array):
      switch array.values {
      case .bytes(let values): copy(rows, of: values, into: target) { Float($0) }
      case .signedBytes(let values): copy(rows, of: values, into: target) { Float($0) }
      case .integers(let values): copy(rows, of: values, into: target) { Float($0) }
      case .floats(let values): copy(rows, of: values, into: target) { $0 }
      case .doubles(let values): copy(rows, of: values, into: target) { Float($0) }
      }
    }
  }

  private func copy<Element>(
    _ rows: Range<Int>, of values: [Element], into target: UnsafeMutablePointer<Float>,
    _ number: (Element) -> Float
  ) {
    let (rowStep, columnStep) = isTurned ? (1, rowCount) : (columnCount, 1)
    values.withUnsafeBufferPointer { values in
      var place = target
      for row in rows {
        for column in 0..<columnCount {
          place.pointee = number(values[row * rowStep + column * columnStep])
          place += 1
        }
      }
    }
  }
}

extension HDF5Dataset {
  /// Reads consecutive columns of a matrix as float32, one after the other.
  ///
  /// - Throws: ``DatasetError`` when the library cannot read them.
  func readColumns(
    _ columns: Range<Int>, into target: UnsafeMutablePointer<Float>
  ) throws(DatasetError) {
    precondition(shape.count == 2 && columns.lowerBound >= 0 && columns.upperBound <= shape[1])
    let (rowCount, count) = (shape[0], columns.count)
    let start = [0, hsize_t(columns.lowerBound)]
    let extents = [hsize_t(rowCount), hsize_t(count)]
    var block = [Float](repeating: 0, count: rowCount * count)
    var status: herr_t = -1
    if let memory = HDF5Identifier(H5Screate_simple(2, extents, nil), close: H5Sclose),
      H5Sselect_hyperslab(spaceID, H5S_SELECT_SET, start, nil, extents, nil) >= 0
    {
      let memoryID = memory.id
      status = block.withUnsafeMutableBytes {
        H5Dread(
          id, chdf5_native_float(), memoryID, spaceID, hid_t(H5P_DEFAULT), $0.baseAddress)
      }
    }
    guard status >= 0 else {
      throw error(
        expected: "readable columns \(columns.lowerBound) to \(columns.upperBound - 1)",
        found: "damaged data (\(HDF5File.innermostError()))")
    }
    for row in 0..<rowCount {
      for column in 0..<count { target[column * rowCount + row] = block[row * count + column] }
    }
  }
}
