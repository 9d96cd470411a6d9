/// How files of MATLAB begin.
///
/// Source: MathWorks, "MAT-File Format", chapters 1 and 2.
enum MATLABHeader {
  /// Bytes of the header of version 5 and 7.3.
  static let length = 128
  /// How the text at the start of a file of version 5 and 7.3 begins.
  static let beginning = Array("MATLAB ".utf8)
  /// The text at the start of a file of version 7.3.
  static let version73 = Array("MATLAB 7.3".utf8)

  /// Whether the numbers of a file of version 5 have their highest byte first.
  static func isBigEndian(_ start: [UInt8]) -> Bool { start[126] == UInt8(ascii: "M") }

  /// Whether this is the header of version 5 (of the format; MATLAB 5 to 7 write it).
  static func isVersion5(_ start: [UInt8]) -> Bool {
    guard start.count >= length else { return false }
    return start[124..<128].elementsEqual([0, 1] + Array("IM".utf8))
      || start[124..<128].elementsEqual([1, 0] + Array("MI".utf8))
  }

  /// Whether this may be the first matrix of a file of version 4, which has no signature.
  static func isVersion4(_ start: [UInt8]) -> Bool {
    MATLABMatrix4(start[...]) != nil
  }
}

/// The header of a matrix in a file of version 4: five integers and a name.
struct MATLABMatrix4: Hashable {
  /// Bytes of the header and the name.
  let headerByteCount: Int
  /// Bytes of the numbers that follow; nil when beyond any file.
  let dataByteCount: Int?

  /// Reads a header; nil when the bytes cannot be one.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count >= 20 else { return nil }
    let first = bytes.startIndex
    let isBigEndian =
      bytes[first] == 0 && bytes[first + 1] == 0 && (bytes[first + 2] != 0 || bytes[first + 3] != 0)
    let fields = (0..<5).map { index -> Int in
      let field = bytes[(first + 4 * index)..<(first + 4 * index + 4)]
      return Int(isBigEndian ? field.reversed().littleEndianNumber : field.littleEndianNumber)
    }
    // Decimal digits M, O, P, T: byte order, 0, number type, kind of matrix.
    let digits = (fields[0] / 1000, fields[0] / 100 % 10, fields[0] / 10 % 10, fields[0] % 10)
    let widths = [8, 4, 4, 2, 2, 1]
    guard digits.0 == (isBigEndian ? 1 : 0), digits.1 == 0, digits.2 < widths.count, digits.3 <= 2,
      fields[1] <= Int(Int32.max), fields[2] <= Int(Int32.max), fields[3] <= 1,
      (1...64).contains(fields[4]), bytes.count >= 20 + fields[4]
    else { return nil }
    let name = bytes[(first + 20)..<(first + 20 + fields[4])]
    // The name ends in a zero and is a word before it.
    guard name.last == 0, name.count > 1, name.dropLast().allSatisfy({ $0 > 0x20 && $0 < 0x7f })
    else { return nil }
    headerByteCount = 20 + fields[4]
    dataByteCount = ArrayShape.byteCount(
      [fields[1], fields[2], fields[3] + 1], elementBytes: widths[digits.2])
  }
}
