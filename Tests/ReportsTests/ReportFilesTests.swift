import ExperimentKit
import Foundation
import HashingMethods
import Retrieval
import Testing

@testable import ReportedNumbers
@testable import Reports

@Suite("Files of a report")
struct ReportFilesTests {
  private func text(_ path: String, of report: Report) throws -> String {
    try #require(report.files.first { $0.path == path }).text
  }

  private func readings(_ path: String, of report: Report) throws -> [[String: String]] {
    let records = try CommaSeparatedValues.records(of: try text(path, of: report))
    let header = try #require(records.first)
    return try records.dropFirst().map { fields in
      try #require(fields.count == header.count)
      return Dictionary(uniqueKeysWithValues: zip(header, fields))
    }
  }

  @Test("results.csv reads back line by line")
  func resultsReadBack() throws {
    let lines = try readings("results.csv", of: Report(SampleTrials.input()))
    // 7 rows × 2 code lengths × 2 tasks, each with 3 cut-offs, and mAP and 2 further measures in
    // expectation and in database order.
    #expect(lines.count == 7 * 2 * 2 * (3 + 3 * 2))
    let line = try #require(
      lines.first {
        $0["variant"] == "linear" && $0["database_codes"] == "joint" && $0["task"] == "I2T"
          && $0["bits"] == "16" && $0["measure"] == "mAP@all(ties=expected)"
      })
    #expect(
      line == [
        "experiment": "wiki-dbrh", "dataset": "wiki", "surrogate": "",
        "protocol": "stored official; data a1a1a1a1a1a1; split b2b2b2b2b2b2",
        "database_codes": "joint", "task": "I2T", "method": "dbrh", "variant": "linear",
        "fidelity": "published", "bits": "16", "measure": "mAP@all(ties=expected)",
        "mean": "0.251000", "sd": "0.001414", "seeds": "2", "worst": "0.241000",
        "best": "0.261000", "reported": "0.2534", "gap": "-0.002400",
        "source": "DBRC-TMM2019 Table II, Wiki, DBRC-L", "compared_with": "", "difference": "",
        "ci_low": "", "ci_high": "", "p": "", "p_holm": "",
      ])
    let further = lines.filter {
      $0["method"] == "label-oracle" && $0["task"] == "T2I" && $0["bits"] == "32"
    }.suffix(4)
    #expect(
      further.map { [$0["measure"], $0["mean"], $0["worst"], $0["best"]] } == [
        ["NDCG@10(ties=expected)", "0.990000", "0.980000", "1.000000"],
        ["NDCG@10(ties=database-order)", "0.991000", "", ""],
        ["lookup(r=2,precision,ties=expected)", "0.495000", "0.485000", "0.505000"],
        ["lookup(r=2,precision,ties=database-order)", "0.496000", "", ""],
      ])
  }

  @Test("a further measure or curve that a seed lacks is left out of the mean")
  func lackingSeeds() throws {
    var records = Array(SampleTrials.records.prefix(2))
    records[1].results[0].result.measures.removeLast()
    records[1].results[0].result.curves.removeLast()
    let report = Report(SampleTrials.input(records: records))
    let lines = try readings("results.csv", of: report).filter {
      $0["measure"]?.hasPrefix("lookup") == true
    }
    // Four results, each in expectation and in database order, less the one that seed 2 lacks.
    #expect(lines.count == 3 * 2)
    let curves = try readings("curves/further-curves.csv", of: report).filter {
      $0["curve"] == "PR(rank,3)"
    }
    #expect(curves.count == 3 * 3 * 3)
  }

  @Test("a value in database order is printed only when every seed has it")
  func databaseOrder() throws {
    var records = Array(SampleTrials.records.prefix(2))
    records[1].results[0].result.meanAveragePrecision.databaseOrder = nil
    let lines = try readings("results.csv", of: Report(SampleTrials.input(records: records)))
      .filter { $0["measure"] == "mAP@all(ties=database-order)" }
    // The first record's four results, less the one that its second seed lacks.
    #expect(lines.count == 3)
    #expect(!lines.contains { $0["database_codes"] == "own-modality" && $0["task"] == "I2T" })
  }

  @Test("a field with commas, quotes and line breaks survives")
  func quoting() throws {
    let rule = "random \"draw\", seed 1,\nsecond line"
    var record = SampleTrials.records[0]
    record.split.rule = rule
    let lines = try readings("results.csv", of: Report(SampleTrials.input(records: [record])))
    #expect(lines.allSatisfy { $0["protocol"]?.hasPrefix(rule) == true })
    #expect(!lines.isEmpty)
  }

  @Test("curves are means over seeds")
  func curves() throws {
    let report = Report(SampleTrials.input())
    let learning = try readings("curves/learning.csv", of: report).filter {
      $0["variant"] == "matlab" && $0["bits"] == "16" && $0["stage"] == "joint"
    }
    // Loss 16/step + seed: means 17.5 and 9.5 over seeds 1 and 2, deviation 1/√2.
    #expect(learning.map { $0["quantity"] } == ["loss", "loss", "penalty", "penalty"])
    #expect(learning.map { $0["mean"] } == ["17.5", "9.5", "0.5", "0.5"])
    #expect(learning.first?["sd"] == "0.707107")
    let recall = try readings("curves/precision-recall.csv", of: report).filter {
      $0["method"] == "random" && $0["bits"] == "32" && $0["task"] == "T2I"
    }
    #expect(recall.map { $0["recall"] } == ["0", "0.25", "0.5", "0.75", "1"])
    #expect(recall.last?["precision"] == "0.17")
    let tops = try readings("curves/precision-at-k.csv", of: report).filter {
      $0["method"] == "label-oracle" && $0["bits"] == "16" && $0["task"] == "I2T"
    }
    #expect(tops.map { $0["k"] } == ["1", "10", "100"])
    #expect(tops.map { $0["precision"] } == ["0.99", "0.96", "0.951"])
    let further = try readings("curves/further-curves.csv", of: report).filter {
      $0["method"] == "dcmh" && $0["bits"] == "16" && $0["task"] == "I2T"
    }
    #expect(
      further.map { $0["curve"] } == Array(repeating: "PR(radius,macro)", count: 5)
        + Array(repeating: "PR(rank,3)", count: 9))
    #expect(further.prefix(5).map { $0["position"] } == ["0", "1", "2", "3", "4"])
    #expect(Set(further.prefix(5).map { $0["ties"] }) == [""])
    // mAP 0.30 and 0.302, halved at full recall, 0.02 higher in the third line.
    let last = try #require(further.last)
    #expect(last["ties"] == "database-order" && last["position"] == "1" && last["recall"] == "1")
    #expect(last["precision"] == "0.1705" && last["precision_sd"] == "0.000707107")
  }

  @Test("a long learning curve is thinned evenly and keeps both ends")
  func thinning() throws {
    var record = SampleTrials.records[0]
    record.learningCurve = (1...500).map {
      LearningCurvePoint(stage: "joint", step: $0, stepCount: 500, loss: Double($0))
    }
    let points = try readings(
      "curves/learning.csv", of: Report(SampleTrials.input(records: [record])))
    let steps = points.compactMap { $0["step"].flatMap { Int($0) } }
    #expect(steps.count == Curves.stepLimit)
    #expect(steps.first == 1 && steps.last == 500)
    #expect(zip(steps, steps.dropFirst()).allSatisfy { [5, 6].contains($1 - $0) })
  }

  @Test("the same records in any order, with other times, give the same numbers")
  func deterministic() {
    let records = SampleTrials.records
    let plan = records.map(\.identifier)
    let report = Report(SampleTrials.input(planned: plan))
    #expect(report.files == Report(SampleTrials.input(planned: plan)).files)
    let rerun = records.reversed().map { record in
      var record = record
      record.run.seconds *= 3
      record.run.started = "2027-02-03T04:05:06Z"
      record.run.peakMemoryBytes += 1
      return record
    }
    let again = Report(SampleTrials.input(records: rerun, planned: plan))
    #expect(again.files.count == report.files.count)
    for (file, other) in zip(report.files, again.files)
    where !["README.md", "index.html"].contains(file.path) {
      #expect(file == other)
    }
  }

  @Test("a partial report says so on the page and in the terminal")
  func partial() throws {
    let records = Array(SampleTrials.records.prefix(7))
    let report = Report(
      SampleTrials.input(records: records, planned: SampleTrials.records.map(\.identifier)))
    #expect(try text("README.md", of: report).contains("**Partial: 7 of 20 trials.**"))
    #expect(report.terminalText.contains("! Partial: 7 of 20 trials are finished."))
    // The eighth trial is seed 2 of the second variant at 32 bits.
    #expect(try text("README.md", of: report).contains("0.2200</u> (1 seed)"))
    #expect(!Report(SampleTrials.input()).terminalText.contains("Partial"))
  }

  @Test("an experiment without a finished trial gives a page and an empty table")
  func nothingFinished() throws {
    let report = Report(SampleTrials.input(records: [], planned: ["a", "b"], comparisons: []))
    #expect(report.tables.isEmpty)
    #expect(report.files.map(\.path) == ["README.md", "index.html", "results.csv", "tables.tex"])
    #expect(try text("README.md", of: report).contains("**Partial: 0 of 2 trials.**"))
    #expect(try readings("results.csv", of: report).isEmpty)
  }

  @Test("made-up features, mixed machines and unmatched papers are warned of")
  func warnings() throws {
    var records = SampleTrials.records
    for index in records.indices { records[index].dataset.surrogate = "image" }
    records[3].run.blasCore = "Cooperlake"
    let comparison = ReportedComparison(
      dataset: "wiki", table: .dcmhCVPR2017Table3, reportedDataset: "MIRFLICKR-25K")
    let report = Report(SampleTrials.input(records: records, comparisons: [comparison]))
    #expect(
      report.warnings == [
        "wiki: the image features are made up; its numbers say nothing about real data.",
        "wiki: 3 items without labels",
        "wiki, stored official, I→T: 3 of 693 queries have nothing relevant to find and enter no "
          + "mean.",
        "wiki, stored official, T→I: 3 of 693 queries have nothing relevant to find and enter no "
          + "mean.",
        "Trials ran with different BLAS kernels (Cooperlake, Haswell): the same seed may give "
          + "other codes.",
      ])
    // DCMH's paper prints 16 and 32 bits on MIRFLICKR-25K, so this comparison has its gaps.
    let page = try text("README.md", of: report)
    #expect(page.contains("SURROGATE: the image features are made up"))
    #expect(page.contains("reported as DCMH"))
    #expect(report.terminalText.contains("SURROGATE image"))
    let unmatched = Report(
      SampleTrials.input(
        records: records.filter { $0.subject == SampleTrials.chance }, comparisons: [comparison]))
    #expect(
      unmatched.warnings.contains(
        "DCMH-CVPR2017 Table 3 prints no number for a finished cell of wiki with the paper's kind "
          + "of database codes."))
  }

  @Test("files are written whole, and curves and plots of an earlier report go away")
  func writing() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "crossbit-report-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let report = Report(SampleTrials.input())
    try report.write(to: folder.path)
    let trials = folder.appending(path: "trials.json")
    try Data("kept".utf8).write(to: trials)
    // Where earlier versions put plots: one of this report, and one of nobody's.
    let old = ["wiki-i2t-16-precision-at-k.svg", "drawn-by-hand.svg"].map {
      folder.appending(path: "curves/\($0)")
    }
    for file in old { try Data("old".utf8).write(to: file) }
    let smaller = Report(SampleTrials.input(records: Array(SampleTrials.records.prefix(2))))
    try smaller.write(to: folder.path)
    for file in smaller.files {
      #expect(
        try String(contentsOf: folder.appending(path: file.path), encoding: .utf8) == file.text)
    }
    let found = try ["curves", "plots"].flatMap { name in
      try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: name).path)
        .map { "\(name)/\($0)" }
    }
    #expect(
      Set(found)
        == Set(smaller.files.map(\.path).filter { $0.contains("/") })
        .union(["curves/drawn-by-hand.svg"]))
    #expect(FileManager.default.fileExists(atPath: trials.path))
  }

  @Test("a folder that cannot be written is refused in one sentence")
  func refusesFolder() throws {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "crossbit-report-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data().write(to: file)
    let error = #expect(throws: StorageError.self) {
      try Report(SampleTrials.input()).write(to: file.path)
    }
    #expect(error?.description == "\(file.path)/curves cannot be created: Not a directory.")
  }
}
