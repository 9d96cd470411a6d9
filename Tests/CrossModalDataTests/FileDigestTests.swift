import Foundation
import TestSupport
import Testing

@testable import CrossModalData

@Suite("Digests of data files")
struct FileDigestTests {
  @Test("are taken over for the very file only")
  func takenOver() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/data"
      try Data("one".utf8).write(to: URL(filePath: path))
      let digest = try FileDigest(ofFileAt: path)
      #expect(digest.digest == SHA256.hexDigest(of: "one"))
      // As workers get it, with a digest that shows that it was not computed anew.
      let text = FileDigest.text(of: [digest])
        .replacing(digest.digest, with: String(repeating: "0", count: 64))
      let known = try JSONDecoder().decode([FileDigest].self, from: Data(text.utf8))
      #expect(try FileDigest(ofFileAt: path, among: known).digest.allSatisfy { $0 == "0" })
      #expect(try FileDigest(ofFileAt: path, among: []) == digest)
      // As many bytes, elsewhere and later.
      try Data("two".utf8).write(to: URL(filePath: path))
      #expect(
        try FileDigest(ofFileAt: path, among: known).digest
          == SHA256.hexDigest(of: "two"))
      // In place, with the time of the last change set back.
      let times = [timespec(tv_sec: 0, tv_nsec: 0), timespec(tv_sec: 0, tv_nsec: 0)]
      utimensat(AT_FDCWD, path, times, 0)
      let before = try FileDigest(ofFileAt: path)
      usleep(20_000)
      let handle = try FileHandle(forWritingTo: URL(filePath: path))
      try handle.write(contentsOf: Data("six".utf8))
      try handle.close()
      utimensat(AT_FDCWD, path, times, 0)
      #expect(
        try FileDigest(ofFileAt: path, among: [before]).digest
          == SHA256.hexDigest(of: "six"))
    }
  }

  @Test("are refused with a reason where there is no file")
  func missing() throws {
    #expect(throws: (any Error).self) { try FileDigest(ofFileAt: "/nowhere/data.h5") }
  }
}
