import CHDF5
import CHDF5Shims

/// Strings of HDF5: fixed or variable length, ASCII or UTF-8, all read as UTF-8.
enum HDF5Strings {
  /// No list of names in this field is larger.
  private static let greatestByteCount = 1 << 30

  /// Reads strings of one type of the file.
  ///
  /// - Parameters:
  ///   - type: The type in the file.
  ///   - space: The extent of the strings.
  ///   - count: Number of strings in `space`.
  ///   - read: Fills a buffer with elements of the memory type it is given; negative on failure.
  /// - Returns: The strings; nil when the type is no string or reading fails.
  static func read(
    type: hid_t, space: hid_t, count: Int,
    with read: (hid_t, UnsafeMutableRawPointer?) -> herr_t
  ) -> [String]? {
    guard H5Tget_class(type) == H5T_STRING else { return nil }
    if H5Tis_variable_str(type) > 0 {
      return readVariable(type: type, space: space, count: count, with: read)
    }
    let width = H5Tget_size(type)
    // Datasets were compared with the size of the file; this bounds attributes.
    guard let byteCount = ArrayShape.byteCount([count], elementBytes: width),
      byteCount <= greatestByteCount
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: byteCount)
    guard bytes.withUnsafeMutableBytes({ read(type, $0.baseAddress) }) >= 0 else { return nil }
    let isSpacePadded = H5Tget_strpad(type) == H5T_STR_SPACEPAD
    return (0..<count).map { index in
      var field = bytes[(index * width)..<((index + 1) * width)].prefix { $0 != 0 }
      if isSpacePadded {
        while field.last == UInt8(ascii: " ") { field.removeLast() }
      }
      return String(decoding: field, as: UTF8.self)
    }
  }

  private static func readVariable(
    type: hid_t, space: hid_t, count: Int,
    with read: (hid_t, UnsafeMutableRawPointer?) -> herr_t
  ) -> [String]? {
    var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
    return pointers.withUnsafeMutableBytes { buffer in
      guard read(type, buffer.baseAddress) >= 0 else { return nil }
      // The library allocated the strings; it also frees them.
      defer { H5Dvlen_reclaim(type, space, hid_t(H5P_DEFAULT), buffer.baseAddress) }
      return buffer.bindMemory(to: UnsafeMutablePointer<CChar>?.self).map { pointer in
        pointer.map { String(cString: $0) } ?? ""
      }
    }
  }
}
