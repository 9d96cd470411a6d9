import Foundation
import TestSupport
import Testing

@testable import ArrayFiles

@Suite("Zip files")
struct ZipTests {
  // Read in pieces of four bytes: zlib has taken the last packed byte while it still holds most.
  @Test("with strings that pack into few bytes are read to their end")
  func runs() throws {
    let names = try ArrayFiles.open(path: Fixture.path("runs.npz")).readText("names")
    #expect(names == [String](repeating: "a", count: 60))
  }

  @Test("a changed number is found by the checksum", arguments: ["stored.npz", "zip64.npz"])
  func checksum(name: String) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/changed.npz"
      var bytes = try Fixture.bytes(name)
      let directory = try ZipDirectory(FileBytes(path: Fixture.path(name), expected: "a fixture"))
      let member = try #require(directory.members.first { $0.name == "codes.npy" })
      // Its 40 × 16 bytes of numbers end well before the 1000th.
      bytes[member.headerOffset + 600] ^= 2
      try write(bytes, to: path)
      let file = try ArrayFiles.open(path: path)
      let sentence = refusal { _ = try file.read("codes") }
      #expect(
        sentence?.hasPrefix("\(path), dataset codes: expected data with checksum ") == true)
      #expect(sentence?.contains("found damaged data with checksum ") == true)
      #expect(try file.read("labels").shape == [40, 5])
    }
  }

  @Test("a truncated file is one without its directory", arguments: [0.2, 0.6, 0.99])
  func truncated(share: Double) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/cut.npz"
      let bytes = try Fixture.bytes("deflated.npz")
      try write(bytes.prefix(Int(Double(bytes.count) * share)), to: path)
      #expect(
        refusal { _ = try ArrayFiles.open(path: path) }
          == "\(path): expected a complete zip file, found one without its directory, such as a "
          + "truncated one.")
    }
  }

  @Test("a comment at the end does not hide the directory", arguments: [1, 21, 22, 65_535])
  func comment(length: Int) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/comment.npz"
      var bytes = try Fixture.bytes("stored.npz")
      let count = bytes.count
      bytes[count - 2] = UInt8(length % 256)
      bytes[count - 1] = UInt8(length / 256)
      try write(bytes + [UInt8](repeating: 0x20, count: length), to: path)
      #expect(try ArrayFiles.open(path: path).entries.count == 5)
    }
  }

  @Test("a zip file without arrays is named")
  func foreign() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/tags.zip"
      var bytes = try Fixture.bytes("stored.npz")
      // The same archive, every .npy renamed.
      for start in bytes.indices.dropLast(4) where bytes[start...].starts(with: ".npy".utf8) {
        bytes[start + 1] = UInt8(ascii: "t")
      }
      try write(bytes, to: path)
      #expect(
        refusal { _ = try ArrayFiles.open(path: path) }
          == "\(path): expected a NumPy archive, found a zip file without any .npy file in it.")
    }
  }

  @Test("packed bytes may come in any parts", arguments: [1, 2, 7, 64, 1000])
  func parts(count: Int) throws {
    let file = try FileBytes(path: Fixture.path("deflated.npz"), expected: "a fixture")
    let directory = try ZipDirectory(file)
    let member = try #require(directory.members.first { $0.name == "codes.npy" })
    let whole = try ZipStream(member, in: file, name: "codes").read(member.byteCount)
    let header = try file.read(member.headerOffset..<(member.headerOffset + 30))
    let start = member.headerOffset + 30 + Int(header[26]) + Int(header[28])
    var packed = try file.read(start..<(start + member.packedByteCount))[...]
    let inflation = try #require(Inflation())
    var unpacked = [UInt8](repeating: 0, count: member.byteCount)
    try unpacked.withUnsafeMutableBytes { buffer in
      for offset in stride(from: 0, to: buffer.count, by: 100) {
        let part = UnsafeMutableRawBufferPointer(rebasing: buffer[offset...].prefix(100))
        try inflation.fill(part) {
          defer { packed = packed.dropFirst(count) }
          return Array(packed.prefix(count))
        } error: { reason in
          DatasetError(file: "x", expected: "bytes", found: reason)
        }
      }
    }
    #expect(unpacked == whole)
  }
}
