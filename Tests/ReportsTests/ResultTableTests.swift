import ExperimentKit
import ReportedNumbers
import Retrieval
import Testing

@testable import Reports

/// Sums of a few numbers near 1 in Double: an error of some units in the last place.
private let rounding = 1e-12

@Suite("Result table")
struct ResultTableTests {
  @Test("mean and sample standard deviation agree with hand calculation")
  func statistics() throws {
    // Mean 5, squared deviations 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, over 7.
    let summary = SeedSummary([2, 4, 4, 4, 5, 5, 7, 9])
    #expect(summary.mean == 5)
    #expect(abs(try #require(summary.standardDeviation) - (32.0 / 7).squareRoot()) < rounding)
    #expect(summary.count == 8)
    #expect(SeedSummary([0.25]).standardDeviation == nil)
    #expect(SeedSummary([0.25]).text() == "0.2500")
    #expect(SeedSummary([0.2, 0.3]).text() == "0.2500 ± 0.0707")
  }

  private func table(_ task: RetrievalTask, of input: ReportInput = SampleTrials.input()) throws
    -> ResultTable
  {
    try #require(Report(input).tables.first { $0.task == task })
  }

  private func row(
    _ table: ResultTable, _ method: String, _ variant: String, _ kind: DatabaseCodes
  ) throws -> ResultTable.Row {
    try #require(
      table.rows.first {
        $0.subject.subject.method == method && $0.subject.variant == variant
          && $0.databaseCodes == kind
      })
  }

  @Test("a cell holds mean, spread, tie bounds and database order over its seeds")
  func cell() throws {
    let table = try table(.imageToText)
    let cell = try #require(try row(table, "dbrh", "linear", .joint).cells[16])
    let precision = cell.meanAveragePrecision
    #expect(cell.seeds == [1, 2])
    #expect(abs(precision.expected.mean - 0.251) < rounding)
    let spread = try #require(precision.expected.standardDeviation)
    // Two values 0.002 apart: 0.002 / √2.
    #expect(abs(spread - 0.002 / 2.0.squareRoot()) < rounding)
    #expect(abs(precision.worst - 0.241) < rounding)
    #expect(abs(precision.best - 0.261) < rounding)
    let ordered = try #require(precision.databaseOrder)
    #expect(abs(ordered.mean - 0.252) < rounding)
    let top = try #require(cell.precisionAtTop[10])
    #expect(abs(top.expected.mean - 0.261) < rounding)
  }

  @Test("methods come first, then joint codes, then reference points")
  func order() throws {
    let rows = try table(.imageToText).rows.map {
      "\($0.subject.subject.method) \($0.subject.variant) \($0.databaseCodes.rawValue)"
    }
    #expect(
      rows == [
        "dbrh linear own-modality", "dbrh nonlinear own-modality", "dcmh matlab own-modality",
        "dbrh linear joint", "dbrh nonlinear joint", "random  own-modality",
        "label-oracle  own-modality",
      ])
  }

  @Test("the gap is ours minus theirs, for the paper's kind of database codes only")
  func gap() throws {
    let table = try table(.imageToText)
    let joint = try #require(try row(table, "dbrh", "linear", .joint).cells[16])
    let reported = try #require(joint.reported.first)
    #expect(reported.value == 0.2534)
    #expect(abs(joint.gap(to: reported) - (0.251 - 0.2534)) < rounding)
    #expect(try row(table, "dbrh", "linear", .ownModality).cells[16]?.reported == [])
    #expect(try row(table, "dcmh", "matlab", .ownModality).cells[16]?.reported == [])
  }

  @Test("a cell that two tables print keeps both, in the order of the comparisons")
  func twoTables() throws {
    let comparisons = [ReportedTable.dbrcTMM2019TableI, .dbrcTMM2019TableII].map {
      ReportedComparison(dataset: "wiki", table: $0, reportedDataset: "Wiki")
    }
    let input = SampleTrials.input(comparisons: comparisons)
    let cell = try row(try table(.imageToText, of: input), "dbrh", "linear", .joint).cells[16]
    #expect(cell?.reported.map(\.table) == [.dbrcTMM2019TableI, .dbrcTMM2019TableII])
  }

  @Test("best and second are marked among methods with the same database codes")
  func marks() throws {
    let table = try table(.imageToText)
    let marks = table.rows.map { row in [16, 32].map { table.mark(of: row, bits: $0) } }
    #expect(
      marks == [
        // At 32 bits the two DBRH variants print the same value and share the second place.
        [.second, .second], [nil, .second], [.best, .best],
        [.best, .best], [.second, .second],
        [nil, nil], [nil, nil],
      ])
  }

  @Test("values that print alike share the best mark, and the next print is second")
  func tiedMarks() throws {
    let maps = [0.30001, 0.30004, 0.29994, 0.2]
    let records = maps.enumerated().map { index, map in
      SampleTrials.record(
        SampleTrials.subject("m\(index)", name: "M\(index)", variant: "v"), bits: 16, seed: 1,
        results: [SampleTrials.result(.imageToText, .ownModality, map: map)])
    }
    let table = try table(.imageToText, of: SampleTrials.input(records: records))
    #expect(table.rows.map { table.mark(of: $0, bits: 16) } == [.best, .best, .second, nil])
    let lonely = try self.table(
      .imageToText, of: SampleTrials.input(records: Array(records.prefix(1))))
    #expect(lonely.rows.map { lonely.mark(of: $0, bits: 16) } == [nil])
  }

  @Test("two configurations of one name get rows of their own")
  func sharedNames() throws {
    let records = ["{\"a\":1}", "{\"a\":2}"].enumerated().map { index, configuration in
      var record = SampleTrials.record(
        SampleTrials.subject("m", name: "M", variant: "v", configuration: configuration),
        bits: 16, seed: 1, results: [SampleTrials.result(.imageToText, .ownModality, map: 0.3)])
      record.identifier = "\(index)"
      return record
    }
    let table = try table(.imageToText, of: SampleTrials.input(records: records))
    #expect(table.rows.map(\.subject.variant) == ["v", "v #2"])
  }

  @Test("a renamed method keeps its trials in one row")
  func renamedMethod() throws {
    var records = SampleTrials.records
    records[1].subject.displayName = "Another name"
    #expect(try table(.imageToText, of: SampleTrials.input(records: records)).rows.count == 7)
  }

  @Test("trials that are not planned are left out, and a trial given twice counts once")
  func planDecides() throws {
    let records = SampleTrials.records
    let planned = records.dropLast().map(\.identifier)
    let report = Report(
      SampleTrials.input(records: records + records, planned: planned + ["missing"]))
    #expect(report.finishedCount == records.count - 1)
    #expect(report.plannedCount == records.count)
    let oracle = try #require(report.tables.first?.rows.last?.cells[32])
    #expect(oracle.seeds == [1])
  }

  @Test("data sets and splits never mix")
  func groups() {
    var other = SampleTrials.split
    other.digest = "c3"
    let results = [SampleTrials.result(.imageToText, .ownModality, map: 0.3)]
    let first = SampleTrials.record(SampleTrials.dcmh, bits: 16, seed: 1, results: results)
    var second = SampleTrials.record(
      SampleTrials.dcmh, bits: 16, seed: 1, split: other, results: results)
    second.identifier += "-other"
    let report = Report(SampleTrials.input(records: [first, second]))
    #expect(report.tables.map(\.split.digest) == [SampleTrials.split.digest, "c3"])
    #expect(Set(report.files.map(\.path)).count == report.files.count)
  }
}
