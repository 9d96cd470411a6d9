import ExperimentKit
import Retrieval

extension Report {
  /// The main tables and the warnings in aligned columns, for a terminal.
  package var terminalText: String {
    var blocks = tables.map { TerminalTable(table: $0).text }
    if !warnings.isEmpty { blocks.append(warnings.map { "! \($0)\n" }.joined()) }
    return blocks.joined(separator: "\n")
  }
}

/// One table in aligned columns; `*` marks the best method, `+` the second.
private struct TerminalTable {
  let table: ResultTable

  var text: String {
    let header =
      ["method", "fidelity", "database"]
      + table.codeLengths.map { "\($0) bits " + (hasSigns ? " " : "") }
    let lines =
      [header] + table.rows.filter { !$0.subject.isReference }.map(cells)
      + table.rows.filter(\.subject.isReference).map(cells)
    let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    var text = lines.map { Self.aligned($0, widths: widths) }
    if let reference = table.rows.firstIndex(where: \.subject.isReference), reference > 0 {
      let rule = String(repeating: "─", count: widths.reduce(0, +) + 2 * (widths.count - 1))
      text.insert(rule + "\n", at: reference + 1)
    }
    return title + text.joined() + legend
  }

  /// The protocol in short; README.md has the whole line.
  private var legend: String {
    let marks = table.rows.contains { row in
      table.codeLengths.contains { table.mark(of: row, bits: $0) != nil }
    }
    return "\(table.answerableCount) of \(table.queryCount) queries answerable · "
      + "\(table.split.trainingCount) training items, \(table.split.retrievalCount) searched · "
      + "data \(table.dataset.digest.shortDigest), split \(table.split.digest.shortDigest)\n"
      + (marks ? "* best, + second among methods with the same database codes\n" : "")
      + (hasSigns
        ? "\(SignificanceText.sign) significantly below the best over queries, see README.md\n"
        : "")
  }

  private var hasSigns: Bool {
    table.rows.contains { row in
      table.codeLengths.contains { table.isSignificantlyBelowBest(row, bits: $0) }
    }
  }

  private var title: String {
    let surrogate = table.dataset.surrogate.map { " · SURROGATE \($0)" } ?? ""
    let seeds = table.fullSeedCount == 1 ? "1 seed" : "mean ± sd over \(table.fullSeedCount) seeds"
    return "\(table.dataset.name) · \(table.split.rule)\(surrogate) · \(table.task.displayName) · "
      + "\(MeasureText.meanAveragePrecisionName) · \(seeds)\n"
  }

  private func cells(of row: ResultTable.Row) -> [String] {
    [row.subject.title, row.subject.fidelityText, row.databaseCodes.rawValue]
      + table.codeLengths.map { bits in
        guard let cell = row.cells[bits] else { return hasSigns ? "–  " : "– " }
        let mark =
          switch table.mark(of: row, bits: bits) {
          case .best: "*"
          case .second: "+"
          case nil: " "
          }
        return cell.meanAveragePrecision.expected.text()
          + MainTable.seedCountText(cell, in: table) + mark + sign(of: row, bits: bits)
      }
  }

  /// The sign behind the mark, or room for it where other cells have one.
  private func sign(of row: ResultTable.Row, bits: Int) -> String {
    guard hasSigns else { return "" }
    return table.isSignificantlyBelowBest(row, bits: bits) ? SignificanceText.sign : " "
  }

  /// Words stand left, numbers right.
  private static func aligned(_ cells: [String], widths: [Int]) -> String {
    let columns = zip(cells, widths).enumerated().map { column, pair in
      let space = String(repeating: " ", count: pair.1 - pair.0.count)
      return column < 3 ? pair.0 + space : space + pair.0
    }
    let line = columns.joined(separator: "  ")
    return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
  }
}
