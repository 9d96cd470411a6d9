import ArrayFiles
import CrossModalData
import TestSupport
import Testing

@Suite("Data sets that a manifest names")
struct DatasetReferenceTests {
  private static let named: [DatasetReference] = [
    .openclipart, .wiki, .mirflickr1k, .mirflickr25k, .nuswide, .mscoco,
  ]

  @Test("a missing file is explained", arguments: named)
  func missing(reference: DatasetReference) throws {
    try withTemporaryFolder { folder in
      let error = #expect(throws: DatasetError.self) { try reference.locate(in: folder) }
      let homePage = try #require(reference.homePage)
      #expect(
        error?.description
          == "\(folder)/\(reference.fileName): expected the data set \(reference.title) "
          + "(\(reference.whatItIs), from \(homePage)), found no file; put it there in the form "
          + "of Documentation/DataFormat.md.")
    }
  }

  @Test("have names and files of their own")
  func distinct() {
    #expect(Set(Self.named.map(\.name)).count == Self.named.count)
    #expect(Set(Self.named.map(\.fileName)).count == Self.named.count)
  }

  @Test(
    "a file of the user's own goes by its name",
    arguments: [("mine", "mine"), ("mine.h5", "mine"), ("sub/mine", "mine")])
  func own(given: String, name: String) throws {
    try withTemporaryFolder { folder in
      try HDF5Fixture.synthetic().write(to: "\(folder)/mine.h5")
      let reference = DatasetReference.file(given)
      #expect(reference.name == name)
      guard !given.contains("/") else { return }
      #expect(try CrossModalDataset(reference, in: folder).name == name)
      #expect(try reference.locate(in: folder) == "\(folder)/mine.h5")
    }
  }

  @Test("an absolute path stands for itself")
  func absolute() throws {
    try withTemporaryFolder { folder in
      try HDF5Fixture.synthetic().write(to: "\(folder)/mine.h5")
      let reference = DatasetReference.file("\(folder)/mine.h5")
      #expect(try reference.locate(in: "/nowhere") == "\(folder)/mine.h5")
    }
  }
}
