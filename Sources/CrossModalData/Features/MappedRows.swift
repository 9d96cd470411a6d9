import ArrayFiles
import Foundation
import Tensors

/// Rows of a contiguous float32 dataset, read straight from a map of the file.
struct MappedRows {
  private let path: String
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
    path = dataset.file
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

  /// Bytes that are copied before their pages are given back: about what a pass keeps mapped.
  private static let partBytes = 16 << 20
  /// Bytes between the first and the last row of a part at most: around each row the system maps
  /// pages that nobody asked for.
  private static let spanBytes = 64 << 20

  /// Copies rows in the order given into a matrix of as many rows.
  ///
  /// They are read in ascending order, and no more than a part of them stays mapped.
  func copyRows(_ indices: ArraySlice<Int>, into target: Matrix) {
    // Pages beyond the end of a file that was cut short meanwhile are a fault.
    FaultGuard.enter(path)
    defer { FaultGuard.leave() }
    let rowBytes = columns * MemoryLayout<Float>.stride
    let output = UnsafeMutableRawBufferPointer(target.elements)
    // Positions in `indices`, by ascending row.
    let order = indices.positionsInAscendingOrder
    let partRows = max(1, Self.partBytes / rowBytes)
    let spanRows = max(1, Self.spanBytes / rowBytes)
    var rest = order[...]
    while let first = rest.first {
      let part = rest.prefix(partRows).prefix { indices[$0] - indices[first] < spanRows }
      rest = rest.dropFirst(part.count)
      guard let last = part.last else { continue }
      let span = (offset + indices[first] * rowBytes)..<(offset + (indices[last] + 1) * rowBytes)
      if span.count <= 2 * part.count * rowBytes { file.expect(span) }
      for position in part {
        let row = offset + indices[position] * rowBytes
        let place = (position - indices.startIndex) * rowBytes
        UnsafeMutableRawBufferPointer(rebasing: output[place..<(place + rowBytes)])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: file.bytes[row..<(row + rowBytes)]))
      }
      file.release(span)
    }
  }
}
