import ExperimentKit
import ReportedNumbers
import Retrieval

/// Our numbers beside those of one table of a paper.
struct GapTable {
  /// The data set and the paper's table.
  let comparison: ReportedComparison
  /// Our table.
  let table: ResultTable

  /// One of our rows with what the paper prints for it, by code length.
  private struct Line {
    let row: ResultTable.Row
    let reported: [Int: ReportedNumber]
  }

  private var lines: [Line] {
    table.rows.compactMap { row in
      let reported = row.cells.compactMapValues { cell in
        cell.reported.first {
          $0.table == comparison.table && $0.dataset == comparison.reportedDataset
        }
      }
      return reported.isEmpty ? nil : Line(row: row, reported: reported)
    }
  }

  /// All gaps, ours minus theirs, in the order of the table.
  private var gaps: [Double] { lines.flatMap { gaps(of: $0) } }

  private func gaps(of line: Line) -> [Double] {
    table.codeLengths.compactMap { bits in
      guard let reported = line.reported[bits] else { return nil }
      return line.row.cells[bits]?.gap(to: reported)
    }
  }

  private static func meanAbsolute(_ gaps: [Double]) -> String {
    SeedSummary(gaps.map(\.magnitude)).mean.fixed(4)
  }

  /// The paper's table, its data set and the mean size of the gaps, in words.
  struct Heading {
    let source: String
    let rest: String
  }

  /// What a page prints: a heading, the table and the paper's protocol.
  struct Content {
    let heading: Heading
    let printed: PrintedTable
    let smallPrint: String

    var markdown: String {
      """
      **\(heading.source)**\(heading.rest)

      \(printed.markdown)
      <sub>\(smallPrint)</sub>

      """
    }
  }

  /// What a page prints; nil when the paper's table has none of our cells.
  var content: Content? {
    let lines = lines
    let cited = lines.flatMap { line in table.codeLengths.compactMap { line.reported[$0] } }
    guard let sample = cited.first else { return nil }
    let bits = table.codeLengths.filter { bits in lines.contains { $0.reported[bits] != nil } }
    var printed = PrintedTable(
      [("method", .leading), ("database codes", .leading), ("", .leading)]
        + bits.map { ("\($0) bits", .trailing) } + [("mean gap size", .trailing)])
    for line in lines {
      let cells = bits.map { bits in
        line.reported[bits].flatMap { number in
          line.row.cells[bits].map { (number: number, cell: $0) }
        }
      }
      let rows: [(cells: [String], kind: PrintedTable.RowKind)] = [
        (
          [
            line.row.subject.title, line.row.databaseCodes.rawValue,
            "reported as \(method(of: line))",
          ] + cells.map { $0?.number.value.fixed(4) ?? "–" }, .method
        ),
        (
          ["", "", "ours"]
            + cells.map { $0?.cell.meanAveragePrecision.expected.mean.fixed(4) ?? "–" },
          .continuation
        ),
        (
          ["", "", "gap"] + cells.map { $0.map { $0.cell.gap(to: $0.number).signed(4) } ?? "–" }
            + [Self.meanAbsolute(gaps(of: line))], .continuation
        ),
      ]
      for row in rows { printed.append(row.cells.map { PrintedText($0) }, row.kind) }
    }
    return Content(
      heading: Heading(
        source: "Against \(comparison.table.rawValue)",
        rest: ", \(comparison.reportedDataset) (\(comparison.table.citation)) Mean absolute gap "
          + "\(Self.meanAbsolute(gaps)) over \(gaps.count) \(gaps.count == 1 ? "cell" : "cells")."),
      printed: printed,
      smallPrint: "their protocol: \(sample.protocolText) · their measure: \(sample.measure) · how "
        + "read: \(Self.evidence(of: cited)) · ours: the protocol line above, so a gap compares "
        + "protocols as well as programs")
  }

  private func method(of line: Line) -> String {
    line.row.subject.subject.reportedName ?? ""
  }

  /// Remarks of the cells, each once; a doubtful cell has one of its own.
  private static func evidence(of numbers: [ReportedNumber]) -> String {
    var seen: Set<String> = []
    return numbers.map(\.evidence).filter { seen.insert($0).inserted }.joined(separator: "; ")
  }
}
