import ExperimentKit

/// Precision at a few cut-offs, for the document; the whole curve stands in a file of its own.
enum PrecisionTable {
  /// Most columns that a page shows.
  private static let columnCount = 6

  /// At most six cut-offs of a table: the round ones that are there, else an even choice.
  static func cutoffs(of table: ResultTable) -> [Int] {
    let available = Set(table.rows.flatMap(\.cells.values).flatMap(\.precisionAtTop.keys)).sorted()
    guard available.count > columnCount else { return available }
    let round = available.filter { [1, 10, 50, 100, 500, 1000].contains($0) }
    if round.count > 1 { return round }
    return (0..<columnCount).map { available[$0 * (available.count - 1) / (columnCount - 1)] }
  }

  /// The table with a row for each method and code length; no rows when nothing was measured.
  static func printed(_ table: ResultTable) -> PrintedTable {
    let cutoffs = cutoffs(of: table)
    var printed = PrintedTable(
      [("method", .leading), ("database codes", .leading), ("bits", .trailing)]
        + cutoffs.map { ("P@\($0)", .trailing) })
    for row in table.rows {
      for bits in table.codeLengths {
        guard let cell = row.cells[bits], !cell.precisionAtTop.isEmpty else { continue }
        printed.append(
          [
            row.subject.printedTitle, PrintedText(row.databaseCodes.rawValue),
            PrintedText(String(bits)),
          ] + cutoffs.map { PrintedText(cell.precisionAtTop[$0]?.expected.text() ?? "–") },
          row.subject.rowKind)
      }
    }
    return printed
  }
}
