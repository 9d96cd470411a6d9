import ExperimentKit
import Retrieval

/// The measures that a manifest names, beside mean average precision.
enum FurtherMeasuresTable {
  /// A row for each method and code length, a column for each measure; no rows without measures.
  static func printed(_ table: ResultTable) -> PrintedTable {
    var printed = PrintedTable(
      [("method", .leading), ("database codes", .leading), ("bits", .trailing)]
        + table.measures.map { ($0.description, .trailing) })
    for row in table.rows {
      for bits in table.codeLengths {
        guard let cell = row.cells[bits], !cell.measures.isEmpty else { continue }
        printed.append(
          [
            row.subject.printedTitle, PrintedText(row.databaseCodes.rawValue),
            PrintedText(String(bits)),
          ]
            + table.measures.map { measure in
              guard let value = cell.measures[measure] else { return "–" }
              return PrintedText(value.expected.text() + MainTable.seedCountText(cell, in: table))
            }, row.subject.rowKind)
      }
    }
    return printed
  }
}
