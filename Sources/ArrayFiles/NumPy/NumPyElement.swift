/// A number type of NumPy as a file holds it.
struct NumPyElement: Hashable {
  enum Kind: Hashable { case bool, signed, unsigned, floating }

  let kind: Kind
  /// Bytes of a number.
  let byteCount: Int
  /// Whether the highest byte comes first.
  let isBigEndian: Bool

  /// The name that NumPy prints.
  var name: String {
    switch kind {
    case .bool: "bool"
    case .signed: "int\(8 * byteCount)"
    case .unsigned: "uint\(8 * byteCount)"
    case .floating: "float\(8 * byteCount)"
    }
  }

  /// Reads numbers in the order of the file.
  ///
  /// - Throws: ``DatasetError`` when the stream does, or `error` makes one of a number too large.
  func read(
    _ count: Int, from stream: any ByteStream,
    error: (_ expected: String, _ found: String) -> DatasetError
  ) throws(DatasetError) -> NumericArray.Values {
    switch (kind, byteCount) {
    case (.bool, _):
      var bytes = [UInt8](repeating: 0, count: count)
      try stream.fill(&bytes)
      for index in bytes.indices where bytes[index] > 1 { bytes[index] = 1 }
      return .bytes(bytes)
    case (.unsigned, 1):
      var bytes = [UInt8](repeating: 0, count: count)
      try stream.fill(&bytes)
      return .bytes(bytes)
    case (.signed, 1):
      var bytes = [Int8](repeating: 0, count: count)
      try stream.fill(&bytes)
      return .signedBytes(bytes)
    case (.signed, 2):
      return .integers(try convert(count, stream) { (b: UInt16) in Int64(Int16(bitPattern: b)) })
    case (.signed, 4):
      return .integers(try convert(count, stream) { (b: UInt32) in Int64(Int32(bitPattern: b)) })
    case (.unsigned, 2): return .integers(try convert(count, stream) { (b: UInt16) in Int64(b) })
    case (.unsigned, 4): return .integers(try convert(count, stream) { (b: UInt32) in Int64(b) })
    case (.signed, _), (.unsigned, _):
      let integers = try convert(count, stream) { (b: UInt64) in Int64(bitPattern: b) }
      if kind == .unsigned, let place = integers.firstIndex(where: { $0 < 0 }) {
        throw error(
          "integers below 2^63", "\(UInt64(bitPattern: integers[place])) at position \(place)")
      }
      return .integers(integers)
    case (.floating, 2):
      return .floats(
        try convert(count, stream) { (b: UInt16) in Float(bitPattern: singleBits(ofHalf: b)) })
    case (.floating, 4):
      return .floats(try convert(count, stream) { (b: UInt32) in Float(bitPattern: b) })
    case (.floating, _):
      return .doubles(try convert(count, stream) { (b: UInt64) in Double(bitPattern: b) })
    }
  }

  /// Reads patterns block by block and turns each into a number.
  private func convert<Pattern: FixedWidthInteger & BitwiseCopyable, Number>(
    _ count: Int, _ stream: any ByteStream, _ number: (Pattern) -> Number
  ) throws(DatasetError) -> [Number] {
    // Large enough for the system's reads to be few, small enough for the processor's cache.
    let blockCount = 1 << 14
    var numbers: [Number] = []
    numbers.reserveCapacity(count)
    var block = [Pattern](repeating: 0, count: min(count, blockCount))
    while numbers.count < count {
      if count - numbers.count < block.count {
        block.removeLast(block.count - count + numbers.count)
      }
      try stream.fill(&block)
      if isBigEndian {
        for pattern in block { numbers.append(number(Pattern(bigEndian: pattern))) }
      } else {
        for pattern in block { numbers.append(number(Pattern(littleEndian: pattern))) }
      }
    }
    return numbers
  }
}
