import ArrayFiles
import Foundation
import TestSupport
import Testing

@Suite("Writing NumPy files")
struct NumPyWritingTests {
  /// Reads a fixture, writes its numbers, and compares the bytes with NumPy's.
  private func check(_ name: String) throws {
    let array = try ArrayFiles.open(path: Fixture.path("\(name).npy")).read(name)
    try withTemporaryFolder { folder in
      let path = "\(folder)/copy.npy"
      switch (array.values, name) {
      case (.bytes(let bytes), _):
        try NumPyFile.write(path: path, shape: array.shape, values: bytes)
      // What is not written goes through int64.
      case (.signedBytes(let bytes), _):
        try NumPyFile.write(path: path, shape: array.shape, values: bytes.map { Int64($0) })
      case (.integers(let integers), "int32"):
        try NumPyFile.write(path: path, shape: array.shape, values: integers.map { Int32($0) })
      case (.integers(let integers), _):
        try NumPyFile.write(path: path, shape: array.shape, values: integers)
      case (.floats(let floats), _):
        try NumPyFile.write(path: path, shape: array.shape, values: floats)
      case (.doubles(let doubles), _):
        try NumPyFile.write(path: path, shape: array.shape, values: doubles)
      }
      let written = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      #expect(try written == Fixture.bytes("\(name).npy"))
    }
  }

  @Test(
    "gives the bytes that NumPy gives",
    arguments: ["uint8", "int32", "int64", "float32", "float64", "scalar", "no-rows", "version-1"])
  func bytes(name: String) throws { try check(name) }

  @Test("replaces an older file and leaves nothing else behind")
  func replace() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/array.npy"
      try NumPyFile.write(path: path, shape: [1], values: [1] as [Float])
      try NumPyFile.write(path: path, shape: [2, 1], values: [2, 3] as [Double])
      #expect(try ArrayFiles.open(path: path).read("array").values == .doubles([2, 3]))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["array.npy"])
    }
  }

  @Test("leaves no part behind when it fails")
  func failure() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/taken.npy"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      #expect(
        refusal { try NumPyFile.write(path: path, shape: [1], values: [1] as [Float]) }
          == "\(path): expected a file that can be written, found that it cannot (Is a directory).")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["taken.npy"])
      #expect(
        refusal {
          try NumPyFile.write(path: "\(folder)/none/a.npy", shape: [1], values: [1] as [Float])
        }?.hasSuffix("found that it cannot (No such file or directory).") == true)
    }
  }
}
