import ExperimentKit
import Foundation
import Retrieval
import Tensors
import TestSupport
import Testing

@testable import Reports

/// Sums of a few numbers near 1 in Double: an error of some units in the last place.
private let rounding = 1e-12

@Suite("Significance")
struct SignificanceTests {
  /// Enough for a clear verdict, few enough for ten thousand rounds without optimisation.
  private static let queryCount = 30

  /// A trial whose queries have the values of `value`; the first query is unanswerable.
  private func record(
    _ name: String, bits: Int = 16, seed: UInt64 = 1, kind: TrialSubject.Kind = .method,
    databaseCodes: DatabaseCodes = .ownModality, _ value: (Int) -> Double
  ) -> TrialRecord {
    let values: [Double?] = [nil] + (1..<Self.queryCount).map(value)
    let mean = values.compactMap { $0 }.reduce(0, +) / Double(Self.queryCount - 1)
    var result = SampleTrials.result(.imageToText, databaseCodes, map: mean)
    result.result.queryCount = Self.queryCount
    result.result.answerableCount = Self.queryCount - 1
    result.result.averagePrecision = values
    return SampleTrials.record(
      SampleTrials.subject(name, name: name.uppercased(), variant: "v", kind: kind), bits: bits,
      seed: seed, results: [result])
  }

  private func report(_ records: [TrialRecord]) -> Report {
    Report(SampleTrials.input(records: records, comparisons: []))
  }

  private func comparisons(_ records: [TrialRecord]) throws -> [QueryComparison] {
    try #require(report(records).tables.first).comparisons
  }

  /// A value that goes up and down with the query.
  private func wave(_ query: Int) -> Double { 0.5 + 0.1 * Double(query % 7 - 3) }

  @Test("a method below the best on every query gets the sign, the best gets none")
  func clear() throws {
    let report = report([record("a", wave), record("b") { wave($0) - 0.1 }])
    let table = try #require(report.tables.first)
    let comparison = try #require(table.comparisons.first)
    #expect(table.comparisons.count == 1)
    #expect(comparison.subject.title == "B · v" && comparison.best.title == "A · v")
    #expect(abs(comparison.difference + 0.1) < rounding)
    // Every resample has the same mean.
    #expect(abs(comparison.interval.lowerBound + 0.1) < rounding)
    #expect(abs(comparison.interval.upperBound + 0.1) < rounding)
    // 2 of 2²⁹ assignments of signs are as extreme, so the observed one stays alone.
    #expect(comparison.pValue == 1.0 / 10_001 && comparison.adjustedPValue == comparison.pValue)
    #expect(comparison.queryCount == Self.queryCount - 1 && comparison.seeds == [1])
    let cells = table.rows.map { MainTable.cell(table: table, row: $0, bits: 16).markdown }
    #expect(cells.map { $0.contains("†") } == [false, true])
    #expect(cells[0].hasPrefix("**") && cells[1].hasPrefix("<u>"))
    let page = try #require(report.files.first { $0.path == "README.md" }).text
    #expect(
      page.contains(
        "†: significantly below the best of its column among methods with the same database codes "
          + "(p < 0.05 after Holm's correction over 1 comparison; paired randomisation test, 10000 "
          + "rounds; about queries, not about seeds)"))
    #expect(
      page.contains(
        "| B · v | A · v | own-modality | 16 | -0.1000 | -0.1000 … -0.1000 | 0.0001 | 0.0001† | "
          + "29 | 1 |"))
    #expect(report.terminalText.contains("† significantly below the best over queries"))
  }

  @Test("methods that win on different queries get no sign, and the page says so")
  func unclear() throws {
    // Differences of ± 0.1 in turn; the last one alone decides the mean.
    let report = report([
      record("a", wave), record("b") { wave($0) + ($0.isMultiple(of: 2) ? 0.1 : -0.1) },
    ])
    let table = try #require(report.tables.first)
    let comparison = try #require(table.comparisons.first)
    #expect(comparison.pValue > 0.5 && !comparison.isSignificantlyBelow)
    #expect(comparison.interval.contains(0))
    let page = try #require(report.files.first { $0.path == "README.md" }).text
    #expect(page.contains("no cell is significantly below the best of its column"))
    #expect(!page.contains("0.5000†") && !report.terminalText.contains("†"))
  }

  @Test("corrects over all comparisons of the table and compares each code length by itself")
  func correction() throws {
    var random = testStream("significance")
    let noise = (0..<Self.queryCount).map { _ in random.nextNormal() * 0.1 }
    let records = [16, 32].flatMap { bits in
      [
        record("a", bits: bits, wave),
        record("b", bits: bits) { wave($0) - 0.04 + noise[$0] * Double(bits) / 16 },
        record("c", bits: bits) { wave($0) - 0.3 + noise[$0] },
      ]
    }
    let comparisons = try comparisons(records)
    #expect(comparisons.map(\.bits) == [16, 16, 32, 32])
    #expect(comparisons.map(\.adjustedPValue) == holmAdjusted(comparisons.map(\.pValue)))
    #expect(Set(comparisons.map(\.adjustedPValue)) != Set(comparisons.map(\.pValue)))
    // A pair's p-value does not depend on its neighbours, and repeats itself.
    let pair = try self.comparisons(records.filter { $0.subject.method != "c" && $0.bits == 16 })
    #expect(pair.map(\.pValue) == [comparisons[0].pValue])
    #expect(pair.map(\.interval) == [comparisons[0].interval])
    #expect(pair[0].adjustedPValue == pair[0].pValue)
  }

  @Test("neither reference points nor other kinds of database codes are compared")
  func rivals() throws {
    let records = [
      record("a", wave), record("b", databaseCodes: .joint) { wave($0) - 0.1 },
      record("c", kind: .reference) { wave($0) - 0.2 },
    ]
    #expect(try comparisons(records).isEmpty)
    let page = try #require(report(records).files.first { $0.path == "README.md" }).text
    #expect(!page.contains("ignifican"))
  }

  @Test("values are means over the seeds that both have")
  func commonSeeds() throws {
    let records = [
      record("a", seed: 1, wave), record("a", seed: 2) { wave($0) + 0.2 },
      record("a", seed: 3) { wave($0) + 0.4 }, record("b", seed: 2, wave),
      record("b", seed: 3) { wave($0) + 0.1 },
    ]
    let comparison = try #require(try comparisons(records).first)
    #expect(comparison.seeds == [2, 3])
    // Means over seeds 2 and 3: + 0.3 and + 0.05.
    #expect(abs(comparison.difference + 0.25) < rounding)
  }

  @Test("pairs without a common seed or without values of queries are left out")
  func incomparable() throws {
    #expect(try comparisons([record("a", seed: 1, wave), record("b", seed: 2, wave)]).isEmpty)
    var bare = record("b", wave)
    bare.results[0].result.averagePrecision = []
    #expect(try comparisons([record("a", wave), bare]).isEmpty)
  }

  @Test("results.csv carries the comparison on the lines of mAP@all only")
  func csv() throws {
    let report = report([record("a", wave), record("b") { wave($0) - 0.1 }])
    let text = try #require(report.files.first { $0.path == "results.csv" }).text
    let lines = text.split(separator: "\n")
    #expect(lines[0].hasSuffix(",source,compared_with,difference,ci_low,ci_high,p,p_holm"))
    let compared = lines.filter { $0.contains(",a v,") }
    #expect(compared.count == 1)
    #expect(
      compared[0].hasSuffix(",a v,-0.100000,-0.100000,-0.100000,0.000100,0.000100")
        && compared[0].contains(",b,v,") && compared[0].contains(",mAP@all(ties=expected),"))
  }
}
