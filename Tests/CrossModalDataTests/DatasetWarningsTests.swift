import CrossModalData
import TestSupport
import Testing

@Suite("Warnings about a data set")
struct DatasetWarningsTests {
  /// Opens a changed synthetic data set and returns its warnings for the official split.
  private func warnings(_ change: (inout HDF5Fixture) -> Void) throws -> [String] {
    try withTemporaryFolder { folder in
      var fixture = HDF5Fixture.synthetic(itemCount: 6, imageColumns: 2, textColumns: 2)
      // Distinct rows; items 0 and 5 ask.
      fixture["/image"]?.values = .float32((0..<12).map(Float.init))
      fixture["/text"]?.values = .uint8((1...12).map { UInt8($0) })
      fixture["/label"]?.values = .uint8(Array(repeating: 1, count: 18))
      change(&fixture)
      try fixture.write(to: "\(folder)/tiny.h5")
      let dataset = try CrossModalDataset(path: "\(folder)/tiny.h5")
      return try dataset.warnings(for: dataset.split(for: .stored("official")))
    }
  }

  @Test("are absent where nothing is amiss")
  func clean() throws {
    #expect(try warnings { _ in } == [])
  }

  @Test("count items without labels and queries with nothing relevant")
  func unlabelled() throws {
    let found = try warnings {
      $0["/label"]?.values = .uint8(
        [
          1, 0, 0,
          0, 0, 0,
          0, 1, 0,
          0, 0, 1,
          0, 1, 0,
          0, 1, 1,
        ])
    }
    #expect(found == ["items without labels: 1 of 6", "queries with nothing relevant: 1 of 2"])
  }

  @Test("count empty texts, which are also equal to each other")
  func emptyText() throws {
    let found = try warnings {
      $0["/text"]?.values = .uint8([0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6])
    }
    #expect(
      found == [
        "empty text rows: 3 of 6", "queries with the text row of a training item: 1 of 2",
      ])
  }

  @Test("count queries whose picture is trained on")
  func samePicture() throws {
    let found = try warnings {
      $0["/image"]?.values = .float32([7, 8, 1, 2, 7, 8, 3, 4, 5, 6, 1, 2])
    }
    #expect(found == ["queries with the picture features of a training item: 2 of 2"])
  }

  @Test("count queries that are searched too")
  func searched() throws {
    let found = try warnings { $0["/split/database_idx"] = .init([3], .int32([0, 1, 2])) }
    #expect(found == ["queries that are searched too: 1 of 2"])
  }
}
