import ExperimentKit
import Retrieval

/// The table of mean average precision as a paper prints it.
enum MainTable {
  /// Methods down, code lengths across; best bold, second underlined, reference points apart.
  static func markdown(of table: ResultTable) -> String {
    var markdown = MarkdownTable(
      [
        ("method", .leading), ("variant", .leading), ("fidelity", .leading),
        ("database codes", .leading),
      ] + table.codeLengths.map { ("\($0) bits", .trailing) })
    for row in table.rows where !row.subject.isReference {
      markdown.append(
        [
          row.subject.subject.displayName, row.subject.variant, row.subject.fidelityText,
          row.databaseCodes.rawValue,
        ] + table.codeLengths.map { cellText(table: table, row: row, bits: $0) })
    }
    let references = table.rows.filter(\.subject.isReference)
    if !references.isEmpty { markdown.append(["*reference points:*"]) }
    for row in references {
      markdown.append(
        [
          "*\(row.subject.subject.displayName)*", row.subject.variant, row.subject.fidelityText,
          row.databaseCodes.rawValue,
        ]
          + table.codeLengths.map { bits in
            let text = cellText(table: table, row: row, bits: bits)
            return text == "–" ? text : "*\(text)*"
          })
    }
    return markdown.text
  }

  /// Worst and best mean average precision over all orders inside ties, and database order.
  static func tieBounds(of table: ResultTable) -> String {
    var markdown = MarkdownTable(
      [("method", .leading), ("database codes", .leading)]
        + table.codeLengths.map { ("\($0) bits", .trailing) })
    for row in table.rows {
      markdown.append(
        [row.subject.title, row.databaseCodes.rawValue]
          + table.codeLengths.map { bits in
            guard let precision = row.cells[bits]?.meanAveragePrecision else { return "–" }
            let ordered = precision.databaseOrder.map { " (\($0.mean.fixed(4)))" } ?? ""
            return "\(precision.worst.fixed(4)) … \(precision.best.fixed(4))\(ordered)"
          })
    }
    return markdown.text
  }

  /// A cell with its mark, and with its number of seeds where others have more.
  static func cellText(table: ResultTable, row: ResultTable.Row, bits: Int) -> String {
    guard let cell = row.cells[bits] else { return "–" }
    let summary = cell.meanAveragePrecision.expected
    let mean = summary.mean.fixed(4)
    let marked =
      switch table.mark(of: row, bits: bits) {
      case .best: "**\(mean)**"
      case .second: "<u>\(mean)</u>"
      case nil: mean
      }
    let spread = summary.standardDeviation.map { " ± \($0.fixed(4))" } ?? ""
    let sign = table.isSignificantlyBelowBest(row, bits: bits) ? SignificanceText.sign : ""
    return marked + sign + spread + seedCountText(cell, in: table)
  }

  /// ` (2 seeds)` where the table has cells over more seeds, else nothing.
  static func seedCountText(_ cell: ResultTable.Cell, in table: ResultTable) -> String {
    guard cell.seeds.count < table.fullSeedCount else { return "" }
    return cell.seeds.count == 1 ? " (1 seed)" : " (\(cell.seeds.count) seeds)"
  }
}
