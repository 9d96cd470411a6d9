import ArrayFiles
import Foundation
import TestSupport
import Testing

@Suite("Arrays that NumPy, SciPy and h5py wrote")
struct FixtureTests {
  @Test("are read as they were written", arguments: Fixture.describedFiles)
  func numbers(name: String) throws {
    let all = try Fixture.expected()
    let expected = try #require(all[name])
    let file = try ArrayFiles.open(path: Fixture.path(name))
    #expect(file.path == Fixture.path(name))
    #expect(file.entries.map(\.name) == expected.keys.sorted())
    for entry in file.entries {
      guard let contents = expected[entry.name] ?? nil else {
        #expect(entry.obstacle != nil, "\(entry.name) holds no numbers")
        #expect(refusal { _ = try file.read(entry.name) }?.contains(entry.obstacle ?? "") == true)
        continue
      }
      #expect(entry.obstacle == nil)
      #expect(entry.shape == contents.shape, "\(entry.name)")
      #expect(entry.elementName == contents.type, "\(entry.name)")
      expectEqual(try file.read(entry.name), contents)
    }
  }

  @Test("are told apart by their content, not their names")
  func content() throws {
    let kinds = [
      "uint8.npy": "NumPy file", "stored.npz": "NumPy archive", "plain.h5": "HDF5 file",
      "matlab73.mat": "MATLAB 7.3 file",
    ]
    try withTemporaryFolder { folder in
      for (name, kind) in kinds {
        try write(Fixture.bytes(name), to: "\(folder)/array.dat")
        #expect(try ArrayFiles.open(path: "\(folder)/array.dat").kindName == kind)
      }
      try write(Fixture.bytes("uint8.npy"), to: "\(folder)/codes.npy")
      #expect(try ArrayFiles.open(path: folder).kindName == "folder")
    }
  }

  @Test("keep the narrow type")
  func narrow() throws {
    let file = try ArrayFiles.open(path: Fixture.path("stored.npz"))
    guard case .bytes = try file.read("labels").values else {
      Issue.record("uint8 is not kept as bytes")
      return
    }
    guard case .floats = try file.read("features").values else {
      Issue.record("float32 is not kept as floats")
      return
    }
  }

  @Test("of a folder are named by their files")
  func folder() throws {
    let file = try ArrayFiles.open(path: Fixture.folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: Fixture.folder)
      .filter { $0.hasSuffix(".npy") }.map { String($0.dropLast(4)) }
    #expect(file.entries.map(\.name) == names.sorted())
    let expected = try Fixture.expected()
    for name in ["uint8", "float64-big-fortran"] {
      let contents = try #require(expected["\(name).npy"]?[name] ?? nil)
      expectEqual(try file.read(name), contents)
    }
    #expect(file.entries.first { $0.name == "object" }?.obstacle != nil)
  }

  @Test(
    "of MATLAB 5 need libmatio", .enabled(if: !Fixture.hasMATIO, "this build has libmatio"))
  func withoutMATIO() {
    for name in Fixture.needsMATIO {
      let sentence = refusal { _ = try ArrayFiles.open(path: Fixture.path(name)) }
      #expect(sentence?.contains("install libmatio-dev and build again") == true)
    }
  }
}
