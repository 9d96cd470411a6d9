import CrossModalData
import Foundation
import TestSupport
import Testing

@Suite("The command data split")
struct DataSplitCommandTests {
  private let program = BuiltProgram.crossbit

  private func withFile(
    itemCount: Int = 40, labelCount: Int = 3, spoiled: (inout HDF5Fixture) -> Void = { _ in },
    _ body: (_ folder: String, _ path: String) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      var fixture = HDF5Fixture.synthetic(itemCount: itemCount, labelCount: labelCount)
      spoiled(&fixture)
      try fixture.write(to: "\(folder)/data.h5")
      try body(folder, "\(folder)/data.h5")
    }
  }

  @Test("lists every published split with its sizes, source and evidence")
  func published() throws {
    let outcome = try program.run(["data", "split"])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.count == 1 + 2 * PublishedSplit.known.count)
    for (position, split) in PublishedSplit.known.enumerated() {
      let line = lines[1 + 2 * position]
      #expect(line.hasPrefix(split.name))
      #expect(line.hasSuffix(split.evidence.rawValue))
      for count in [split.itemCount, split.rule.queryCount, split.retrievalCount] {
        #expect(line.contains(" \(count) "))
      }
      #expect(lines[2 + 2 * position] == "    \(split.source)")
    }
  }

  @Test("lists what a file stores and which published splits fit it")
  func fitting() throws {
    try withFile { _, path in
      let outcome = try program.run(["data", "split", path])
      #expect(
        outcome.output == """
          \(path)  40 items
          stored official  8 queries, 32 searched, 32 trained on
          no published split is for 40 items

          """)
    }
    try withFile(itemCount: 2866, spoiled: { $0["/split/train_idx"] = nil }) { _, path in
      let outcome = try program.run(["data", "split", path])
      #expect(outcome.output.contains("official  574 queries, 2292 searched, training items left"))
      #expect(outcome.output.contains("\nwiki-official  Wiki       2866      693        2173  "))
      #expect(!outcome.output.contains("gcdh"))
    }
  }

  @Test("describes a stored split")
  func stored() throws {
    try withFile { _, path in
      let outcome = try program.run(["data", "split", path, "official"])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let split = try DatasetFile(path: path).split(for: .stored("official"))
      // Item i has label i mod 3 and, every third item, the next one too: 14 items have label 0,
      // 27 label 1, 13 label 2. Of the queries 0, 5, …, 35 the multiples of 3 are 0, 15, 30.
      #expect(
        outcome.output == """
          file            \(path), 40 items
          rule            stored split official
          SHA-256         \(split.digest)
          queries         8
          trained on      32
          searched        32
          unused          0
          overlap         32 training items and 0 queries are searched too
          chance mAP@all  \(try chance(path))
          unanswerable    0 queries have nothing relevant to find

          label    queries          trained on          searched
          label 2        3  37.5 %          10  31.2 %        10  31.2 %
          label 0        3  37.5 %          11  34.4 %        11  34.4 %
          label 1        5  62.5 %          22  68.8 %        22  68.8 %

          """)
    }
  }

  /// What `data info` says about the same split.
  private func chance(_ path: String) throws -> String {
    let lines = try DatasetSummary(ofFileAt: path).lines
    let line = try #require(lines.first { $0.contains("chance mAP@all ") })
    return String(try #require(line.split(separator: " ").last))
  }

  @Test("describes a published split with its source")
  func describedPublished() throws {
    try withFile(itemCount: 2866) { _, path in
      let outcome = try program.run(["data", "split", path, "wiki-official"])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("rule            published split wiki-official: rows in"))
      #expect(outcome.output.contains("come with the data (measured)\n"))
      #expect(outcome.output.contains("only their number is checked\n"))
      // As Fixtures/make_published_splits.py of CrossModalDataTests finds with Python.
      #expect(outcome.output.contains("SHA-256         b3e4c28a"))
    }
  }

  @Test("says what a stored split leaves open, repeats and cannot answer")
  func oddities() throws {
    let spoiled: (inout HDF5Fixture) -> Void = {
      $0["/split/train_idx"] = nil
      $0["/split/query_idx"] = .init([2], .int32([0, 4]))
      // Item 0 has the labels 0 and 1, item 4 has label 1, the others label 2: item 0 finds nothing
      // but itself, item 4 finds item 0.
      $0["/split/database_idx"] = .init([4], .int32([2, 5, 8, 0]))
    }
    try withFile(spoiled: spoiled) { _, path in
      let outcome = try program.run(["data", "split", path, "official"])
      #expect(outcome.output.contains("none, as the training items are left open\n"))
      #expect(outcome.output.contains("trained on      left open\n"))
      #expect(outcome.output.contains("unused          35\n"))
      #expect(outcome.output.contains("overlap         1 queries are searched too\n"))
      #expect(outcome.output.contains("unanswerable    1 queries have nothing relevant"))
    }
    try withFile(spoiled: {
      $0["/label"] = nil; $0["/label_names"] = nil
    }) { _, path in
      let outcome = try program.run(["data", "split", path, "official"])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(outcome.output.hasSuffix("\nno labels\n"))
      #expect(!outcome.output.contains("chance"))
    }
  }

  @Test("shortens a long list of labels unless all are asked for")
  func manyLabels() throws {
    try withFile(itemCount: 90, labelCount: 45) { _, path in
      let short = try program.run(["data", "split", path, "official"])
      let full = try program.run(["data", "split", path, "official", "--all-labels"])
      #expect(short.output.contains("\n… 20 more, see --all-labels …\n"))
      #expect(short.output.split(separator: "\n").count == 11 + 20 + 1 + 5)
      #expect(full.output.split(separator: "\n").count == 11 + 45)
    }
  }

  @Test("draws at random what a manifest would draw, and writes the lists")
  func lists() throws {
    try withFile { folder, path in
      let output = "\(folder)/new/lists"
      let outcome = try program.run(
        ["data", "split", path, "--queries", "7", "--training", "20", "--seed", "5"]
          + ["--indices", output])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let split = try DatasetFile(path: path).split(
        for: .random(queryCount: 7, trainingCount: 20, seed: 5))
      #expect(outcome.output.contains("SHA-256         \(split.digest)\n"))
      func list(_ name: String) throws -> [Int] {
        try String(contentsOfFile: "\(output)/\(name).txt", encoding: .utf8)
          .split(separator: "\n").compactMap { Int($0) }
      }
      let (query, training, database) = (
        try list("query"), try list("train"), try list("database")
      )
      #expect(query == split.query)
      #expect(training == split.training)
      #expect(database == split.retrieval)
      let names = try FileManager.default.contentsOfDirectory(atPath: output).sorted()
      #expect(names == ["database.txt", "query.txt", "train.txt"])
    }
  }

  static let refusals: [(arguments: [String], exitCode: Int32, sentence: String)] = [
    (["FILE", "gcdh-mscoco"], 1, "expected 122218 items, as split gcdh-mscoco is for"),
    (
      ["FILE", "gcdh"], 1,
      "expected the name of a stored or published split, found “gcdh”; stored: official; "
        + "published for 40 items: none."
    ),
    (["FILE", "--queries", "40"], 1, "expected a random split of 1 to 39 queries, found 40."),
    (["/nonexistent.h5"], 1, "/nonexistent.h5: expected"),
    (["FILE", "official", "--indices", "/dev/null/x"], 1, "/dev/null/x cannot be created"),
    (["FILE", "official", "--queries", "3"], 64, "NAME and --queries each choose a split"),
    (["--queries", "3"], 64, "--queries draws from the items of a FILE"),
    (["FILE", "official", "--training", "3"], 64, "--training is for a random draw"),
    (["FILE", "--indices", "x"], 64, "--indices writes one split"),
  ]

  @Test("refuses in one sentence", arguments: Self.refusals)
  func refusal(arguments: [String], exitCode: Int32, sentence: String) throws {
    try withFile { _, path in
      let outcome = try program.run(
        ["data", "split"] + arguments.map { $0 == "FILE" ? path : $0 })
      #expect(outcome.exitCode == exitCode)
      #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
      #expect(outcome.errors.hasPrefix("Error: "))
    }
  }
}
