/// A text type of NumPy: strings of one greatest length, filled up with zeros.
struct NumPyText: Hashable {
  /// Greatest number of characters, or of bytes where the type is not Unicode.
  let width: Int
  /// Whether a character takes four bytes, as in `U`, or one, as in `S`.
  let isUnicode: Bool
  /// Whether the highest byte of a character comes first.
  let isBigEndian: Bool

  /// Bytes of a string.
  var byteCount: Int {
    let (product, overflow) = width.multipliedReportingOverflow(by: isUnicode ? 4 : 1)
    return overflow ? .max : product
  }

  /// Reads strings in the order of the file; bytes count as UTF-8.
  func read(_ count: Int, from stream: any ByteStream) throws(DatasetError) -> [String] {
    var strings: [String] = []
    strings.reserveCapacity(count)
    for _ in 0..<count {
      let bytes = try stream.read(byteCount)
      strings.append(
        isUnicode ? characters(bytes) : String(decoding: bytes.untilZero, as: UTF8.self))
    }
    return strings
  }

  /// A number that is no character becomes the replacement character.
  private func characters(_ bytes: [UInt8]) -> String {
    var scalars = String.UnicodeScalarView()
    for start in stride(from: 0, to: bytes.count, by: 4) {
      let character = bytes[start..<(start + 4)]
      let number = isBigEndian ? Array(character.reversed())[...] : character
      let value = number.littleEndianNumber
      if value == 0 { break }
      scalars.append(Unicode.Scalar(UInt32(value)) ?? "\u{fffd}")
    }
    return String(scalars)
  }
}

extension Array<UInt8> {
  /// The bytes before the first 0.
  fileprivate var untilZero: ArraySlice<UInt8> { prefix { $0 != 0 } }
}
