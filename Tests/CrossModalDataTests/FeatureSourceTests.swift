import ArrayFiles
import Tensors
import TestSupport
import Testing

@testable import CrossModalData

/// A type and a layout of `/image`, and whether it can be mapped.
struct StorageForm: CustomTestStringConvertible, Sendable {
  enum Element: String, Sendable, CaseIterable {
    case float16, float32, bigEndianFloat32, float64, uint8
  }
  enum Layout: String, Sendable, CaseIterable {
    case contiguous, chunked, chunkedByColumn, compressed
  }

  let element: Element
  let layout: Layout

  static let all = Element.allCases.flatMap { element in
    Layout.allCases.map { StorageForm(element: element, layout: $0) }
  }

  var isMapped: Bool { element == .float32 && layout == .contiguous }
  var testDescription: String { "\(element.rawValue), \(layout.rawValue)" }

  static let rows = 23
  static let columns = 5

  /// Whole numbers, which every type holds exactly.
  static let values = (0..<(rows * columns)).map { Float($0 * 7 % 251) }

  var dataset: HDF5Fixture.Dataset {
    let values = Self.values
    let elements: HDF5Fixture.Values =
      switch element {
      case .float16: .float16(bitPatterns: values.map { Float16($0).bitPattern })
      case .float32: .float32(values)
      case .bigEndianFloat32: .bigEndianFloat32(values)
      case .float64: .float64(values.map(Double.init))
      case .uint8: .uint8(values.map { UInt8($0) })
      }
    let stored: HDF5Fixture.Layout =
      switch layout {
      case .contiguous: .contiguous
      case .chunked: .chunked([4, 5])
      case .chunkedByColumn: .chunked([10, 2])
      case .compressed: .compressed([7, 5])
      }
    return .init([Self.rows, Self.columns], elements, layout: stored)
  }

  /// Writes a file of pictures only and opens them.
  func withSource(_ body: (FeatureSource) throws -> Void) throws {
    try withTemporaryFolder { folder in
      var fixture = HDF5Fixture()
      fixture["/image"] = dataset
      try fixture.write(to: "\(folder)/rows.h5")
      try body(#require(DatasetFile(path: "\(folder)/rows.h5").image))
    }
  }
}

@Suite("Feature rows")
struct FeatureSourceTests {
  private static let lists: [[Int]] = [
    [], [0], [22], Array(0..<23), Array((0..<23).reversed()), [3, 4, 5, 9, 10, 22],
    [5, 5, 5], [7, 0, 22, 7, 1],
  ]

  private func expectRows(_ indices: some Sequence<Int>, in matrix: Matrix) {
    for (position, index) in indices.enumerated() {
      let columns = StorageForm.columns
      #expect(
        Array(matrix.row(position))
          == Array(StorageForm.values[(index * columns)..<((index + 1) * columns)]))
    }
  }

  @Test("come out as written, whatever the type and the layout", arguments: StorageForm.all)
  func copies(form: StorageForm) throws {
    try form.withSource { source in
      #expect(source.isMapped == form.isMapped)
      for indices in Self.lists {
        let matrix = Matrix(rows: indices.count, columns: source.columns)
        try source.copyRows(indices, into: matrix)
        expectRows(indices, in: matrix)
      }
    }
  }

  @Test(
    "come in blocks that cover the list in order", arguments: StorageForm.all,
    [1, 2, 22, 23, 24, 100])
  func blocks(form: StorageForm, blockRows: Int) throws {
    try form.withSource { source in
      for indices in Self.lists {
        var covered = 0
        try source.forEachBlock(of: indices, blockRows: blockRows) { block, range in
          #expect(range.lowerBound == covered)
          #expect(block.rows == range.count && range.count <= blockRows)
          expectRows(indices[range], in: block)
          covered = range.upperBound
        }
        #expect(covered == indices.count)
      }
    }
  }

  @Test("reuse one matrix for all blocks of a size")
  func reuse() throws {
    for form in StorageForm.all {
      try form.withSource { source in
        var matrices: [Matrix] = []
        try source.forEachBlock(blockRows: 5) { block, _ in matrices.append(block) }
        #expect(matrices.count == 5)
        #expect(matrices.prefix(4).allSatisfy { $0 === matrices[0] })
      }
    }
  }

  @Test("of half precision are exact for every finite bit pattern")
  func halfPrecision() throws {
    let patterns = (UInt16.min...UInt16.max).filter { Float16(bitPattern: $0).isFinite }
    #expect(patterns.count == 256 * 248)
    try withTemporaryFolder { folder in
      var fixture = HDF5Fixture()
      fixture["/image"] = .init(
        [256, 248], .float16(bitPatterns: patterns), layout: .compressed([100, 248]))
      try fixture.write(to: "\(folder)/half.h5")
      let source = try #require(try DatasetFile(path: "\(folder)/half.h5").image)
      let matrix = Matrix(rows: 256, columns: 248)
      try source.copyRows(Array(0..<256), into: matrix)
      let mismatch = zip(matrix.elements, patterns).first {
        $0.bitPattern != Float(Float16(bitPattern: $1)).bitPattern
      }
      #expect(mismatch == nil)
    }
  }

  @Test("at an address that is no multiple of four are read, not mapped")
  func unaligned() throws {
    try withTemporaryFolder { folder in
      var fixture = HDF5Fixture()
      // Written first, 3 bytes long: what follows starts at an odd address.
      fixture["/odd"] = .init([3], .uint8([1, 2, 3]))
      fixture["/image"] = .init(
        [StorageForm.rows, StorageForm.columns], .float32(StorageForm.values))
      try fixture.write(to: "\(folder)/odd.h5")
      let source = try #require(try DatasetFile(path: "\(folder)/odd.h5").image)
      #expect(!source.isMapped)
      let matrix = Matrix(rows: StorageForm.rows, columns: StorageForm.columns)
      try source.copyRows(Array(0..<StorageForm.rows), into: matrix)
      expectRows(0..<StorageForm.rows, in: matrix)
    }
  }
}

@Suite("Numbers that are not finite")
struct NonFiniteTests {
  @Test(
    "are refused with the row and the column of the first",
    arguments: [(Float.nan, "NaN"), (.infinity, "infinity"), (-.infinity, "infinity")],
    [HDF5Fixture.Layout.contiguous, .compressed([9, 6])])
  func refused(bad: (value: Float, name: String), layout: HDF5Fixture.Layout) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/bad.h5"
      var fixture = HDF5Fixture.synthetic()
      var values = [Float](repeating: 1, count: 240)
      values[17 * 6 + 3] = bad.value
      values[17 * 6 + 5] = .nan
      values[30 * 6] = .nan
      fixture["/image"] = .init([40, 6], .float32(values), layout: layout)
      try fixture.write(to: path)
      let sentence =
        "\(path), dataset /image: expected finite numbers, found \(bad.name) in row 17, column 3."
      let dataset = try CrossModalDataset(path: path)
      let whole = #expect(throws: DatasetError.self) { try dataset.validateFeatures() }
      #expect(whole?.description == sentence)
      // The row is the item's, not the position in the list or in the block.
      let list = #expect(throws: DatasetError.self) {
        try dataset.image.copyRows([39, 2, 17], into: Matrix(rows: 3, columns: 6))
      }
      #expect(list?.description == sentence)
      let blocks = #expect(throws: DatasetError.self) {
        try dataset.image.forEachBlock(of: [1, 2, 3, 17], blockRows: 3) { _, _ in }
      }
      #expect(blocks?.description == sentence)
      try dataset.image.copyRows([16, 18], into: Matrix(rows: 2, columns: 6))
    }
  }

  @Test("of half precision are refused as well")
  func halfPrecision() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/half.h5"
      var fixture = HDF5Fixture.synthetic()
      var patterns = [UInt16](repeating: Float16(1).bitPattern, count: 240)
      patterns[239] = Float16.nan.bitPattern
      fixture["/image"] = .init([40, 6], .float16(bitPatterns: patterns))
      try fixture.write(to: path)
      let dataset = try CrossModalDataset(path: path)
      let error = #expect(throws: DatasetError.self) { try dataset.validateFeatures() }
      #expect(error?.found == "NaN in row 39, column 5")
    }
  }

  @Test("are found wherever they stand, and only they", arguments: [1, 7, 64, 130])
  func search(columns: Int) {
    let extremes: [Float] = [
      .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNonzeroMagnitude, -0.0, 0,
    ]
    let matrix = Matrix(rows: 2, columns: columns)
    for index in matrix.elements.indices { matrix.elements[index] = extremes[index % 5] }
    #expect(firstNonFinite(in: matrix) == nil)
    for index in matrix.elements.indices {
      let saved = matrix.elements[index]
      matrix.elements[index] = index.isMultiple(of: 2) ? -.infinity : .nan
      let place = firstNonFinite(in: matrix)
      #expect(place?.row == index / columns && place?.column == index % columns)
      matrix.elements[index] = saved
    }
  }
}

extension RandomStream {
  func shuffled(_ values: [Int]) -> [Int] {
    var stream = self
    return values.shuffled(using: &stream)
  }
}
