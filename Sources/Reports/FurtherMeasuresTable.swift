import ExperimentKit
import Retrieval

/// The measures that a manifest names, beside mean average precision.
enum FurtherMeasuresTable {
  /// A row for each method and code length, a column for each measure; empty without measures.
  static func markdown(of table: ResultTable) -> String {
    guard !table.measures.isEmpty else { return "" }
    var markdown = MarkdownTable(
      [("method", .leading), ("database codes", .leading), ("bits", .trailing)]
        + table.measures.map { ($0.description, .trailing) })
    for row in table.rows {
      for bits in table.codeLengths {
        guard let cell = row.cells[bits], !cell.measures.isEmpty else { continue }
        let title = row.subject.isReference ? "*\(row.subject.title)*" : row.subject.title
        markdown.append(
          [title, row.databaseCodes.rawValue, String(bits)]
            + table.measures.map { measure in
              guard let value = cell.measures[measure] else { return "–" }
              return value.expected.text() + MainTable.seedCountText(cell, in: table)
            })
      }
    }
    return markdown.text
  }
}
