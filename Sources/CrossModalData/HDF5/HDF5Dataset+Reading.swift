import CHDF5
import CHDF5Shims

extension HDF5Dataset {
  /// Reads consecutive rows of a matrix as float32, converting in the library.
  ///
  /// - Parameters:
  ///   - rows: Rows of the dataset, which has two dimensions.
  ///   - target: Room for `rows.count` × columns numbers.
  /// - Throws: ``DatasetError`` when the library cannot read them, such as from a damaged chunk.
  func readRows(_ rows: Range<Int>, into target: UnsafeMutablePointer<Float>) throws(DatasetError) {
    precondition(shape.count == 2 && rows.lowerBound >= 0 && rows.upperBound <= shape[0])
    guard !rows.isEmpty else { return }
    let start = [hsize_t(rows.lowerBound), 0]
    let count = [hsize_t(rows.count), hsize_t(shape[1])]
    let memory = HDF5Identifier(H5Screate_simple(2, count, nil), close: H5Sclose)
    guard let memory,
      H5Sselect_hyperslab(spaceID, H5S_SELECT_SET, start, nil, count, nil) >= 0,
      H5Dread(id, chdf5_native_float(), memory.id, spaceID, hid_t(H5P_DEFAULT), target) >= 0
    else {
      throw error(
        expected: "readable rows \(rows.lowerBound) to \(rows.upperBound - 1)",
        found: "damaged data (\(HDF5File.innermostError()))")
    }
  }

  /// Reads all elements as bytes; the type must be `uint8`.
  func readBytes() throws(DatasetError) -> [UInt8] {
    try readAll(as: chdf5_native_uint8(), placeholder: 0)
  }

  /// Reads all elements of an integer type.
  func readIntegers() throws(DatasetError) -> [Int] {
    try readAll(as: chdf5_native_int64(), placeholder: 0)
  }

  private func readAll<Element: BitwiseCopyable>(
    as memoryType: hid_t, placeholder: Element
  ) throws(DatasetError) -> [Element] {
    var values = [Element](repeating: placeholder, count: shape.reduce(1, *))
    guard !values.isEmpty else { return [] }
    let all = hid_t(H5S_ALL)
    let status = values.withUnsafeMutableBytes {
      H5Dread(id, memoryType, all, all, hid_t(H5P_DEFAULT), $0.baseAddress)
    }
    guard status >= 0 else { throw damaged }
    return values
  }

  /// Reads all strings.
  func readStrings() throws(DatasetError) -> [String] {
    let count = shape.reduce(1, *)
    guard count > 0 else { return [] }
    let strings = HDF5Strings.read(type: typeID, space: spaceID, count: count) { type, buffer in
      H5Dread(id, type, hid_t(H5S_ALL), hid_t(H5S_ALL), hid_t(H5P_DEFAULT), buffer)
    }
    guard let strings else { throw damaged }
    return strings
  }

  private var damaged: DatasetError {
    error(expected: "readable data", found: "damaged data (\(HDF5File.innermostError()))")
  }

  /// Offset in bytes at which float32 numbers of this machine's form can be mapped, else nil.
  ///
  /// The library does not align datasets: one that follows an odd-sized dataset may start anywhere.
  var mappableOffset: Int? {
    guard case .contiguous(let offset?) = layout, offset % MemoryLayout<Float>.alignment == 0,
      H5Tequal(typeID, chdf5_native_float()) > 0
    else { return nil }
    return offset
  }
}
