import ArrayFiles
import CrossModalData
import TestSupport
import Testing

@Suite("What `data info` says")
struct DatasetSummaryTests {
  private func summary(_ change: (inout HDF5Fixture) -> Void) throws -> DatasetSummary {
    try withTemporaryFolder { folder in
      var fixture = HDF5Fixture.synthetic()
      change(&fixture)
      try fixture.write(to: "\(folder)/tiny.h5")
      return try DatasetSummary(ofFileAt: "\(folder)/tiny.h5")
    }
  }

  @Test("shapes, types, storage, labels, text length, splits")
  func complete() throws {
    let summary = try summary {
      $0["/text"]?.layout = .compressed([16, 9])
      $0["/pixel"] = .init([1], .uint8([1]))
    }
    #expect(
      summary.features == [
        "/image  40 × 6 float32 (contiguous, mapped)",
        "/text  40 × 9 uint8 (chunks of 16 × 9, shuffle, gzip, read by blocks)",
      ])
    // 40 items with one label each, and each third item (14 of them) with the next one too.
    #expect(summary.labelHistogram.map(\.itemCount).reduce(0, +) == 54)
    #expect(summary.labelHistogram.map(\.name) == ["label 0", "label 1", "label 2"])
    #expect(summary.meanLabelCount == 54.0 / 40)
    let length = try #require(summary.textLength)
    #expect(length.least >= 1 && length.greatest <= 9)
    let split = try #require(summary.splits.first)
    #expect(summary.splits.count == 1)
    #expect(split.queryCount == 8 && split.retrievalCount == 32 && split.trainingCount == 32)
    #expect(split.overlapCount == 32)
    let chance = try #require(split.chanceMeanAveragePrecision)
    #expect(chance > 0.3 && chance < 0.8)
    #expect(summary.ignored == ["/pixel"])
    let text = summary.lines.joined(separator: "\n")
    for part in [
      summary.digest, "items     40", "dataset: A synthetic data set",
      "/label  40 × 3, 1.35 labels",
      "split official  8 queries, 32 searched, 32 trained on (32 of them searched), chance mAP@all 0.",
      "ignored  /pixel",
    ] {
      #expect(text.contains(part))
    }
    #expect(!text.contains("missing"))
  }

  @Test("what a partial file lacks, and that there is no split")
  func partial() throws {
    let summary = try summary {
      $0["/image"] = nil
      for name in ["query_idx", "train_idx", "database_idx"] { $0["/split/\(name)"] = nil }
    }
    #expect(summary.missing == ["/image"])
    #expect(summary.features.count == 1)
    #expect(summary.lines.contains("missing  /image; a partial file cannot be trained on"))
    #expect(
      summary.lines.contains(
        "splits  none stored; an experiment must name a published or a random one"))
  }

  @Test("a stored split that leaves the training items open")
  func openTraining() throws {
    let summary = try summary { $0["/split/train_idx"] = nil }
    #expect(summary.splits.first?.trainingCount == nil)
    #expect(summary.refusals.isEmpty)
    #expect(summary.lines.contains { $0.contains("32 searched, training items left open") })
  }

  @Test("a stored split that breaks a rule, beside all the rest")
  func brokenSplit() throws {
    let summary = try summary {
      $0["/split_bad/query_idx"] = .init([1], .int32([99]))
      $0["/split_bad/database_idx"] = .init([1], .int32([1]))
    }
    #expect(summary.splits.map(\.name) == ["official"])
    #expect(summary.refusals.count == 1)
    #expect(
      summary.refusals[0].hasSuffix(
        "dataset /split_bad/query_idx: expected indices from 0 to 39, found 99 at position 0."))
  }

  @Test("the most and the least frequent of many labels")
  func manyLabels() throws {
    let wide = HDF5Fixture.synthetic(itemCount: 120, labelCount: 60)
    let lines = try withTemporaryFolder { folder in
      try wide.write(to: "\(folder)/wide.h5")
      return try DatasetSummary(ofFileAt: "\(folder)/wide.h5").lines
    }
    #expect(lines.contains("  … 35 more …"))
    #expect(lines.count { $0.contains("  label ") && !$0.contains(" + ") } == 25)
    #expect(lines.count { $0.contains(" + ") } == 5)
  }

  @Test("features that are not finite stop it")
  func nonFinite() throws {
    #expect(throws: DatasetError.self) {
      try summary { $0["/image"] = .init([40, 1], .float32(Array(repeating: .nan, count: 40))) }
    }
  }
}
