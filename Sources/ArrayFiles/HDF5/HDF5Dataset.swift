import CHDF5
import CHDF5Shims

/// A dataset of an open file: its shape, its type and how it is stored.
package final class HDF5Dataset {
  /// Path of the file.
  package let file: String
  /// Path of the dataset inside the file.
  package let path: String
  /// Extent of every dimension; empty for a scalar.
  package let shape: [Int]
  /// Type of the elements in the file.
  package let elementType: HDF5ElementType
  /// How the elements lie in the file.
  package let layout: HDF5Layout
  private let handle: HDF5Identifier
  private let type: HDF5Identifier
  private let space: HDF5Identifier

  /// Opens a dataset.
  ///
  /// - Throws: ``DatasetError`` when there is none at that path, or when its numbers lie in another
  ///   file, where the digest of this one would not cover them.
  package init(_ path: String, in file: HDF5File) throws(DatasetError) {
    FaultGuard.enter(file.path)
    defer { FaultGuard.leave() }
    func open(cacheBytes: Int? = nil) throws(DatasetError) -> HDF5Identifier {
      guard let access = HDF5Identifier(H5Pcreate(chdf5_dataset_access()), close: H5Pclose),
        cacheBytes.map({ H5Pset_chunk_cache(access.id, Self.cacheSlots, $0, 1) }) ?? 0 >= 0,
        let opened = HDF5Identifier(H5Dopen2(file.id, path, access.id), close: H5Dclose)
      else {
        let isThere = H5Lexists(file.id, path, hid_t(H5P_DEFAULT)) > 0
        throw file.error(
          path, expected: "a dataset", found: isThere ? "something else" : "nothing")
      }
      return opened
    }
    var opened = try open()
    guard let type = HDF5Identifier(H5Dget_type(opened.id), close: H5Tclose),
      let space = HDF5Identifier(H5Dget_space(opened.id), close: H5Sclose)
    else {
      throw file.error(
        path, expected: "a readable dataset", found: HDF5File.innermostError())
    }
    var extents = [hsize_t](
      repeating: 0, count: max(Int(H5Sget_simple_extent_ndims(space.id)), 0))
    H5Sget_simple_extent_dims(space.id, &extents, nil)
    let shape = extents.map { Int(clamping: $0) }
    let elementType = HDF5ElementType(type.id)
    let layout = HDF5Layout(of: opened.id, rank: shape.count)
    guard layout != .elsewhere, Self.fileName(holding: opened.id) == Self.fileName(holding: file.id)
    else {
      throw file.error(
        path, expected: "numbers inside the file", found: "a reference to other files")
    }
    let elementBytes = H5Tget_size(type.id)
    let largest = layout.largestByteCount(
      storedBytes: Int(clamping: H5Dget_storage_size(opened.id)), fileBytes: file.byteCount)
    guard let byteCount = ArrayShape.byteCount(shape, elementBytes: elementBytes),
      byteCount <= largest
    else {
      throw file.error(
        path, expected: "at most \(largest) bytes of numbers, as the size of the file allows",
        found: "shape \(ArrayShape.text(shape)) of \(elementBytes) bytes each")
    }
    // A chunk that does not fit the cache is decoded again by every read that touches it, so the
    // cache holds all chunks that one row touches.
    if let bandBytes = layout.bandBytes(shape: shape, elementBytes: elementBytes),
      bandBytes > Self.defaultCacheBytes
    {
      // A dataset that is still open would keep the cache it was first opened with.
      _ = consume opened
      opened = try open(cacheBytes: min(bandBytes, Self.largestCacheBytes))
    }
    handle = opened
    self.file = file.path
    self.path = path
    self.shape = shape
    self.elementType = elementType
    self.layout = layout
    self.type = type
    self.space = space
  }

  /// The library's default, enough for small chunks.
  private static let defaultCacheBytes = 1 << 20
  /// Bounds memory for files whose chunks span all rows; those are read slowly instead.
  private static let largestCacheBytes = 512 << 20
  /// Two chunks of a band must not share a slot; more slots than a band has chunks, and prime.
  private static let cacheSlots = 12_421

  private static func fileName(holding object: hid_t) -> String {
    let length = H5Fget_name(object, nil, 0)
    guard length > 0 else { return "" }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: length + 1) { buffer in
      H5Fget_name(object, buffer.baseAddress, length + 1)
      return buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
  }

  /// Identifier of the dataset; valid while this object lives.
  var id: hid_t { handle.id }
  /// Identifier of the type in the file.
  var typeID: hid_t { type.id }
  /// Identifier of the extent in the file; selections are made on it.
  var spaceID: hid_t { space.id }

  /// Whether the dataset has no elements although its shape is that of a single value.
  var isNull: Bool { shape.isEmpty && H5Sget_simple_extent_npoints(spaceID) == 0 }

  /// An error about this dataset.
  package func error(expected: String, found: String) -> DatasetError {
    DatasetError(file: file, dataset: path, expected: expected, found: found)
  }

  /// The shape as messages print it, such as `100 × 64`.
  package var shapeText: String { ArrayShape.text(shape) }

  /// Checks the number of dimensions.
  package func requireRank(_ rank: Int) throws(DatasetError) {
    guard shape.count != rank else { return }
    throw error(
      expected: "\(rank) dimension\(rank == 1 ? "" : "s")",
      found: "\(shape.count) (\(shapeText))")
  }
}
