import CHDF5
import CHDF5Shims

/// How the elements of a dataset lie in the file.
package enum HDF5Layout: Hashable {
  /// One run of bytes; the offset is nil while nothing was ever written.
  case contiguous(offset: Int?)
  /// Chunks of this shape, with the names of the filters that pack them.
  case chunked(shape: [Int], filters: [String])
  /// Inside the dataset's header.
  case compact
  /// In other files: external storage or a virtual dataset.
  case elsewhere

  /// Reads the layout of an open dataset.
  init(of dataset: hid_t, rank: Int) {
    guard let creation = HDF5Identifier(H5Dget_create_plist(dataset), close: H5Pclose) else {
      self = .elsewhere
      return
    }
    switch H5Pget_layout(creation.id) {
    case H5D_CHUNKED:
      var extents = [hsize_t](repeating: 0, count: rank)
      H5Pget_chunk(creation.id, Int32(rank), &extents)
      self = .chunked(
        shape: extents.map { Int(clamping: $0) }, filters: Self.filters(of: creation.id))
    case H5D_CONTIGUOUS where H5Pget_external_count(creation.id) == 0:
      let offset = H5Dget_offset(dataset)
      self = .contiguous(offset: offset == haddr_t.max ? nil : Int(clamping: offset))
    case H5D_COMPACT: self = .compact
    default: self = .elsewhere
    }
  }

  private static func filters(of creation: hid_t) -> [String] {
    (0..<max(H5Pget_nfilters(creation), 0)).map { index in
      var flags: UInt32 = 0
      var valueCount = 0
      var configuration: UInt32 = 0
      let filter = H5Pget_filter2(
        creation, UInt32(index), &flags, &valueCount, nil, 0, nil, &configuration)
      return switch filter {
      case H5Z_FILTER_DEFLATE: "gzip"
      case H5Z_FILTER_SHUFFLE: "shuffle"
      case H5Z_FILTER_FLETCHER32: "checksum"
      case H5Z_FILTER_SZIP: "szip"
      default: "filter \(filter)"
      }
    }
  }

  /// Bytes of all chunks that one row touches; nil when there are no chunks.
  func bandBytes(shape: [Int], elementBytes: Int) -> Int? {
    guard case .chunked(let chunk, _) = self, let rows = chunk.first else { return nil }
    let columns = zip(shape, chunk).dropFirst().map { extent, chunk in
      (extent + chunk - 1) / max(chunk, 1) * chunk
    }
    return ArrayShape.byteCount([rows] + columns, elementBytes: elementBytes) ?? .max
  }

  /// The greatest size in memory that is believed of a dataset.
  ///
  /// - Parameters:
  ///   - storedBytes: What the library says that the dataset takes in the file.
  ///   - fileBytes: Size of the file.
  /// - Returns: A number of bytes.
  func largestByteCount(storedBytes: Int, fileBytes: Int) -> Int {
    switch self {
    // The library trusts the header and would read beyond its own buffer.
    case .contiguous(.some), .compact: min(storedBytes, fileBytes)
    case .contiguous(.none), .chunked, .elsewhere:
      ArrayShape.largestByteCount(storedBytes: min(storedBytes, fileBytes))
    }
  }

  /// A few words for `crossbit data info`.
  package var description: String {
    switch self {
    case .contiguous: "contiguous"
    case .chunked(let shape, let filters):
      "chunks of \(shape.map { "\($0)" }.joined(separator: " × "))"
        + filters.map { ", \($0)" }.joined()
    case .compact: "compact"
    case .elsewhere: "other files"
    }
  }
}
