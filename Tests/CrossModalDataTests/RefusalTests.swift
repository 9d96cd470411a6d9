import ArrayFiles
import CrossModalData
import Foundation
import TestSupport
import Testing

/// A way to spoil a good file and the sentence that must name it.
struct Spoiling: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let dataset: String
  let expected: String
  let found: String
  let spoil: @Sendable (inout HDF5Fixture) -> Void

  init(
    _ name: String, _ dataset: String, expected: String, found: String,
    spoil: @escaping @Sendable (inout HDF5Fixture) -> Void
  ) {
    testDescription = name
    self.dataset = dataset
    self.expected = expected
    self.found = found
    self.spoil = spoil
  }

  /// Writes the spoiled file, runs a body on it and compares the sentence.
  func check(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/bad.h5"
      var fixture = HDF5Fixture.synthetic()
      spoil(&fixture)
      try fixture.write(to: path)
      let error = #expect(throws: DatasetError.self) { try body(path) }
      #expect(
        error?.description == "\(path), dataset \(dataset): expected \(expected), found \(found).")
    }
  }
}

@Suite("Refusals of data files")
struct RefusalTests {
  // The synthetic file has 40 items, 6 picture columns, 9 text columns and 3 labels.
  static let structures = [
    Spoiling("too few text rows", "/text", expected: "40 rows as in /image", found: "39") {
      $0["/text"] = .init([39, 9], .uint8(Array(repeating: 1, count: 351)))
    },
    Spoiling("too many label rows", "/label", expected: "40 rows as in /image", found: "41") {
      $0["/label"] = .init([41, 3], .uint8(Array(repeating: 1, count: 123)))
    },
    Spoiling(
      "pictures of three dimensions", "/image", expected: "2 dimensions", found: "3 (40 × 2 × 3)"
    ) {
      $0["/image"]?.shape = [40, 2, 3]
    },
    Spoiling("labels of one dimension", "/label", expected: "2 dimensions", found: "1 (120)") {
      $0["/label"]?.shape = [120]
    },
    Spoiling("a scalar as text", "/text", expected: "2 dimensions", found: "0 (a single value)") {
      $0["/text"] = .init([], .uint8([1]))
    },
    Spoiling("a group as text", "/text", expected: "a dataset", found: "something else") {
      $0["/text"] = nil
      $0["/text/rows"] = .init([1], .uint8([1]))
    },
    Spoiling(
      "pictures without columns", "/image", expected: "at least one row and one column",
      found: "shape 40 × 0"
    ) { $0["/image"] = .init([40, 0], .float32([])) },
    Spoiling(
      "labels without columns", "/label", expected: "at least one row and one column",
      found: "shape 40 × 0"
    ) { $0["/label"] = .init([40, 0], .uint8([])) },
    Spoiling(
      "strings as text", "/text", expected: "float16, float32, float64 or uint8", found: "string"
    ) { $0["/text"] = .init([40, 1], .fixedStrings(Array(repeating: "a", count: 40), width: 2)) },
    Spoiling(
      "int64 as pictures", "/image", expected: "float16, float32, float64 or uint8", found: "int64"
    ) { $0["/image"] = .init([40, 1], .int64(Array(repeating: 1, count: 40))) },
    Spoiling(
      "int64 labels", "/label", expected: "uint8 with values 0 and 1", found: "int64"
    ) { $0["/label"] = .init([40, 1], .int64(Array(repeating: 1, count: 40))) },
    Spoiling("int8 labels", "/label", expected: "uint8 with values 0 and 1", found: "int8") {
      $0["/label"] = .init([40, 1], .int8(Array(repeating: 1, count: 40)))
    },
    Spoiling(
      "float32 labels", "/label", expected: "uint8 with values 0 and 1", found: "float32"
    ) { $0["/label"] = .init([40, 1], .float32(Array(repeating: 1, count: 40))) },
    Spoiling(
      "a label of 2", "/label", expected: "only 0 and 1",
      found: "label value 2 in row 13, column 1, the first of 2"
    ) {
      var labels = [UInt8](repeating: 1, count: 120)
      labels[40] = 2
      labels[100] = 255
      $0["/label"]?.values = .uint8(labels)
    },
    Spoiling(
      "too few label names", "/label_names", expected: "3 names, one for each column of /label",
      found: "2"
    ) { $0["/label_names"] = .init([2], .fixedStrings(["a", "b"], width: 4)) },
    Spoiling("label numbers as names", "/label_names", expected: "strings", found: "int32") {
      $0["/label_names"] = .init([3], .int32([1, 2, 3]))
    },
    Spoiling(
      "too many words", "/text_vocab", expected: "9 words, one for each column of /text",
      found: "10"
    ) { $0["/text_vocab"] = .init([10], .variableStrings(Array(repeating: "a", count: 10))) },
    Spoiling("too few ids", "/image_id", expected: "40 rows as in /image", found: "39") {
      $0["/image_id"] = .init([39], .int32((0..<39).map(Int32.init)))
    },
    Spoiling(
      "a split stored twice", "/split_twin", expected: "one split called twin", found: "two"
    ) {
      for group in ["/split/twin", "/split_twin"] {
        $0["\(group)/query_idx"] = .init([1], .int32([0]))
      }
    },
    Spoiling(
      "numbers in another file", "/image", expected: "numbers inside the file",
      found: "a reference to other files"
    ) { $0["/image"]?.layout = .external("/tmp/crossbit-absent.raw") },
  ]

  @Test("a broken structure is named when the file is opened", arguments: structures)
  func structure(spoiling: Spoiling) throws {
    try spoiling.check { _ = try DatasetFile(path: $0) }
  }

  @Test(
    "a missing part is named", arguments: ["/image", "/text", "/label"])
  func missing(dataset: String) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/bad.h5"
      var fixture = HDF5Fixture.synthetic()
      fixture[dataset] = nil
      try fixture.write(to: path)
      let error = #expect(throws: DatasetError.self) { try CrossModalDataset(path: path) }
      #expect(
        error?.description == "\(path): expected /image, /text and /label to train on, "
          + "found a partial file without \(dataset).")
    }
  }

  @Test("a file with nothing of the format is named")
  func foreign() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/foreign.h5"
      var fixture = HDF5Fixture()
      fixture["/weights"] = .init([1], .float32([1]))
      fixture["/bias"] = .init([1], .float32([1]))
      try fixture.write(to: path)
      let error = #expect(throws: DatasetError.self) { try DatasetFile(path: path) }
      #expect(
        error?.description == "\(path): expected at least one of the datasets /image, /text and "
          + "/label, found bias, weights.")
    }
  }

  @Test("a link into another file is refused, for the digest would not cover it")
  func externalLink() throws {
    try withTemporaryFolder { folder in
      try HDF5Fixture.synthetic().write(to: "\(folder)/other.h5")
      var fixture = HDF5Fixture.synthetic()
      fixture["/image"] = nil
      fixture.externalLinks["image"] = ("\(folder)/other.h5", "/image")
      let path = "\(folder)/linking.h5"
      try fixture.write(to: path)
      let error = #expect(throws: DatasetError.self) { try DatasetFile(path: path) }
      #expect(
        error?.description == "\(path), dataset /image: expected numbers inside the file, "
          + "found a reference to other files.")
    }
  }
}
