import ArrayFiles
import Foundation
import TestSupport
import Testing

@testable import CrossModalData

@Suite("Files that cannot be read")
struct UnreadableFileTests {
  private func refusal(of path: String) -> String? {
    #expect(throws: DatasetError.self) { try DatasetFile(path: path) }?.description
  }

  @Test("a missing file")
  func absent() throws {
    try withTemporaryFolder { folder in
      #expect(
        refusal(of: "\(folder)/none.h5")
          == "\(folder)/none.h5: expected an HDF5 file, found no file.")
    }
  }

  @Test("a folder")
  func folder() throws {
    try withTemporaryFolder { folder in
      #expect(refusal(of: folder) == "\(folder): expected an HDF5 file, found a directory.")
    }
  }

  @Test("a named pipe, without waiting for a writer")
  func namedPipe() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/pipe.h5"
      try #require(mkfifo(path, 0o600) == 0)
      #expect(
        refusal(of: path)
          == "\(path): expected an HDF5 file, found something that is not a regular file.")
    }
  }

  @Test("an empty file")
  func empty() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/empty.h5"
      try write([], to: path)
      #expect(refusal(of: path) == "\(path): expected an HDF5 file, found an empty file.")
    }
  }

  @Test("a text file")
  func text() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/notes.h5"
      try write(String(repeating: "not data\n", count: 300).utf8, to: path)
      #expect(
        refusal(of: path)
          == "\(path): expected an HDF5 file, found a file without the HDF5 signature.")
    }
  }

  @Test("a truncated file", arguments: [0.3, 0.6, 0.99])
  func truncated(share: Double) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/cut.h5"
      try HDF5Fixture.synthetic().write(to: path)
      let bytes = try fileBytes(path)
      try write(bytes.prefix(Int(Double(bytes.count) * share)), to: path)
      let sentence = try #require(refusal(of: path))
      #expect(
        sentence.hasPrefix(
          "\(path): expected a complete HDF5 file, found one that cannot be opened"))
      #expect(sentence.contains("truncated file"))
    }
  }

  @Test("a damaged chunk")
  func damaged() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/damaged.h5"
      var random = testStream("damaged chunk")
      var fixture = HDF5Fixture.synthetic()
      let noise = (0..<(40 * 800)).map { _ in Float.random(in: 0..<1, using: &random) }
      fixture["/image"] = .init([40, 800], .float32(noise), layout: .compressed([40, 800]))
      try fixture.write(to: path)
      // 128,000 bytes of noise hardly shrink: the middle of the file lies inside their chunk.
      var bytes = try fileBytes(path)
      for offset in 0..<64 { bytes[bytes.count / 2 + offset] ^= 0xff }
      try write(bytes, to: path)
      let dataset = try CrossModalDataset(path: path)
      let error = #expect(throws: DatasetError.self) { try dataset.validateFeatures() }
      let sentence = try #require(error?.description)
      #expect(
        sentence.hasPrefix(
          "\(path), dataset /image: expected readable rows 0 to 39, found damaged data ("))
    }
  }

  @Test("a header that claims 2^40 columns, without asking for their memory")
  func absurd() {
    // Written by h5py; see make_fixtures.py there.
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../ArrayFilesTests/Fixtures/absurd.h5").standardized.path
    let sentence = refusal(of: path)
    #expect(
      sentence?.hasSuffix(
        "dataset /image: expected at most 67108864 bytes of numbers, as the size of the file allows, "
          + "found shape 3 × 1099511627776 of 4 bytes each.") == true)
  }

  @Test(
    "a file without permission", .enabled(if: geteuid() != 0, "root may read every file"))
  func forbidden() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/secret.h5"
      try HDF5Fixture.synthetic().write(to: path)
      chmod(path, 0)
      #expect(
        refusal(of: path)
          == "\(path): expected an HDF5 file, found a file that this user may not read.")
    }
  }

  @Test(
    "reasons of the system in words",
    arguments: [
      (ENOENT, "no file"), (ENOTDIR, "no file"), (EACCES, "a file that this user may not read"),
      (EMFILE, "a file that cannot be opened (Too many open files)"),
    ])
  func reasons(number: Int32, words: String) {
    #expect(HDF5File.obstacle(number) == words)
  }
}
