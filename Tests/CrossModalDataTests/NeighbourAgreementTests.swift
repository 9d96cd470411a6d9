import Foundation
import Retrieval
import Tensors
import TestSupport
import Testing

@testable import CrossModalData

private let packageRoot = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
private let wiki = packageRoot.appendingPathComponent("../shared/data/wiki.h5").standardized.path

@Suite("Agreement of neighbours")
struct NeighbourAgreementTests {
  // Reference: all pairs in Double and a sort. Random rows have no ties.
  @Test("finds the rows of greatest centred cosine", arguments: [1, 3, 5])
  func nearest(count: Int) {
    var random = testStream("nearest rows")
    let (rows, columns, askedCount) = (130, 7, 117)
    let matrix = Matrix(rows: rows, columns: columns)
    for index in matrix.elements.indices { matrix.elements[index] = Float(random.nextNormal()) + 3 }
    let means = (0..<columns).map { column in
      (0..<rows).reduce(0.0) { $0 + Double(matrix[$1, column]) } / Double(rows)
    }
    let centred = (0..<rows).map { row in
      (0..<columns).map { Double(matrix[row, $0]) - means[$0] }
    }
    let unit = centred.map { row in
      let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return row.map { $0 / length }
    }
    let expected = (0..<askedCount).map { item in
      let cosines = unit.map { zip(unit[item], $0).reduce(0) { $0 + $1.0 * $1.1 } }
      return Array(
        (0..<rows).filter { $0 != item }.sorted {
          (-cosines[$0], $0) < (-cosines[$1], $1)
        }.prefix(count))
    }
    let found = matrix.nearestByCosine(count, askedCount: askedCount)
    #expect(found == expected)
  }

  /// Figures of a file with its labels as they are, or with its label rows in random order.
  private func figures(
    _ path: String, shuffle: Int? = nil, seed: UInt64 = 1
  ) throws -> [NeighbourAgreement] {
    let file = try DatasetFile(path: path)
    let labels = try #require(file.labels)
    var order = Array(0..<labels.count)
    if let shuffle {
      var random = testStream("shuffled labels \(shuffle)")
      order.shuffle(using: &random)
    }
    let scan = try DatasetScan(file)
    return try [(file.image, scan.image), (file.text, scan.text)].compactMap { source, facts in
      guard let source, let facts else { return nil }
      return try NeighbourAgreement(
        of: source, labels: labels.selecting(order), lengths: facts.lengths, seed: seed)
    }
  }

  /// Whether real labels pass for every sample, and shuffled ones never do.
  private func check(_ path: String, samples: UInt64, shuffles: Int) throws {
    for seed in 1...samples {
      let real = try figures(path, seed: seed)
      #expect(real.count == 2)
      #expect(real.allSatisfy { !$0.isDoubtful }, "\(real)")
    }
    for shuffle in 0..<shuffles {
      let shuffled = try figures(path, shuffle: shuffle)
      #expect(shuffled.count == 2)
      #expect(shuffled.allSatisfy { $0.isDoubtful }, "\(shuffled)")
      // Shuffled rows share labels as often as chance says: within five of its deviations.
      #expect(shuffled.allSatisfy { $0.deviations > -5 }, "\(shuffled)")
    }
  }

  @Test("tells features that follow the labels from rows that do not")
  func synthetic() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/tiny.h5"
      try HDF5Fixture.synthetic(itemCount: 300).write(to: path)
      try check(path, samples: 3, shuffles: 5)
    }
  }

  @Test("tells shuffled label rows of Open Clip Art")
  func openclipart() throws {
    try check(
      packageRoot.appendingPathComponent("Data/openclipart.h5").path, samples: 1, shuffles: 2)
  }

  @Test(
    "tells shuffled label rows of Wiki, whose pictures are weak",
    .enabled(if: FileManager.default.fileExists(atPath: wiki), "there is no \(wiki)"))
  func weak() throws {
    try check(wiki, samples: 3, shuffles: 4)
  }

  private func bytes(_ path: String, of fixture: HDF5Fixture) throws -> [UInt8] {
    let dataset = try #require(fixture[path])
    guard case .uint8(let bytes) = dataset.values else { return [] }
    return bytes
  }

  @Test("leaves out items without labels or features, and needs 200 others")
  func eligible() throws {
    try withTemporaryFolder { folder in
      var fixture = HDF5Fixture.synthetic(itemCount: 202)
      var (labels, text) = (try bytes("/label", of: fixture), try bytes("/text", of: fixture))
      for column in 0..<3 { labels[3 * 3 + column] = 0 }
      for column in 0..<9 { text[7 * 9 + column] = 0 }
      fixture["/label"]?.values = .uint8(labels)
      fixture["/text"]?.values = .uint8(text)
      try fixture.write(to: "\(folder)/some.h5")
      let some = try figures("\(folder)/some.h5")
      #expect(some.map(\.sampleCount) == [201, 200])
      #expect(some.map(\.askedCount) == [201, 200])
      for column in 0..<9 { text[8 * 9 + column] = 0 }
      fixture["/text"]?.values = .uint8(text)
      try fixture.write(to: "\(folder)/few.h5")
      let few = try figures("\(folder)/few.h5")
      #expect(few.map(\.path) == ["/image"])
    }
  }
}
