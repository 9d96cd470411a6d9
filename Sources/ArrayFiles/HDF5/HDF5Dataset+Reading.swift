import CHDF5
import CHDF5Shims

extension HDF5Dataset {
  /// Numbers of a row: the product of all dimensions but the first; 1 where there is no other.
  package var rowLength: Int { shape.dropFirst().reduce(1, *) }

  /// Reads consecutive rows as float32; a row is everything that lies under one first index.
  ///
  /// The library converts, except from half precision: that takes it some hundred times as long.
  ///
  /// - Parameters:
  ///   - rows: Rows of the dataset, which has at least two dimensions.
  ///   - target: Room for `rows.count` × ``rowLength`` numbers.
  /// - Throws: ``DatasetError`` when the library cannot read them, such as from a damaged chunk.
  package func readRows(
    _ rows: Range<Int>, into target: UnsafeMutablePointer<Float>
  ) throws(DatasetError) {
    precondition(shape.count >= 2 && rows.lowerBound >= 0 && rows.upperBound <= shape[0])
    guard !rows.isEmpty else { return }
    let count = rows.count * rowLength
    let bytes = UnsafeMutableRawPointer(target)
    if isHalfPrecision {
      // The halves go to the upper half of the room. Going up, number i is written to bytes 4i to
      // 4i + 3 while those still to be read start at 2 count + 2 (i + 1), never below 4i + 4.
      let halves = bytes + count * MemoryLayout<UInt16>.stride
      try read(rows, as: typeID, into: halves)
      for index in 0..<count {
        let pattern = UInt16(littleEndian: halves.load(fromByteOffset: 2 * index, as: UInt16.self))
        bytes.storeBytes(of: singleBits(ofHalf: pattern), toByteOffset: 4 * index, as: UInt32.self)
      }
    } else {
      try read(rows, as: chdf5_native_float(), into: bytes)
    }
  }

  private func read(
    _ rows: Range<Int>, as memoryType: hid_t, into target: UnsafeMutableRawPointer
  ) throws(DatasetError) {
    FaultGuard.enter(file)
    defer { FaultGuard.leave() }
    // The caller may be another thread than the one that opened the file.
    HDF5File.silenceErrors()
    let rest = shape.dropFirst()
    let start = [hsize_t(rows.lowerBound)] + rest.map { _ in 0 }
    let count = [hsize_t(rows.count)] + rest.map { hsize_t($0) }
    let memory = HDF5Identifier(
      H5Screate_simple(Int32(count.count), count, nil), close: H5Sclose)
    guard let memory,
      H5Sselect_hyperslab(spaceID, H5S_SELECT_SET, start, nil, count, nil) >= 0,
      H5Dread(id, memoryType, memory.id, spaceID, hid_t(H5P_DEFAULT), target) >= 0
    else {
      throw error(
        expected: "readable rows \(rows.lowerBound) to \(rows.upperBound - 1)",
        found: "damaged data (\(HDF5File.innermostError()))")
    }
  }

  /// Whether the elements are IEEE half precision, little-endian, rather than another 16-bit form.
  var isHalfPrecision: Bool {
    guard elementType == .float16, H5Tget_order(typeID) == H5T_ORDER_LE,
      H5Tget_ebias(typeID) == 15
    else { return false }
    var sign = 0
    var exponent = 0
    var exponentBits = 0
    var fraction = 0
    var fractionBits = 0
    H5Tget_fields(typeID, &sign, &exponent, &exponentBits, &fraction, &fractionBits)
    return (sign, exponent, exponentBits, fraction, fractionBits) == (15, 10, 5, 0, 10)
  }

  /// Reads all elements as bytes; the type must be `uint8`.
  package func readBytes() throws(DatasetError) -> [UInt8] {
    try readAll(as: chdf5_native_uint8(), placeholder: 0)
  }

  /// Reads all elements of an integer type.
  package func readIntegers() throws(DatasetError) -> [Int] {
    try readAll(as: chdf5_native_int64(), placeholder: 0)
  }

  func readAll<Element: BitwiseCopyable>(
    as memoryType: hid_t, placeholder: Element
  ) throws(DatasetError) -> [Element] {
    FaultGuard.enter(file)
    defer { FaultGuard.leave() }
    var values = [Element](repeating: placeholder, count: ArrayShape.count(shape))
    guard !values.isEmpty else { return [] }
    let all = hid_t(H5S_ALL)
    let status = values.withUnsafeMutableBytes {
      H5Dread(id, memoryType, all, all, hid_t(H5P_DEFAULT), $0.baseAddress)
    }
    guard status >= 0 else { throw damaged }
    return values
  }

  /// Reads all strings.
  package func readStrings() throws(DatasetError) -> [String] {
    FaultGuard.enter(file)
    defer { FaultGuard.leave() }
    let count = ArrayShape.count(shape)
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
  package var mappableOffset: Int? {
    guard case .contiguous(let offset?) = layout, offset % MemoryLayout<Float>.alignment == 0,
      H5Tequal(typeID, chdf5_native_float()) > 0
    else { return nil }
    return offset
  }
}
