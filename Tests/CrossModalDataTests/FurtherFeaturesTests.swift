import ArrayFiles
import Tensors
import TestSupport
import Testing

@testable import CrossModalData

@Suite("Levels, parts and label vectors of a data set")
struct FurtherFeaturesTests {
  private static let count = 7

  /// Numbers that tell dataset, item and column.
  private static func numbers(_ dataset: Float, _ columns: Int) -> [Float] {
    (0..<count).flatMap { item in
      (0..<columns).map { dataset + Float(item) + Float($0) / 100 }
    }
  }

  private static var fixture: HDF5Fixture {
    var fixture = HDF5Fixture()
    fixture["/image"] = .init([count, 2], .float32(numbers(100, 2)))
    fixture["/text"] = .init([count, 3], .float32(numbers(200, 3)))
    fixture["/label"] = .init(
      [count, 2], .uint8((0..<(2 * count)).map { $0.isMultiple(of: 2) ? 1 : 0 }))
    fixture["/image_levels/b"] = .init([count, 4], .float32(numbers(300, 4)))
    fixture["/image_levels/a"] = .init([count, 1], .float32(numbers(400, 1)))
    fixture["/image_regions"] = .init(
      [count, 2, 3], .float32(numbers(500, 6)), layout: .compressed([3, 2, 3]))
    fixture["/text_tokens"] = .init(
      [count, 2, 2], .float16(bitPatterns: numbers(8, 4).map { Float16($0).bitPattern }))
    fixture["/label_vectors"] = .init([2, 5], .float32((0..<10).map(Float.init)))
    return fixture
  }

  private func withDataset(
    _ fixture: HDF5Fixture = fixture, _ body: (CrossModalDataset) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      try fixture.write(to: "\(folder)/rows.h5")
      try body(CrossModalDataset(path: "\(folder)/rows.h5"))
    }
  }

  private func row(_ features: ItemFeatures, _ item: Int) throws -> [Float] {
    let row = Matrix(rows: 1, columns: features.layout.columns)
    try features.copyRows([item], into: row)
    return row.values
  }

  @Test("stand behind the vector, levels by name, then parts")
  func order() throws {
    try withDataset { dataset in
      let features = dataset.features(.image, including: [.levels, .parts])
      #expect(
        features.layout
          == FeatureLayout(vector: 2, levels: [1, 4], parts: (count: 2, width: 3)))
      #expect(features.layout.parts?.width == 3)
      let expected: [Float] = [
        105, 105.01, 405, 305, 305.01, 305.02, 305.03, 505, 505.01, 505.02, 505.03, 505.04, 505.05,
      ]
      let fifth = try row(features, 5)
      #expect(fifth == expected)
    }
  }

  @Test("are left out unless asked for")
  func unasked() throws {
    try withDataset { dataset in
      let vector = try row(dataset.features(.image), 2)
      #expect(vector == [102, 102.01])
      let levels = try row(dataset.features(.image, including: .levels), 2)
      #expect(levels == [102, 102.01, 402, 302, 302.01, 302.02, 302.03])
      #expect(dataset.features(.text, including: .levels).layout == FeatureLayout(vector: 3))
      let tokens = try row(dataset.features(.text, including: .parts), 1)
      #expect(tokens[..<3] == [201, 201.01, 201.02])
      #expect(tokens[3...] == [9, 9.01, 9.02, 9.03].map { Float(Float16($0)) }[...])
    }
  }

  @Test("come in blocks as they come row by row", arguments: [1, 2, 7, 50])
  func blocks(blockRows: Int) throws {
    try withDataset { dataset in
      let features = dataset.features(.image, including: [.levels, .parts])
      let text = dataset.features(.text, including: [.parts])
      let items = [6, 0, 3, 3, 5, 1, 2, 4]
      var found = [Int: [[Float]]]()
      let pass = FeaturePass(over: items, of: [features, text], blockRows: blockRows)
      try pass.run { blocks, positions in
        #expect(blocks.count == 2 && positions.count <= blockRows)
        for (index, position) in positions.enumerated() {
          found[position] = blocks.map { Array($0.row(index)) }
        }
      }
      for (position, item) in items.enumerated() {
        let expected = [try row(features, item), try row(text, item)]
        #expect(found[position] == expected)
      }
    }
  }

  @Test("give the vectors of the labels, and words for readers")
  func labelVectors() throws {
    try withDataset { dataset in
      let vectors = try dataset.labelVectors()
      #expect(vectors?.rows == 2 && vectors?[1, 0] == 5)
      #expect(
        dataset.file.furtherFeatures
          == "image_levels/a of 1 columns, image_levels/b of 4 columns, image_regions of 2 × 3, "
          + "text_tokens of 2 × 2, label_vectors of 5 columns")
      #expect(dataset.file.ignored.isEmpty)
      let summary = try DatasetSummary(ofFileAt: dataset.path)
      #expect(summary.features.contains { $0.hasPrefix("/image_regions  7 × 2 × 3 float32 ") })
    }
    try withDataset(.synthetic()) { dataset in
      let vectors = try dataset.labelVectors()
      #expect(vectors == nil)
      #expect(dataset.file.furtherFeatures == nil)
    }
  }

  @Test(
    "are refused in one sentence when they do not fit",
    arguments: [
      ("/image_regions", HDF5Fixture.Dataset([7, 6], .float32(numbers(0, 6))), "3 dimensions"),
      ("/image_levels/a", .init([6, 1], .float32(Array(numbers(0, 1).prefix(6)))), "7 rows"),
      ("/label_vectors", .init([3, 1], .float32([1, 2, 3])), "2 rows, one for each column"),
      ("/text_levels", .init([7, 1], .float32(numbers(0, 1))), "a group with a dataset"),
    ])
  func refusals(path: String, dataset: HDF5Fixture.Dataset, words: String) throws {
    var fixture = Self.fixture
    fixture[path] = dataset
    try withTemporaryFolder { folder in
      try fixture.write(to: "\(folder)/rows.h5")
      do {
        _ = try DatasetFile(path: "\(folder)/rows.h5")
        Issue.record("opened")
      } catch {
        #expect("\(error)".contains(words), "\(error)")
        #expect("\(error)".contains(path), "\(error)")
      }
    }
  }

  @Test("are checked for NaN like any feature")
  func notANumber() throws {
    var fixture = Self.fixture
    var numbers = Self.numbers(500, 6)
    numbers[3 * 6 + 4] = .nan
    fixture["/image_regions"] = .init([7, 2, 3], .float32(numbers))
    try withDataset(fixture) { dataset in
      #expect {
        try dataset.validateFeatures()
      } throws: { "\($0)".contains("NaN in row 3, column 4") }
    }
  }

  @Test("are scaled block by block")
  func scaling() {
    let matrix = Matrix(rows: 3, columns: 5)
    for index in matrix.elements.indices { matrix.elements[index] = Float((index * 7 + 3) % 11) }
    for scaling in FeatureScaling.allCases {
      let joined = matrix.copy()
      scaling.fitted(to: matrix, blocks: [0..<2, 2..<5]).apply(to: joined)
      for block in [0..<2, 2..<5] {
        let part = Matrix(rows: 3, columns: block.count)
        for row in 0..<3 { _ = part.row(row).update(fromContentsOf: matrix.row(row)[block]) }
        scaling.fitted(to: part).apply(to: part)
        for row in 0..<3 { #expect(Array(joined.row(row)[block]) == Array(part.row(row))) }
      }
    }
  }
}
