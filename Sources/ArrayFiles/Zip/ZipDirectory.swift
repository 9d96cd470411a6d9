/// A file inside a zip file, as the directory describes it.
struct ZipMember: Hashable {
  let name: String
  /// How it is packed: 0 is stored, 8 is deflated.
  let method: Int
  let isEncrypted: Bool
  let checksum: UInt32
  let packedByteCount: Int
  let byteCount: Int
  /// Where its own header begins.
  let headerOffset: Int
}

/// The directory at the end of a zip file, with the 64-bit fields of large ones.
///
/// Source: PKWARE, `APPNOTE.TXT` 6.3.10, sections 4.3.12 to 4.3.16 and 4.5.3.
struct ZipDirectory {
  /// The first bytes of a file with members.
  static let magic = Array("PK\u{3}\u{4}".utf8)
  /// The first bytes of a file without.
  static let emptyMagic = Array("PK\u{5}\u{6}".utf8)

  private(set) var members: [ZipMember] = []

  /// Reads the directory.
  ///
  /// - Throws: ``DatasetError`` when there is none or it does not fit the file.
  init(_ file: FileBytes) throws(DatasetError) {
    func damaged(_ found: String) -> DatasetError {
      DatasetError(file: file.path, expected: "a complete zip file", found: found)
    }
    // The end record is 22 bytes and a comment of up to 65,535.
    let tailStart = max(0, file.count - 22 - 65_535)
    let tail = try file.read(tailStart..<file.count)
    guard
      let end = stride(from: tail.count - 22, through: 0, by: -1)
        .first(where: { tail[$0...].starts(with: Self.emptyMagic) })
    else { throw damaged("one without its directory, such as a truncated one") }
    var count = UInt64(tail[(end + 10)..<(end + 12)].littleEndianNumber)
    var size = tail[(end + 12)..<(end + 16)].littleEndianNumber
    var start = tail[(end + 16)..<(end + 20)].littleEndianNumber
    // A full field sends the reader to the 64-bit record, whose place stands before the end record.
    if count == 0xffff || size == 0xffff_ffff || start == 0xffff_ffff {
      let locator = end - 20
      guard locator >= 0, tail[locator...].starts(with: Array("PK\u{6}\u{7}".utf8)),
        let place = Int(exactly: tail[(locator + 8)..<(locator + 16)].littleEndianNumber),
        place <= file.count - 56
      else { throw damaged("one without its 64-bit directory") }
      let record = try file.read(place..<(place + 56))
      guard record.starts(with: Array("PK\u{6}\u{6}".utf8)) else {
        throw damaged("one without its 64-bit directory")
      }
      count = record[32..<40].littleEndianNumber
      size = record[40..<48].littleEndianNumber
      start = record[48..<56].littleEndianNumber
    }
    guard start <= UInt64(file.count), size <= UInt64(file.count) - start else {
      throw damaged("a directory beyond its end")
    }
    let directory = try file.read(Int(start)..<Int(start + size))
    var position = 0
    while position < directory.count, UInt64(members.count) < count {
      guard let (member, next) = Self.member(in: directory, at: position) else {
        throw damaged("a damaged directory")
      }
      members.append(member)
      position = next
    }
    guard UInt64(members.count) == count else { throw damaged("a damaged directory") }
  }

  /// Reads a record of the directory; nil when it is damaged.
  private static func member(in bytes: [UInt8], at start: Int) -> (ZipMember, next: Int)? {
    guard start + 46 <= bytes.count, bytes[start...].starts(with: Array("PK\u{1}\u{2}".utf8))
    else { return nil }
    func number(_ offset: Int, _ count: Int) -> UInt64 {
      bytes[(start + offset)..<(start + offset + count)].littleEndianNumber
    }
    let nameEnd = start + 46 + Int(number(28, 2))
    let extraEnd = nameEnd + Int(number(30, 2))
    let next = extraEnd + Int(number(32, 2))
    guard next <= bytes.count else { return nil }
    var byteCount = number(24, 4)
    var packedByteCount = number(20, 4)
    var offset = number(42, 4)
    // Extra field 1 holds those of the three that are full, in this order.
    var wide = wideFields(bytes[nameEnd..<extraEnd])
    func widen(_ value: inout UInt64) -> Bool {
      guard value == 0xffff_ffff else { return true }
      guard wide.count >= 8 else { return false }
      value = wide.prefix(8).littleEndianNumber
      wide = wide.dropFirst(8)
      return true
    }
    guard widen(&byteCount), widen(&packedByteCount), widen(&offset),
      let byteCount = Int(exactly: byteCount), let packed = Int(exactly: packedByteCount),
      let offset = Int(exactly: offset)
    else { return nil }
    let member = ZipMember(
      name: String(decoding: bytes[(start + 46)..<nameEnd], as: UTF8.self),
      method: Int(number(10, 2)), isEncrypted: number(8, 2) & 1 != 0,
      checksum: UInt32(number(16, 4)), packedByteCount: packed, byteCount: byteCount,
      headerOffset: offset)
    return (member, next)
  }

  /// The content of extra field 1; empty when there is none.
  private static func wideFields(_ extra: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = extra
    while rest.count >= 4 {
      let kind = rest.prefix(2).littleEndianNumber
      let length = Int(rest.dropFirst(2).prefix(2).littleEndianNumber)
      if kind == 1 { return rest.dropFirst(4).prefix(length) }
      rest = rest.dropFirst(4 + length)
    }
    return []
  }
}
