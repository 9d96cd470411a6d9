import Foundation
import TestSupport
import Testing

@testable import ArrayFiles

@Suite("Order of the elements")
struct OrderTests {
  @Test(
    "row after row, from column after column",
    arguments: [
      [], [0], [1], [7], [0, 3], [1, 5], [5, 1], [2, 3], [64, 65], [2, 3, 4], [1, 3, 1, 2],
      [3, 0, 2], [2, 2, 2, 2],
    ])
  func rowMajor(shape: [Int]) {
    let count = shape.reduce(1, *)
    let result = ArrayShape.rowMajor(Array(0..<count), shape: shape)
    // The definition: index i of the result in mixed radix, read with the first digit lowest.
    let expected = (0..<count).map { position in
      var rest = position
      var digits: [Int] = []
      for extent in shape.reversed() {
        digits.append(rest % extent)
        rest /= extent
      }
      return zip(digits, shape.reversed()).reduce(0) { $0 * $1.1 + $1.0 }
    }
    #expect(result == expected)
  }

  @Test("numbers are read across blocks", arguments: [16_383, 16_384, 16_385, 40_000])
  func blocks(count: Int) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/wide.npy"
      let data = (0..<count).flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8($0 & 255)] }
      try write(npyBytes(">u2", shape: "(\(count),)", data: data), to: path)
      #expect(
        try ArrayFiles.open(path: path).read("wide").values
          == .integers((0..<count).map { Int64($0) }))
    }
  }
}
