import ArrayFiles
import Foundation
import Tensors
import TestSupport
import Testing

@testable import CrossModalData

@Suite("A pass over features")
struct FeaturePassTests {
  /// The items of each block in the order handed out, and the rows by position.
  private func rows(
    of source: FeatureSource, _ items: [Int], blockRows: Int
  ) throws -> (blocks: [[Int]], rows: [Int: [Float]]) {
    let view = ItemFeatures(vectors: source)
    var blocks: [[Int]] = []
    var rows: [Int: [Float]] = [:]
    try FeaturePass(over: items, of: [view], blockRows: blockRows).run { matrices, positions in
      #expect(matrices.count == 1 && matrices[0].rows == positions.count)
      blocks.append(positions.map { items[$0] })
      for (index, position) in positions.enumerated() {
        rows[position] = Array(matrices[0].row(index))
      }
    }
    return (blocks, rows)
  }

  @Test(
    "goes through the file in its order and gives every position its row",
    arguments: StorageForm.all, [1, 4, 23, 100])
  func order(form: StorageForm, blockRows: Int) throws {
    try form.withSource { source in
      var random = testStream("pass \(blockRows)")
      let all = Array(0..<StorageForm.rows)
      for items in [[], all, all.shuffled(using: &random), [5, 22, 5, 0], [7]] {
        let (blocks, found) = try rows(of: source, items, blockRows: blockRows)
        #expect(blocks.flatMap(\.self) == items.sorted())
        #expect(blocks.dropLast().allSatisfy { $0.count == blockRows })
        #expect(found.count == items.count)
        for (position, item) in items.enumerated() {
          let first = item * StorageForm.columns
          #expect(
            found[position] == Array(StorageForm.values[first..<(first + StorageForm.columns)]))
        }
      }
    }
  }

  @Test("ends with the first error of either side")
  func errors() throws {
    struct Stop: Error {}
    try withTemporaryFolder { folder in
      var fixture = HDF5Fixture()
      var values = [Float](repeating: 1, count: 60)
      values[3 * 15] = .nan
      fixture["/image"] = .init([20, 3], .float32(values), layout: .compressed([4, 3]))
      try fixture.write(to: "\(folder)/bad.h5")
      let source = try #require(try DatasetFile(path: "\(folder)/bad.h5").image)
      let pass = FeaturePass(
        over: Array(0..<20), of: [ItemFeatures(vectors: source)], blockRows: 5)
      var worked = 0
      let error = #expect(throws: DatasetError.self) {
        try pass.run { _, positions in worked += positions.count }
      }
      #expect(error?.found == "NaN in row 15, column 0")
      #expect(worked == 15)
      #expect(throws: Stop.self) { try pass.run { _, _ in throw Stop() } }
    }
  }

  @Test("over a mapped file keeps little of it in memory", arguments: [false, true])
  func residentPages(isShuffled: Bool) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/large.h5"
      let (count, columns) = (16_384, 1024)
      var fixture = HDF5Fixture()
      fixture["/image"] = .init(
        [count, columns], .float32([Float](repeating: 0.5, count: count * columns)))
      try fixture.write(to: path)
      let source = try #require(try DatasetFile(path: path).image)
      #expect(source.isMapped)
      var random = testStream("resident pages")
      let items = isShuffled ? (0..<count).shuffled(using: &random) : Array(0..<count)
      var largest = 0
      try FeaturePass(over: items, of: [ItemFeatures(vectors: source)], blockRows: 512).run {
        _, _ in
        largest = max(largest, try Self.residentBytes(mapping: path))
      }
      let target = Matrix(rows: 8192, columns: columns)
      try source.copyRows(Array(items.prefix(8192)), into: target)
      largest = max(largest, try Self.residentBytes(mapping: path))
      // The file has 64 MiB; a part of 16 MiB is copied at a time while another is looked at.
      #expect(largest <= 20 << 20)
    }
  }

  /// Bytes of a mapped file that lie in this process's memory, as Linux counts them.
  private static func residentBytes(mapping path: String) throws -> Int {
    var bytes = 0
    var isInside = false
    for line in try String(contentsOfFile: "/proc/self/smaps", encoding: .utf8).split(
      separator: "\n")
    {
      let words = line.split(separator: " ")
      if !words[0].hasSuffix(":") {
        isInside = line.hasSuffix(path)
      } else if isInside, words[0] == "Rss:", let kibibytes = Int(words[1]) {
        bytes += kibibytes * 1024
      }
    }
    return bytes
  }
}
