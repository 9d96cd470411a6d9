import CHDF5
import CHDF5Shims
import Foundation

/// An HDF5 file that is written whole or not at all: beside its place, and renamed at the end.
package final class HDF5Writer {
  /// How numbers lie in the file.
  package enum Storage: Sendable, Hashable {
    /// One run of bytes, which readers can map into memory.
    case contiguous
    /// Blocks of whole rows, shuffled and packed with gzip.
    case packed
  }

  /// A type of numbers in the file.
  package enum NumberType: String, Sendable, Hashable {
    case uint8, float16, float32

    fileprivate var byteCount: Int {
      switch self {
      case .uint8: 1
      case .float16: 2
      case .float32: 4
      }
    }
  }

  /// Path of the file once it is finished.
  package let path: String
  /// Path until then; readers may open it after ``close()``.
  package let partialPath: String
  private var file: HDF5Identifier?
  private var isFinished = false

  /// Starts a file.
  ///
  /// - Throws: ``DatasetError`` when none can be written there.
  package init(path: String) throws(DatasetError) {
    HDF5Library.prepare()
    HDF5File.silenceErrors()
    self.path = path
    partialPath = "\(path).\(getpid()).partial"
    Self.removeOrphans(of: path)
    guard let access = HDF5Identifier(H5Pcreate(chdf5_file_access()), close: H5Pclose) else {
      throw failure(nil)
    }
    // What is large begins at a page of memory, so that it can be mapped.
    H5Pset_alignment(access.id, 1 << 16, 1 << 12)
    // Named before it exists: a signal may come at any moment.
    FaultGuard.removeAtEnd(partialPath)
    file = HDF5Identifier(
      H5Fcreate(partialPath, chdf5_acc_trunc(), hid_t(H5P_DEFAULT), access.id), close: H5Fclose)
    _ = try fileID(nil)
  }

  deinit {
    file = nil
    if !isFinished { unlink(partialPath) }
    FaultGuard.removeAtEnd(nil)
  }

  /// Removes what processes left that were killed while they wrote this file.
  private static func removeOrphans(of path: String) {
    let url = URL(filePath: path)
    let folder = url.deletingLastPathComponent().path
    let beginning = "\(url.lastPathComponent)."
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix(beginning) && name.hasSuffix(".partial") {
      let number = name.dropFirst(beginning.count).dropLast(".partial".count)
      guard let process = pid_t(number), kill(process, 0) != 0, errno == ESRCH else { continue }
      unlink("\(folder)/\(name)")
    }
  }

  private func failure(_ dataset: String?) -> DatasetError {
    DatasetError(
      file: path, dataset: dataset, expected: "a file that can be written",
      found: "that it cannot (\(Self.reason(in: HDF5File.innermostError())))")
  }

  /// The system's reason where the library quotes it, else all that the library says.
  private static func reason(in text: String) -> Substring {
    let mark = "error message = '"
    guard let start = text.firstRange(of: mark)?.upperBound else { return text[...] }
    return text[start...].prefix { $0 != "'" }
  }

  private func fileID(_ dataset: String?) throws(DatasetError) -> hid_t {
    switch file {
    case .some(let file): return file.id
    case .none: throw failure(dataset)
    }
  }

  // MARK: - Numbers

  /// Writes a matrix by blocks of rows.
  ///
  /// - Parameters:
  ///   - name: Path in the file, such as `/image`.
  ///   - shape: Rows and columns.
  ///   - type: The type in the file.
  ///   - storage: How the numbers lie there.
  ///   - blockRows: Rows of a block.
  ///   - fill: Gives the numbers of some rows, one row after the other.
  /// - Throws: ``DatasetError`` when they cannot be written, or `fill` does.
  package func writeMatrix(
    _ name: String, shape: (rows: Int, columns: Int), as type: NumberType, storage: Storage,
    blockRows: Int,
    _ fill: (Range<Int>, UnsafeMutablePointer<Float>) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    let extents = [hsize_t(shape.rows), hsize_t(shape.columns)]
    let fileType = try numberType(type, name)
    let dataset = try create(
      name, extents: extents, type: fileType.id, elementBytes: type.byteCount, storage: storage)
    var block = [Float](repeating: 0, count: min(blockRows, shape.rows) * shape.columns)
    var halves: [UInt16] = []
    for first in stride(from: 0, to: shape.rows, by: blockRows) {
      let rows = first..<min(first + blockRows, shape.rows)
      let count = rows.count * shape.columns
      try block.withUnsafeMutableBufferPointer { buffer throws(DatasetError) in
        guard let start = buffer.baseAddress else { return }
        try fill(rows, start)
      }
      let isWritten: Bool
      if type == .float16 {
        // The library takes some hundred times as long for this.
        halves = block.prefix(count).map { Float16($0).bitPattern.littleEndian }
        isWritten = halves.withUnsafeBytes {
          Self.put($0, rows, columns: shape.columns, type: fileType.id, into: dataset.id)
        }
      } else {
        isWritten = block.withUnsafeBytes {
          Self.put($0, rows, columns: shape.columns, type: chdf5_native_float(), into: dataset.id)
        }
      }
      guard isWritten else { throw failure(name) }
    }
  }

  /// Writes a list of indices as int32.
  ///
  /// - Throws: ``DatasetError`` when it cannot be written.
  package func writeIndices(_ name: String, _ indices: [Int]) throws(DatasetError) {
    let numbers = indices.map { Int32(clamping: $0) }
    let dataset = try create(
      name, extents: [hsize_t(numbers.count)], type: chdf5_native_int32(), elementBytes: 4,
      storage: .contiguous)
    let all = hid_t(H5S_ALL)
    let status = numbers.withUnsafeBytes {
      H5Dwrite(
        dataset.id, chdf5_native_int32(), all, all, hid_t(H5P_DEFAULT), $0.baseAddress)
    }
    guard status >= 0 else { throw failure(name) }
  }

  private static func put(
    _ bytes: UnsafeRawBufferPointer, _ rows: Range<Int>, columns: Int, type: hid_t,
    into dataset: hid_t
  ) -> Bool {
    let start = [hsize_t(rows.lowerBound), 0]
    let count = [hsize_t(rows.count), hsize_t(columns)]
    guard let memory = HDF5Identifier(H5Screate_simple(2, count, nil), close: H5Sclose),
      let space = HDF5Identifier(H5Dget_space(dataset), close: H5Sclose),
      H5Sselect_hyperslab(space.id, H5S_SELECT_SET, start, nil, count, nil) >= 0
    else { return false }
    return H5Dwrite(dataset, type, memory.id, space.id, hid_t(H5P_DEFAULT), bytes.baseAddress) >= 0
  }

  private func numberType(
    _ type: NumberType, _ name: String
  ) throws(DatasetError) -> HDF5Identifier {
    let copy: HDF5Identifier? =
      switch type {
      case .uint8: HDF5Identifier(H5Tcopy(chdf5_native_uint8()), close: H5Tclose)
      case .float32, .float16: HDF5Identifier(H5Tcopy(chdf5_ieee_f32le()), close: H5Tclose)
      }
    guard let copy else { throw failure(name) }
    if type == .float16 {
      // IEEE half precision: sign bit 15, 5 exponent bits from bit 10, 10 fraction bits from bit 0.
      H5Tset_fields(copy.id, 15, 10, 5, 0, 10)
      H5Tset_size(copy.id, 2)
      H5Tset_ebias(copy.id, 15)
    }
    return copy
  }

  // MARK: - Text

  /// Writes strings of one length, filled up with zeros, as UTF-8.
  ///
  /// - Throws: ``DatasetError`` when they cannot be written.
  package func writeStrings(_ name: String, _ strings: [String]) throws(DatasetError) {
    let width = max(strings.map(\.utf8.count).max() ?? 1, 1)
    guard let byteCount = ArrayShape.byteCount([strings.count], elementBytes: width),
      byteCount <= Self.greatestTextBytes
    else {
      throw DatasetError(
        file: path, dataset: name,
        expected:
          "strings that take at most \(Self.greatestTextBytes) bytes at the longest's length",
        found: "\(strings.count) with one of \(width) bytes")
    }
    guard let type = HDF5Identifier(H5Tcopy(chdf5_c_string()), close: H5Tclose) else {
      throw failure(name)
    }
    H5Tset_size(type.id, width)
    H5Tset_strpad(type.id, H5T_STR_NULLPAD)
    H5Tset_cset(type.id, H5T_CSET_UTF8)
    let dataset = try create(
      name, extents: [hsize_t(strings.count)], type: type.id, elementBytes: width, storage: .packed)
    var bytes = [UInt8](repeating: 0, count: byteCount)
    for (index, string) in strings.enumerated() {
      for (offset, byte) in string.utf8.enumerated() { bytes[index * width + offset] = byte }
    }
    let all = hid_t(H5S_ALL)
    let status = bytes.withUnsafeBytes {
      H5Dwrite(dataset.id, type.id, all, all, hid_t(H5P_DEFAULT), $0.baseAddress)
    }
    guard status >= 0 else { throw failure(name) }
  }

  /// Writes a string attribute of the root group.
  ///
  /// - Throws: ``DatasetError`` when it cannot be written.
  package func writeAttribute(_ name: String, _ text: String) throws(DatasetError) {
    let bytes = Array(text.utf8) + [0]
    guard let type = HDF5Identifier(H5Tcopy(chdf5_c_string()), close: H5Tclose),
      H5Tset_size(type.id, bytes.count) >= 0, H5Tset_cset(type.id, H5T_CSET_UTF8) >= 0,
      let space = HDF5Identifier(H5Screate(H5S_SCALAR), close: H5Sclose),
      let attribute = HDF5Identifier(
        H5Acreate2(
          try fileID(name), name, type.id, space.id, hid_t(H5P_DEFAULT), hid_t(H5P_DEFAULT)),
        close: H5Aclose),
      bytes.withUnsafeBytes({ H5Awrite(attribute.id, type.id, $0.baseAddress) }) >= 0
    else { throw failure(name) }
  }

  // MARK: - The end

  /// Closes the file, so that it can be read under ``partialPath`` before it is put in its place.
  ///
  /// - Throws: ``DatasetError`` when not all of it could be written.
  package func close() throws(DatasetError) {
    guard H5Fflush(try fileID(nil), H5F_SCOPE_GLOBAL) >= 0 else { throw failure(nil) }
    file = nil
    let descriptor = open(partialPath, O_RDONLY | O_CLOEXEC)
    defer { if descriptor >= 0 { Foundation.close(descriptor) } }
    guard descriptor >= 0, fsync(descriptor) == 0 else { throw systemFailure() }
  }

  /// Puts the closed file in its place.
  ///
  /// - Parameter isReplacing: Whether a file that is there by now may be replaced.
  /// - Throws: ``DatasetError`` when it cannot be renamed.
  package func finish(isReplacing: Bool) throws(DatasetError) {
    if isReplacing {
      guard rename(partialPath, path) == 0 else { throw systemFailure() }
      isFinished = true
    } else {
      // Unlike renaming, this fails when there is a file; the other name goes with this object.
      guard link(partialPath, path) == 0 else { throw systemFailure() }
    }
  }

  private func systemFailure() -> DatasetError {
    DatasetError(
      file: path, expected: "a file that can be written",
      found: "that it cannot (\(String(cString: strerror(errno))))")
  }

  // MARK: - Datasets

  /// All strings of a list; captions of all data sets known here take a quarter of it.
  private static let greatestTextBytes = 1 << 30

  /// About as much as a chunk of rows takes unpacked.
  private static let chunkBytes = 1 << 20

  private func create(
    _ name: String, extents: [hsize_t], type: hid_t, elementBytes: Int, storage: Storage
  ) throws(DatasetError) -> HDF5Identifier {
    let links = HDF5Identifier(H5Pcreate(chdf5_link_create()), close: H5Pclose)
    let creation = HDF5Identifier(H5Pcreate(chdf5_dataset_create()), close: H5Pclose)
    let space = HDF5Identifier(
      H5Screate_simple(Int32(extents.count), extents, nil), close: H5Sclose)
    guard let links, let creation, let space,
      H5Pset_create_intermediate_group(links.id, 1) >= 0
    else { throw failure(name) }
    if storage == .packed, !extents.contains(0) {
      let rowBytes = max(extents.dropFirst().reduce(elementBytes) { $0 * Int($1) }, 1)
      let rows = min(max(Self.chunkBytes / rowBytes, 1), Int(extents[0]))
      H5Pset_chunk(
        creation.id, Int32(extents.count), [hsize_t(rows)] + extents.dropFirst())
      if elementBytes > 1 { H5Pset_shuffle(creation.id) }
      H5Pset_deflate(creation.id, 6)
    }
    let id = H5Dcreate2(
      try fileID(name), name, type, space.id, links.id, creation.id, hid_t(H5P_DEFAULT))
    guard let dataset = HDF5Identifier(id, close: H5Dclose) else { throw failure(name) }
    return dataset
  }
}
