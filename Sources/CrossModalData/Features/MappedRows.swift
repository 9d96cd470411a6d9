import ArrayFiles
import Foundation
import Tensors

/// Rows of a contiguous float32 dataset, read straight from a map of the file.
struct MappedRows {
  private let file: MappedFile
  private let offset: Int
  private let columns: Int

  /// Maps a dataset of at least two dimensions; nil when its bytes are not the numbers themselves.
  ///
  /// - Throws: ``DatasetError`` when the library cannot read the first row.
  init?(_ dataset: HDF5Dataset) throws(DatasetError) {
    guard let offset = dataset.mappableOffset, let file = MappedFile(path: dataset.file) else {
      return nil
    }
    columns = dataset.rowLength
    let rowBytes = columns * MemoryLayout<Float>.stride
    guard offset + dataset.shape[0] * rowBytes <= file.bytes.count else { return nil }
    self.file = file
    self.offset = offset
    // Whether the offset counts a user block before the file's own start has differed between
    // versions of the library, so the first row is compared with what the library reads.
    let first = Matrix(rows: 1, columns: columns)
    guard let target = first.elements.baseAddress else { return nil }
    try dataset.readRows(0..<1, into: target)
    guard let start = file.bytes.baseAddress, memcmp(start + offset, target, rowBytes) == 0 else {
      return nil
    }
  }

  /// Copies rows in the order given into a matrix of as many rows.
  func copyRows(_ indices: ArraySlice<Int>, into target: Matrix) {
    let rowBytes = columns * MemoryLayout<Float>.stride
    let output = UnsafeMutableRawBufferPointer(target.elements)
    for (position, index) in indices.enumerated() {
      let start = offset + index * rowBytes
      UnsafeMutableRawBufferPointer(rebasing: output[(position * rowBytes)...].prefix(rowBytes))
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: file.bytes[start..<(start + rowBytes)]))
    }
  }
}
