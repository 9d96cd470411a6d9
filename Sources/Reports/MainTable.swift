import ExperimentKit
import Retrieval

/// The table of mean average precision as a paper prints it.
enum MainTable {
  /// Methods down, code lengths across; best bold, second underlined, reference points apart.
  static func printed(_ table: ResultTable) -> PrintedTable {
    var printed = PrintedTable(
      [
        ("method", .leading), ("variant", .leading), ("fidelity", .leading),
        ("database codes", .leading),
      ] + table.codeLengths.map { ("\($0) bits", .trailing) })
    for row in table.rows where !row.subject.isReference {
      printed.append(
        names(of: row) + table.codeLengths.map { cell(table: table, row: row, bits: $0) })
    }
    let references = table.rows.filter(\.subject.isReference)
    if !references.isEmpty {
      printed.append([PrintedText("reference points:", .reference)], .heading)
    }
    for row in references {
      printed.append(
        names(of: row)
          + table.codeLengths.map { bits in
            let cell = cell(table: table, row: row, bits: bits)
            return row.cells[bits] == nil ? cell : cell.asReference
          }, .reference)
    }
    return printed
  }

  /// Place of the database codes among the columns.
  static let databaseCodesColumn = 3

  private static func names(of row: ResultTable.Row) -> [PrintedText] {
    let subject = row.subject
    return [
      PrintedText(subject.subject.displayName, subject.isReference ? .reference : nil),
      PrintedText(subject.variant), PrintedText(subject.fidelityText),
      PrintedText(row.databaseCodes.rawValue),
    ]
  }

  /// Worst and best mean average precision over all orders inside ties, and database order.
  static func tieBounds(of table: ResultTable) -> PrintedTable {
    var printed = PrintedTable(
      [("method", .leading), ("database codes", .leading)]
        + table.codeLengths.map { ("\($0) bits", .trailing) })
    for row in table.rows {
      printed.append(
        [PrintedText(row.subject.title), PrintedText(row.databaseCodes.rawValue)]
          + table.codeLengths.map { bits in
            guard let precision = row.cells[bits]?.meanAveragePrecision else { return "–" }
            let ordered = precision.databaseOrder.map { " (\($0.mean.fixed(4)))" } ?? ""
            return PrintedText(
              "\(precision.worst.fixed(4)) … \(precision.best.fixed(4))\(ordered)")
          }, row.subject.rowKind)
    }
    return printed
  }

  /// A cell with its mark, and with its number of seeds where others have more.
  static func cell(table: ResultTable, row: ResultTable.Row, bits: Int) -> PrintedText {
    guard let cell = row.cells[bits] else { return "–" }
    let summary = cell.meanAveragePrecision.expected
    let emphasis: PrintedText.Emphasis? =
      switch table.mark(of: row, bits: bits) {
      case .best: .best
      case .second: .second
      case nil: nil
      }
    let sign = table.isSignificantlyBelowBest(row, bits: bits) ? SignificanceText.sign : ""
    let spread = summary.standardDeviation.map { " ± \($0.fixed(4))" } ?? ""
    return PrintedText(summary.mean.fixed(4), emphasis)
      + PrintedText(sign + spread + seedCountText(cell, in: table))
  }

  /// ` (2 seeds)` where the table has cells over more seeds, else nothing.
  static func seedCountText(_ cell: ResultTable.Cell, in table: ResultTable) -> String {
    guard cell.seeds.count < table.fullSeedCount else { return "" }
    return cell.seeds.count == 1 ? " (1 seed)" : " (\(cell.seeds.count) seeds)"
  }
}
