import ArrayFiles
import Foundation
import TestSupport
import Testing

@Suite("Damaged array files")
struct FuzzTests {
  // The seeds fix what is spoiled. libhdf5 1.10.8 itself reads beyond its buffers in some damaged
  // files, about one in 2000 of ours: enumerations whose base type grew, and chunk trees with
  // places outside the dataset. That no check of ours can prevent.
  static let files =
    [
      "float32.npy", "int16-big-fortran.npy", "stored.npz", "deflated.npz", "zip64.npz",
      "chunked.h5",
      "matlab73.mat",
    ] + (Fixture.hasMATIO ? Fixture.needsMATIO : [])

  /// Opens a file and reads all of it; the number of arrays that were read and of those refused.
  ///
  /// The only error that can be thrown is a `DatasetError`; what is tested is that nothing crashes.
  private func readAll(_ path: String) -> (read: Int, refused: Int) {
    guard let file = try? ArrayFiles.open(path: path) else { return (0, 1) }
    let readCount = file.entries.count { (try? file.read($0.name)) != nil }
    return (readCount, file.entries.count - readCount)
  }

  @Test("with flipped bits give an array or a refusal", arguments: files)
  func flipped(name: String) throws {
    var random = testStream("flipped \(name)")
    let bytes = try Fixture.bytes(name)
    try withTemporaryFolder { folder in
      var refusalCount = 0
      for round in 0..<60 {
        var damaged = bytes
        // Half the rounds spoil the beginning, where the headers are.
        let bound = round % 2 == 0 ? min(256, bytes.count) : bytes.count
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          damaged[Int.random(in: 0..<bound, using: &random)] ^=
            1 << UInt8.random(in: 0..<8, using: &random)
        }
        try write(damaged, to: "\(folder)/damaged")
        refusalCount += readAll("\(folder)/damaged").refused
      }
      #expect(refusalCount > 0)
    }
  }

  @Test("that are truncated are refused", arguments: files)
  func truncated(name: String) throws {
    let whole = readAll(Fixture.path(name)).read
    var random = testStream("truncated \(name)")
    let bytes = try Fixture.bytes(name)
    try withTemporaryFolder { folder in
      for _ in 0..<30 {
        let count = Int.random(in: 0..<bytes.count, using: &random)
        try write(bytes.prefix(count), to: "\(folder)/cut")
        let (readCount, refusalCount) = readAll("\(folder)/cut")
        // A MATLAB file may end after any of its arrays.
        #expect(
          refusalCount > 0 || Fixture.needsMATIO.contains(name) && readCount < whole,
          "\(count) of \(bytes.count) bytes")
      }
    }
  }
}
