import ArrayFiles
import Foundation
import TestSupport
import Testing

@Suite("Refusals of array files")
struct RefusalTests {
  @Test(
    "name what a file holds instead of numbers",
    arguments: [
      ("complex", "complex numbers (complex128)"),
      ("object", "Python objects, which only Python can load"),
      ("structured", "a structured type with the fields id, größe"),
      ("text", "text"), ("bytes", "text"), ("void", "raw bytes without a type"),
      ("dates", "dates or times"), ("long-double", "128-bit floating point numbers"),
    ])
  func numPyTypes(name: String, found: String) throws {
    let path = Fixture.path("\(name).npy")
    let file = try ArrayFiles.open(path: path)
    #expect(
      refusal { _ = try file.read(name) }
        == "\(path), dataset \(name): expected an array of numbers, found \(found).")
  }

  @Test(
    "name what a dataset holds instead of numbers",
    arguments: [
      ("plain.h5", "names", "text"), ("plain.h5", "complex", "complex numbers"),
      ("plain.h5", "colour", "elements of type enumeration"),
      ("plain.h5", "empty", "no data (an empty dataspace)"),
      ("matlab73.mat", "word", "text"), ("matlab73.mat", "cell", "a cell array"),
      ("matlab73.mat", "complex", "complex numbers"),
      ("matlab73.mat", "record", "a struct, whose fields have names such as record/x"),
      ("matlab5.mat", "word", "text"), ("matlab5.mat", "cell", "a cell array"),
      ("matlab5.mat", "complex", "complex numbers"), ("matlab5.mat", "record", "a struct array"),
    ])
  func datasets(name: String, dataset: String, found: String) throws {
    guard Fixture.hasMATIO || !Fixture.needsMATIO.contains(name) else { return }
    let path = Fixture.path(name)
    let file = try ArrayFiles.open(path: path)
    #expect(
      refusal { _ = try file.read(dataset) }
        == "\(path), dataset \(dataset): expected an array of numbers, found \(found).")
  }

  @Test("list the names of the file with their shapes")
  func unknownName() throws {
    let path = Fixture.path("stored.npz")
    let file = try ArrayFiles.open(path: path)
    #expect(
      refusal { _ = try file.read("code") }
        == "\(path), dataset code: expected the name of an array in this NumPy archive, found only "
        + "codes (40 × 16), deep/inside (2 × 3), features (6 × 4), labels (40 × 5), names (text).")
  }

  @Test("list no more than twenty names")
  func manyNames() throws {
    try withTemporaryFolder { folder in
      for index in 0..<23 {
        try NumPyFile.write(
          path: "\(folder)/array\(index).npy", shape: [1], values: [UInt8(index)])
      }
      let file = try ArrayFiles.open(path: folder)
      #expect(refusal { _ = try file.read("x") }?.hasSuffix("array6 (1), 3 more.") == true)
    }
  }

  @Test("say that an integer is too large")
  func largeInteger() throws {
    let path = Fixture.path("too-large-integer.npy")
    let file = try ArrayFiles.open(path: path)
    #expect(
      refusal { _ = try file.read("too-large-integer") }
        == "\(path): expected integers below 2^63, found 18446744073709551615 at position 1.")
  }

  static let kinds =
    "a NumPy file (.npy or .npz), a folder of .npy files, an HDF5 file or a MATLAB file"

  @Test(
    "say what a file is instead",
    arguments: [
      (Array("a,b\n1,2\n".utf8), kinds, "text"), ([1, 2, 3, 0], kinds, "a file of another kind"),
      ([], kinds, "an empty file"),
      (
        Array("PK\u{5}\u{6}".utf8), "a complete zip file",
        "one without its directory, such as a truncated one"
      ),
      (
        npyBytes("{'descr': '<f4'}"), "a NumPy header with descr, fortran_order and shape",
        "a damaged one"
      ),
      (npyBytes("<q9", shape: "(1,)"), "a type of NumPy", "an unknown one"),
      (npyBytes("<f4", shape: "(-1, 2)"), "a shape of counts", "a damaged one"),
      ([0x93] + Array("NUMPY".utf8) + [9, 0, 0, 0, 0, 0], "NumPy format 1.0, 2.0 or 3.0", "9.0"),
      (Array("MATLAB 7.3 MAT-file".utf8), "an HDF5 file", "a file without the HDF5 signature"),
    ] as [([UInt8], String, String)])
  func otherFiles(bytes: [UInt8], expected: String, found: String) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/file"
      try write(bytes, to: path)
      #expect(
        refusal { _ = try ArrayFiles.open(path: path) }
          == "\(path): expected \(expected), found \(found).")
    }
  }

  @Test("name a missing file and a folder without arrays")
  func nothing() throws {
    try withTemporaryFolder { folder in
      #expect(
        refusal { _ = try ArrayFiles.open(path: "\(folder)/none") }
          == "\(folder)/none: expected \(Self.kinds), found no file.")
      #expect(
        refusal { _ = try ArrayFiles.open(path: folder) }
          == "\(folder): expected a folder with .npy files, found none of them.")
    }
  }

  @Test("a damaged array does not hide the others of an archive or a folder")
  func damagedNeighbour() throws {
    try withTemporaryFolder { folder in
      try NumPyFile.write(path: "\(folder)/good.npy", shape: [2], values: [1, 2] as [Float])
      try write(npyBytes("<f4", shape: "(9,)", data: [0]), to: "\(folder)/bad.npy")
      let file = try ArrayFiles.open(path: folder)
      #expect(try file.read("good").values == .floats([1, 2]))
      #expect(
        refusal { _ = try file.read("bad") }
          == "\(folder), dataset bad: expected an array of numbers, found 1 bytes where the numbers "
          + "of shape 9, float32 should be.")
    }
  }
}

#if MATIO
  @Suite("Packed arrays of MATLAB")
  struct PackedMATLABTests {
    // libmatio itself does not look at the checksum.
    @Test("with a flipped bit are refused, not read as other numbers")
    func flipped() throws {
      let name = "matlab5-compressed.mat"
      let sound = try ArrayFiles.open(path: Fixture.path(name))
      let bytes = try Fixture.bytes(name)
      var random = testStream("packed MATLAB arrays")
      try withTemporaryFolder { folder in
        var refusalCount = 0
        for _ in 0..<60 {
          var damaged = bytes
          damaged[Int.random(in: 128..<bytes.count, using: &random)] ^=
            1 << UInt8.random(in: 0..<8, using: &random)
          try write(damaged, to: "\(folder)/damaged.mat")
          guard let file = try? ArrayFiles.open(path: "\(folder)/damaged.mat") else {
            refusalCount += 1
            continue
          }
          for entry in file.entries where entry.obstacle == nil {
            do {
              let array = try file.read(entry.name)
              // The names of arrays are packed too.
              guard let whole = try? sound.read(entry.name) else { continue }
              #expect(whole.values == array.values || whole.values.holdsNaN, "\(entry.name)")
            } catch { refusalCount += 1 }
          }
        }
        #expect(refusalCount >= 40)
      }
    }
  }

  extension NumericArray.Values {
    /// Whether there is a NaN, which no array equals.
    fileprivate var holdsNaN: Bool {
      switch self {
      case .floats(let floats): floats.contains { $0.isNaN }
      case .doubles(let doubles): doubles.contains { $0.isNaN }
      default: false
      }
    }
  }
#endif
