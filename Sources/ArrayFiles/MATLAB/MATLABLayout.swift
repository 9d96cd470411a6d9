/// Checks that the parts of a MATLAB file before version 7.3 fill the file.
///
/// libmatio ends its list at the first part that it cannot read and says nothing, so that a truncated
/// file would seem to hold fewer arrays. The number of parts is compared with its list.
enum MATLABLayout {
  /// Counts the arrays of a file.
  ///
  /// - Throws: ``DatasetError`` when one goes beyond the end of the file.
  static func arrayCount(in file: FileBytes) throws(DatasetError) -> Int {
    let start = try file.read(0..<min(file.count, MATLABHeader.length))
    return MATLABHeader.isVersion5(start)
      ? try count5(in: file, isBigEndian: MATLABHeader.isBigEndian(start)) : try count4(in: file)
  }

  /// Types of the parts at the top of a file of version 5: an array, plain or compressed.
  private static let types5: Set<UInt64> = [14, 15]

  private static func count5(
    in file: FileBytes, isBigEndian: Bool
  ) throws(DatasetError) -> Int {
    var count = 0
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
      offset += 8 + Int(numbers[1])
      guard offset <= file.count else { throw truncated(file, at: offset) }
      count += 1
    }
    return count
  }

  private static func count4(in file: FileBytes) throws(DatasetError) -> Int {
    var count = 0
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
      offset = dataStart + dataByteCount
      count += 1
    }
    return count
  }

  private static func truncated(_ file: FileBytes, at offset: Int) -> DatasetError {
    DatasetError(
      file: file.path, expected: "a complete MATLAB file",
      found: "\(file.count) bytes, the end of an array at byte \(offset) or beyond missing")
  }
}
