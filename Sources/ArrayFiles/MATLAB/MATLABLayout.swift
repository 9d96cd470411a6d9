/// The parts of a MATLAB file before version 7.3, which hold an array each.
///
/// libmatio ends its list at the first part that it cannot read and says nothing, so that a truncated
/// file would seem to hold fewer arrays: the number of parts is compared with its list. Nor does it
/// compare the checksum of a compressed part, so that damaged numbers would pass for sound ones.
struct MATLABLayout {
  /// Where an array lies.
  struct Part: Hashable {
    let bytes: Range<Int>
    let isCompressed: Bool
  }

  /// The parts in the order of the file.
  let parts: [Part]

  /// Finds the parts.
  ///
  /// - Throws: ``DatasetError`` when one goes beyond the end of the file.
  init(_ file: FileBytes) throws(DatasetError) {
    let start = try file.read(0..<min(file.count, MATLABHeader.length))
    parts =
      MATLABHeader.isVersion5(start)
      ? try Self.parts5(in: file, isBigEndian: MATLABHeader.isBigEndian(start))
      : try Self.parts4(in: file)
  }

  /// Unpacks a part, if it is packed, and compares its checksum.
  ///
  /// - Throws: ``DatasetError`` when the part is damaged.
  static func check(_ part: Part, of file: FileBytes, name: String) throws(DatasetError) {
    guard part.isCompressed, let inflation = Inflation(isRaw: false) else { return }
    var offset = part.bytes.lowerBound
    try inflation.finish { () throws(DatasetError) in
      let end = min(offset + (1 << 16), part.bytes.upperBound)
      defer { offset = end }
      return try file.read(offset..<end)
    } error: { reason in
      DatasetError(
        file: file.path, dataset: name, expected: "readable packed data",
        found: "damaged data (\(reason))")
    }
  }

  /// Types of the parts at the top of a file of version 5: an array, plain or compressed.
  private static let types5: Set<UInt64> = [14, compressedType]
  private static let compressedType: UInt64 = 15

  private static func parts5(
    in file: FileBytes, isBigEndian: Bool
  ) throws(DatasetError) -> [Part] {
    var parts: [Part] = []
    var offset = MATLABHeader.length
    while offset < file.count {
      guard offset + 8 <= file.count else { throw truncated(file, at: offset) }
      let tag = try file.read(offset..<(offset + 8))
      let numbers = [tag[..<4], tag[4...]].map {
        isBigEndian ? $0.reversed().littleEndianNumber : $0.littleEndianNumber
      }
      guard types5.contains(numbers[0]) else {
        throw DatasetError(
          file: file.path, expected: "an array at byte \(offset)",
          found: "a part of type \(numbers[0])")
      }
      let start = offset + 8
      offset = start + Int(numbers[1])
      guard offset <= file.count else { throw truncated(file, at: offset) }
      parts.append(Part(bytes: start..<offset, isCompressed: numbers[0] == compressedType))
    }
    return parts
  }

  private static func parts4(in file: FileBytes) throws(DatasetError) -> [Part] {
    var parts: [Part] = []
    var offset = 0
    while offset < file.count {
      let bytes = try file.read(offset..<min(file.count, offset + MATLABHeader.length))
      guard let matrix = MATLABMatrix4(bytes[...]) else {
        throw DatasetError(
          file: file.path, expected: "the header of a matrix at byte \(offset)",
          found: "something else")
      }
      let dataStart = offset + matrix.headerByteCount
      guard let dataByteCount = matrix.dataByteCount, dataByteCount <= file.count - dataStart else {
        throw truncated(file, at: dataStart)
      }
      parts.append(Part(bytes: offset..<(dataStart + dataByteCount), isCompressed: false))
      offset = dataStart + dataByteCount
    }
    return parts
  }

  private static func truncated(_ file: FileBytes, at offset: Int) -> DatasetError {
    DatasetError(
      file: file.path, expected: "a complete MATLAB file",
      found: "\(file.count) bytes, the end of an array at byte \(offset) or beyond missing")
  }
}
