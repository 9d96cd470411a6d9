import Foundation
import TestSupport
import Testing

@testable import ArrayFiles

@Suite("Shapes that no file can hold")
struct AbsurdShapeTests {
  @Test(
    "are refused in a NumPy file",
    arguments: [
      "(3, 1099511627776)", "(9223372036854775807, 2)",
      "(4611686018427387904, 4611686018427387904)",
      "(0, 9223372036854775807)", "(3, 5)",
    ])
  func numPy(shape: String) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/absurd.npy"
      try write(npyBytes("<f4", shape: shape, data: [0, 0, 0, 0]), to: path)
      let text = shape.filter { !"(),".contains($0) }.split(separator: " ").joined(separator: " × ")
      #expect(
        refusal { _ = try ArrayFiles.open(path: path) }
          == "\(path): expected the numbers of shape \(text), float32, found 4 bytes.")
    }
  }

  @Test("are refused in an HDF5 file, whose chunks may never have been written")
  func hdf5() throws {
    let path = Fixture.path("absurd.h5")
    let file = try ArrayFiles.open(path: path)
    for name in ["image", "text"] {
      let sentence = refusal { _ = try file.read(name) }
      #expect(sentence?.contains("found shape 3 × 1099511627776 of 4 bytes each") == true)
    }
    #expect(try file.read("label").shape == [3, 2])
  }

  @Test("are refused in a MATLAB file", .enabled(if: Fixture.hasMATIO, "built without libmatio"))
  func matlab() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/absurd.mat"
      var bytes = try Fixture.bytes("matlab5.mat")
      // The first array: tag of 8 bytes, flags of 16, then the tag and the extents 4 and 3.
      #expect(Array(bytes[160..<168]) == [4, 0, 0, 0, 3, 0, 0, 0])
      bytes.replaceSubrange(160..<168, with: [0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0x7f])
      try write(bytes, to: path)
      let file = try ArrayFiles.open(path: path)
      #expect(
        refusal { _ = try file.read("double") }
          == "\(path), dataset double: expected an array of numbers, found shape "
          + "2147483647 × 2147483647, more than the file can hold.")
    }
  }

  @Test("of sparse matrices are refused by what they take in full")
  func sparse() {
    let matrix = SparseColumns(
      rowCount: 1 << 40, columnCount: 1, rows: [5], starts: [0, 1], values: .bytes([1]))
    let sentence = refusal {
      _ = try matrix.dense { DatasetError(file: "x.mat", expected: $0, found: $1) }
    }
    #expect(sentence?.hasSuffix("found 1099511627776 × 1 with 1 elements.") == true)
  }

  @Test(
    "sparse indices outside the matrix are refused",
    arguments: [
      ([3], [0, 1, 1]), ([-1], [0, 1, 1]), ([0], [0, 2, 1]), ([0], [0, 1]), ([0], [1, 1, 1]),
      ([0], [0, 0, 0]),
    ])
  func sparseIndices(rows: [Int], starts: [Int]) {
    let matrix = SparseColumns(
      rowCount: 3, columnCount: 2, rows: rows, starts: starts, values: .doubles([1]))
    let sentence = refusal {
      _ = try matrix.dense { DatasetError(file: "x.mat", expected: $0, found: $1) }
    }
    #expect(
      sentence == "x.mat: expected a sound sparse matrix, found indices that do not fit it.")
  }

  @Test("the bytes of a shape are counted without overflow")
  func byteCount() {
    #expect(ArrayShape.byteCount([], elementBytes: 8) == 8)
    #expect(ArrayShape.byteCount([3, 4], elementBytes: 2) == 24)
    #expect(ArrayShape.byteCount([0, 4], elementBytes: 2) == 0)
    #expect(ArrayShape.byteCount([0, 1 << 40], elementBytes: 2) == nil)
    let large = Int(Int32.max)
    #expect(ArrayShape.byteCount([large, large, large, 0], elementBytes: 8) == 0)
    #expect(ArrayShape.count([large, large, large, 0]) == 0)
    #expect(ArrayShape.byteCount([-1, 2], elementBytes: 1) == nil)
    #expect(ArrayShape.byteCount([1 << 32, 1 << 31], elementBytes: 1) == nil)
    #expect(ArrayShape.largestByteCount(storedBytes: 0) == 64 << 20)
    #expect(ArrayShape.largestByteCount(storedBytes: .max) == .max)
  }
}
