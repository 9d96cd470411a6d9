import ArrayFiles
import TestSupport
import Testing

@testable import CrossModalData

@Suite("Data sets that a manifest names")
struct DatasetReferenceTests {
  @Test("a missing file is explained", arguments: DatasetReference.known)
  func missing(reference: DatasetReference) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/\(reference.fileName)"
      let error = #expect(throws: DatasetError.self) { try reference.locate(in: folder) }
      let homePage = try #require(reference.homePage)
      let advice =
        reference.importArguments.map {
          "of released files `crossbit data import --output \(path) \($0)` makes it, see "
            + "Documentation/Data.md"
        } ?? "put it there in the form of Documentation/DataFormat.md"
      #expect(
        error?.description
          == "\(path): expected the data set \(reference.title) "
          + "(\(reference.whatItIs), from \(homePage)), found no file; \(advice).")
    }
  }

  @Test("have names and files of their own")
  func distinct() {
    #expect(Set(DatasetReference.known.map(\.name)).count == DatasetReference.known.count)
    #expect(Set(DatasetReference.known.map(\.fileName)).count == DatasetReference.known.count)
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
