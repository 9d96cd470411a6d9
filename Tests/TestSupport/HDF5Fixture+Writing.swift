import CHDF5
import CHDF5Shims

/// A call of the HDF5 library failed while a fixture was written.
public struct FixtureError: Error {
  /// What was being written.
  public let what: String
}

extension HDF5Fixture {
  /// Writes the file, replacing an older one.
  public func write(to path: String) throws {
    let file = try Self.check(
      H5Fcreate(path, chdf5_acc_trunc(), hid_t(H5P_DEFAULT), hid_t(H5P_DEFAULT)), path)
    defer { H5Fclose(file) }
    for path in paths {
      guard let dataset = self[path] else { continue }
      try Self.writeGroups(of: path, in: file)
      try Self.write(dataset, at: path, in: file)
    }
    for (name, text) in attributes { try Self.write(attribute: name, text, in: file) }
    for (link, target) in externalLinks {
      let status = H5Lcreate_external(
        target.file, target.path, file, link, hid_t(H5P_DEFAULT), hid_t(H5P_DEFAULT))
      _ = try Self.check(hid_t(status), link)
    }
  }

  private static func check(_ id: hid_t, _ what: String) throws -> hid_t {
    guard id >= 0 else { throw FixtureError(what: what) }
    return id
  }

  private static func writeGroups(of path: String, in file: hid_t) throws {
    var group = ""
    for name in path.split(separator: "/").dropLast() {
      group += "/\(name)"
      guard H5Lexists(file, group, hid_t(H5P_DEFAULT)) == 0 else { continue }
      let defaults = hid_t(H5P_DEFAULT)
      H5Gclose(try check(H5Gcreate2(file, group, defaults, defaults, defaults), group))
    }
  }

  private static func write(_ dataset: Dataset, at path: String, in file: hid_t) throws {
    let extents = dataset.shape.map { hsize_t($0) }
    let space = try check(
      extents.isEmpty
        ? H5Screate(H5S_SCALAR) : H5Screate_simple(Int32(extents.count), extents, nil),
      path)
    defer { H5Sclose(space) }
    let creation = try check(H5Pcreate(chdf5_dataset_create()), path)
    defer { H5Pclose(creation) }
    switch dataset.layout {
    case .contiguous: H5Pset_layout(creation, H5D_CONTIGUOUS)
    case .chunked(let chunk):
      H5Pset_chunk(creation, Int32(chunk.count), chunk.map { hsize_t($0) })
    case .compressed(let chunk):
      H5Pset_chunk(creation, Int32(chunk.count), chunk.map { hsize_t($0) })
      H5Pset_shuffle(creation)
      H5Pset_deflate(creation, 6)
    case .external(let rawFile): H5Pset_external(creation, rawFile, 0, hsize_t.max)
    }
    try dataset.values.withElements { fileType, memoryType, elements in
      let defaults = hid_t(H5P_DEFAULT)
      let id = try check(
        H5Dcreate2(file, path, fileType, space, defaults, creation, defaults), path)
      defer { H5Dclose(id) }
      guard !dataset.shape.contains(0) else { return }
      let all = hid_t(H5S_ALL)
      let status = H5Dwrite(id, memoryType, all, all, hid_t(H5P_DEFAULT), elements)
      _ = try check(hid_t(status), path)
    }
  }

  private static func write(attribute name: String, _ text: String, in file: hid_t) throws {
    let space = try check(H5Screate(H5S_SCALAR), name)
    defer { H5Sclose(space) }
    try Values.variableStrings([text]).withElements { fileType, memoryType, elements in
      let defaults = hid_t(H5P_DEFAULT)
      let id = try check(H5Acreate2(file, name, fileType, space, defaults, defaults), name)
      defer { H5Aclose(id) }
      _ = try check(hid_t(H5Awrite(id, memoryType, elements)), name)
    }
  }
}

extension HDF5Fixture.Values {
  /// Calls a body with the type in the file, the type in memory, and the elements.
  fileprivate func withElements(
    _ body: (hid_t, hid_t, UnsafeRawPointer?) throws -> Void
  ) throws {
    func plain<Element: BitwiseCopyable>(
      _ elements: [Element], _ memory: hid_t, file: hid_t? = nil
    ) throws {
      try elements.withUnsafeBytes { try body(file ?? memory, memory, $0.baseAddress) }
    }
    switch self {
    case .float16(let patterns):
      let type = H5Tcopy(chdf5_ieee_f32le())
      defer { H5Tclose(type) }
      // Sign bit 15, 5 exponent bits from bit 10, 10 fraction bits from bit 0.
      H5Tset_fields(type, 15, 10, 5, 0, 10)
      H5Tset_size(type, 2)
      H5Tset_ebias(type, 15)
      try plain(patterns, type)
    case .float32(let values): try plain(values, chdf5_native_float())
    case .bigEndianFloat32(let values):
      try plain(values, chdf5_native_float(), file: chdf5_ieee_f32be())
    case .float64(let values): try plain(values, chdf5_native_double())
    case .uint8(let values): try plain(values, chdf5_native_uint8())
    case .int8(let values): try plain(values, chdf5_native_int8())
    case .int32(let values): try plain(values, chdf5_native_int32())
    case .int64(let values): try plain(values, chdf5_native_int64())
    case .fixedStrings(let texts, let width):
      let type = H5Tcopy(chdf5_c_string())
      defer { H5Tclose(type) }
      H5Tset_size(type, width)
      H5Tset_strpad(type, H5T_STR_NULLPAD)
      try plain(
        texts.flatMap { Array($0.utf8) + [UInt8](repeating: 0, count: width - $0.utf8.count) }, type
      )
    case .variableStrings(let texts):
      let type = H5Tcopy(chdf5_c_string())
      defer { H5Tclose(type) }
      H5Tset_size(type, chdf5_variable_length())
      H5Tset_cset(type, H5T_CSET_UTF8)
      // The library wants a pointer to each zero-terminated text.
      let terminated = texts.map { Array($0.utf8CString) }
      let storage = terminated.map { text in
        let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: text.count)
        _ = copy.initialize(from: text)
        return copy
      }
      defer { for text in storage { text.deallocate() } }
      try plain(storage.map { Int(bitPattern: $0.baseAddress) }, type)
    }
  }
}
