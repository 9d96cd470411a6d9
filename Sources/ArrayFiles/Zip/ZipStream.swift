import CZlib

/// The bytes of a file inside a zip file, unpacked as they are asked for.
final class ZipStream: ByteStream {
  private let file: FileBytes
  private let name: String
  private let member: ZipMember
  private(set) var remaining: Int
  /// Where the next packed byte lies, and how many follow.
  private var offset: Int
  private var packedRemaining: Int
  private var checksum: UInt
  private var inflation: Inflation?

  /// Goes to the first byte of a member.
  ///
  /// - Parameters:
  ///   - member: As the directory describes it.
  ///   - file: The zip file.
  ///   - name: The dataset that messages name.
  /// - Throws: ``DatasetError`` when it is packed in another way or its sizes cannot be.
  init(_ member: ZipMember, in file: FileBytes, name: String) throws(DatasetError) {
    func damaged(expected: String, found: String) -> DatasetError {
      DatasetError(file: file.path, dataset: name, expected: expected, found: found)
    }
    guard !member.isEncrypted else {
      throw damaged(expected: "readable data", found: "encrypted data")
    }
    guard [0, 8].contains(member.method) else {
      throw damaged(
        expected: "stored or deflated data", found: "data packed by method \(member.method)")
    }
    let headerLength = 30
    guard member.headerOffset <= file.count - headerLength else {
      throw damaged(expected: "data inside the file", found: "data beyond its end")
    }
    let header = try file.read(member.headerOffset..<(member.headerOffset + headerLength))
    guard header.starts(with: ZipDirectory.magic) else {
      throw damaged(expected: "the header of a packed file", found: "something else")
    }
    offset =
      member.headerOffset + headerLength + Int(header[26..<28].littleEndianNumber)
      + Int(header[28..<30].littleEndianNumber)
    guard offset <= file.count, member.packedByteCount <= file.count - offset else {
      throw damaged(expected: "data inside the file", found: "data beyond its end")
    }
    let largest =
      member.method == 0
      ? member.packedByteCount : ArrayShape.largestByteCount(storedBytes: member.packedByteCount)
    guard member.byteCount <= largest else {
      throw damaged(
        expected: "at most \(largest) bytes unpacked from \(member.packedByteCount)",
        found: "\(member.byteCount)")
    }
    self.file = file
    self.name = name
    self.member = member
    remaining = member.byteCount
    packedRemaining = member.packedByteCount
    checksum = crc32(0, nil, 0)
    guard member.method == 8 else { return }
    guard let inflation = Inflation() else {
      throw error(expected: "memory to unpack it", found: "none")
    }
    self.inflation = inflation
  }

  private func error(expected: String, found: String) -> DatasetError {
    DatasetError(file: file.path, dataset: name, expected: expected, found: found)
  }

  func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(DatasetError) {
    precondition(buffer.count <= remaining, "\(buffer.count) bytes of \(remaining)")
    if let inflation {
      try inflation.fill(buffer, next: nextPacked) { [self] reason in
        error(expected: "readable packed data", found: "damaged data (\(reason))")
      }
    } else {
      try file.fill(buffer, from: offset)
      offset += buffer.count
    }
    remaining -= buffer.count
    // The library counts in 32 bits.
    var rest = buffer[...]
    while !rest.isEmpty {
      let part = UnsafeMutableRawBufferPointer(rebasing: rest.prefix(1 << 30))
      checksum = crc32(checksum, part.baseAddress, UInt32(part.count))
      rest = rest.dropFirst(part.count)
    }
  }

  /// The next packed bytes; none at the end.
  private func nextPacked() throws(DatasetError) -> [UInt8] {
    let count = min(packedRemaining, 1 << 16)
    let bytes = try file.read(offset..<(offset + count))
    offset += count
    packedRemaining -= count
    return bytes
  }

  func finish() throws(DatasetError) {
    while remaining > 0 { _ = try read(min(remaining, 1 << 16)) }
    guard checksum == UInt(member.checksum) else {
      throw error(
        expected: "data with checksum \(String(member.checksum, radix: 16))",
        found: "damaged data with checksum \(String(checksum, radix: 16))")
    }
  }
}
