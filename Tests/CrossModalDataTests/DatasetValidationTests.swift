import ArrayFiles
import CrossModalData
import Foundation
import TestSupport
import Testing

@Suite("What `data validate` finds")
struct DatasetValidationTests {
  /// Six items of two picture and two text columns, all rows distinct, all labels borne; items 0
  /// and 5 ask.
  static var clean: HDF5Fixture {
    var fixture = HDF5Fixture.synthetic(itemCount: 6, imageColumns: 2, textColumns: 2)
    fixture["/image"]?.values = .float32((0..<12).map(Float.init))
    fixture["/text"]?.values = .uint8((1...12).map { UInt8($0) })
    fixture["/label"]?.values = .uint8(Array(repeating: 1, count: 18))
    return fixture
  }

  /// Validates a changed copy of a file; the path in sentences becomes `FILE`.
  private func lines(
    _ fixture: HDF5Fixture = clean, _ change: (inout HDF5Fixture) -> Void
  ) throws -> [String] {
    try withTemporaryFolder { folder in
      var fixture = fixture
      change(&fixture)
      let path = "\(folder)/tiny.h5"
      try fixture.write(to: path)
      return try DatasetValidation(ofFileAt: path).lines.map {
        $0.replacingOccurrences(of: path, with: "FILE")
      }
    }
  }

  @Test("nothing in a clean file")
  func nothing() throws {
    let found = try lines { _ in }
    #expect(found == ["FILE: nothing to refuse, no warnings"])
  }

  @Test("all faults at once, with counts and the first offender of each")
  func everything() throws {
    let found = try lines(.synthetic()) {
      var image = [Float](repeating: 1, count: 39 * 6)
      for index in image.indices { image[index] = Float(index) }
      image[3 * 6 + 5] = -.infinity
      image[3 * 6 + 2] = .nan
      image[38 * 6] = .nan
      $0["/image"] = .init([39, 6], .float32(image))
      var text = (0..<360).map { Float($0 + 1) }
      text[359] = .infinity
      $0["/text"] = .init([40, 9], .float32(text))
      var labels = [UInt8](repeating: 1, count: 120)
      labels[40] = 2
      labels[41] = 9
      $0["/label"]?.values = .uint8(labels)
      $0["/label_names"] = .init([2, 2], .int32([1, 2, 3, 4]))
      $0["/label_vectors"] = .init([4, 1], .float32([1, 2, .nan, 4]))
      $0["/text_vocab"] = .init([8], .variableStrings(Array(repeating: "a", count: 8)))
      $0["/image_levels/a"] = .init([38, 1], .int32(Array(repeating: 1, count: 38)))
      $0["/text_tokens"] = .init([40, 1], .float32(Array(repeating: 1, count: 40)))
      $0["/split/query_idx"] = .init([5], .int32([40, 3, 3, 3, -1]))
      $0["/split/train_idx"] = .init([4], .int32([1, 3, 2, 1]))
      $0["/split/database_idx"] = .init([0], .int32([]))
      $0["/split_other/query_idx"] = .init([1, 1], .float32([1]))
    }
    let expected = [
      "refused  /label: expected only 0 and 1, found label value 2 in row 13, column 1, "
        + "the first of 2",
      "refused  /image_levels/a: expected float16, float32, float64 or uint8, found int32",
      "refused  /text_tokens: expected 3 dimensions, found 2 (40 × 1)",
      "refused  /text: expected 39 rows as in /image, found 40",
      "refused  /label: expected 39 rows as in /image, found 40",
      "refused  /image_levels/a: expected 39 rows as in /image, found 38",
      "refused  /text_tokens: expected 39 rows as in /image, found 40",
      "refused  /label_vectors: expected 3 rows, one for each column of /label, found 4",
      "refused  /label_names: expected 1 dimension, found 2 (2 × 2)",
      "refused  /label_names: expected strings, found int32",
      "refused  /label_names: expected 3 names, one for each column of /label, found 2",
      "refused  /text_vocab: expected 9 words, one for each column of /text, found 8",
      "refused  /image: expected finite numbers, found NaN in row 3, column 2, "
        + "the first of 3 values in 2 rows",
      "refused  /text: expected finite numbers, found infinity in row 39, column 8",
      "refused  /label_vectors: expected finite numbers, found NaN in row 2, column 0",
      "refused  /split/query_idx: expected indices from 0 to 39, found 40 at position 0, "
        + "the first of 2",
      "refused  /split/query_idx: expected each index once, found index 3 at positions 1 and 2, "
        + "the first of 2 repeats",
      "refused  /split/database_idx: expected at least one index, found none",
      "refused  /split/train_idx: expected each index once, found index 1 at positions 0 and 3",
      "refused  /split/train_idx: expected no item of query_idx, found 1 of them, "
        + "the first is item 3",
      "refused  /split_other/query_idx: expected 1 dimension, found 2 (1 × 1)",
      "refused  /split_other/query_idx: expected int32 indices, found float32",
      "refused  /split_other/database_idx: expected a dataset, found nothing",
      "FILE: 23 refusals, no warnings",
    ]
    for (line, wanted) in zip(found, expected) { #expect(line == wanted) }
    #expect(found.count == expected.count)
  }

  @Test("all warnings at once, with counts and the first offender of each")
  func allWarnings() throws {
    let found = try lines {
      // Rows 1 and 4 are constant; row 4 equals row 1, and query 5 equals training row 2.
      $0["/image"]?.values = .float32([7, 8, 0, 0, 5, 6, 3, 4, 0, 0, 5, 6])
      $0["/text"]?.values = .uint8([0, 0, 1, 2, 0, 0, 3, 4, 5, 6, 7, 8])
      $0["/label"]?.values = .uint8(
        [
          1, 0, 0,
          0, 0, 0,
          0, 1, 0,
          0, 0, 0,
          0, 1, 0,
          0, 1, 0,
        ])
      $0["/split/database_idx"] = .init([4], .int32([5, 1, 2, 3]))
      $0["/split_open/query_idx"] = .init([1], .int32([2]))
      $0["/split_open/database_idx"] = .init([1], .int32([4]))
      $0["/pixel"] = .init([1], .uint8([1]))
    }
    #expect(
      found == [
        "warning  /label: items without labels: 2 of 6, the first is item 1",
        "warning  /text: empty text rows: 2 of 6, the first is row 0",
        "warning  /label: labels without any item: 1 of 3, the first is column 2, label 2",
        "warning  /image: pictures whose features are all one number: 2 of 6, the first is row 1",
        "warning  /image: rows that equal an earlier row: 2 of 6, the first is row 4, "
          + "equal to row 1",
        "warning  /text: rows that equal an earlier row: 1 of 6, the first is row 2, "
          + "equal to row 0",
        "warning  /split: queries with nothing relevant: 1 of 2, the first is item 0",
        "warning  /split: queries that are searched too: 1 of 2, the first is item 5",
        "warning  /split: queries with the picture features of a training item: 1 of 2, "
          + "the first is item 5",
        "warning  /split: queries with the text row of a training item: 1 of 2, "
          + "the first is item 0",
        "warning  /split_open/train_idx: missing; an experiment cannot name this split to train on",
        "warning  /pixel: ignored; not part of the format",
        "FILE: nothing to refuse, 12 warnings",
      ])
  }

  @Test("a partial file is no reason to refuse", arguments: ["/image", "/text", "/label"])
  func partial(path: String) throws {
    let found = try lines { $0[path] = nil }
    #expect(
      found == [
        "warning  \(path): missing; a partial file cannot be trained on",
        "FILE: nothing to refuse, 1 warning",
      ])
  }

  @Test("the fault that opening stops at comes first", arguments: RefusalTests.structures)
  func sameStructure(spoiling: Spoiling) throws {
    try spoiling.check { path in
      let refusals = try DatasetValidation(ofFileAt: path).refusals
      let first = try #require(refusals.first)
      throw first
    }
  }

  @Test("a broken split is found by the same checks", arguments: StoredSplitTests.faults)
  func sameSplit(spoiling: Spoiling) throws {
    // What a manifest may not name is no fault of the file.
    let isAllowed =
      spoiling.found.hasPrefix("none;") || spoiling.found.hasSuffix("a file without any")
    if isAllowed {
      try withTemporaryFolder { folder in
        var fixture = HDF5Fixture.synthetic()
        spoiling.spoil(&fixture)
        try fixture.write(to: "\(folder)/tiny.h5")
        let refusals = try DatasetValidation(ofFileAt: "\(folder)/tiny.h5").refusals
        #expect(refusals == [])
      }
    } else if spoiling.dataset != "/split/official" {
      try spoiling.check { path in
        let refusals = try DatasetValidation(ofFileAt: path).refusals
        let first = try #require(refusals.first)
        throw first
      }
    }
  }

  @Test("every number that is not finite, over several blocks", arguments: 0..<4)
  func countsNonFinite(seed: Int) throws {
    // 2,000 rows of 1,100 columns are 8.4 MiB, more than two blocks of 4 MiB.
    let (rows, columns) = (2_000, 1_100)
    var random = testStream("not finite \(seed)")
    var values = [Float](repeating: 0, count: rows * columns)
    for index in values.indices { values[index] = Float(index % 509) }
    let places = Set((0..<(7 + seed)).map { _ in Int.random(in: values.indices, using: &random) })
    for place in places {
      values[place] = [Float.nan, .infinity, -.infinity][Int.random(in: 0..<3, using: &random)]
    }
    let first = try #require(places.min())
    let rowCount = Set(places.map { $0 / columns }).count
    var fixture = HDF5Fixture()
    fixture["/image"] = .init([rows, columns], .float32(values))
    try withTemporaryFolder { folder in
      try fixture.write(to: "\(folder)/wide.h5")
      let refusals = try DatasetValidation(ofFileAt: "\(folder)/wide.h5").refusals
      #expect(refusals.count == 1)
      #expect(
        refusals.first?.found == "\(values[first].isNaN ? "NaN" : "infinity") in row "
          + "\(first / columns), column \(first % columns), the first of \(places.count) values "
          + "in \(rowCount) rows")
    }
  }

  @Test("a damaged chunk, beside the faults of other datasets")
  func damaged() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/damaged.h5"
      var random = testStream("damaged chunk")
      var fixture = HDF5Fixture.synthetic()
      let noise = (0..<(40 * 800)).map { _ in Float.random(in: 0..<1, using: &random) }
      fixture["/image"] = .init([40, 800], .float32(noise), layout: .compressed([40, 800]))
      fixture["/text"] = .init([40, 1], .float32(Array(repeating: .nan, count: 40)))
      try fixture.write(to: path)
      // 128,000 bytes of noise hardly shrink: the middle of the file lies inside their chunk.
      var bytes = try fileBytes(path)
      for offset in 0..<64 { bytes[bytes.count / 2 + offset] ^= 0xff }
      try Data(bytes).write(to: URL(filePath: path))
      let refusals = try DatasetValidation(ofFileAt: path).refusals
      #expect(refusals.map(\.dataset) == ["/image", "/text"])
      #expect(refusals.first?.found.hasPrefix("damaged data (") == true)
      #expect(
        refusals.last?.found == "NaN in row 0, column 0, the first of 40 values in 40 rows")
    }
  }

  @Test("no more than one sentence about a file that is no HDF5 file, or truncated")
  func unreadable() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/tiny.h5"
      try Data("image,text,label\n".utf8).write(to: URL(filePath: path))
      let foreign = #expect(throws: DatasetError.self) { try DatasetValidation(ofFileAt: path) }
      #expect(
        foreign?.description
          == "\(path): expected an HDF5 file, found a file without the HDF5 signature.")
      try Self.clean.write(to: path)
      let whole = try fileBytes(path)
      try Data(whole.prefix(whole.count / 2)).write(to: URL(filePath: path))
      let truncated = #expect(throws: DatasetError.self) { try DatasetValidation(ofFileAt: path) }
      #expect(truncated?.expected == "a complete HDF5 file")
    }
  }
}
