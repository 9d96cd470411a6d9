/// A table in GitHub's Markdown.
package struct MarkdownTable {
  /// Side on which a column's text stands.
  package enum Alignment: String {
    case leading = ":--"
    case trailing = "--:"
  }

  private let columns: [(title: String, alignment: Alignment)]
  private var rows: [[String]] = []

  /// Starts a table with its columns.
  package init(_ columns: [(title: String, alignment: Alignment)]) {
    self.columns = columns
  }

  /// Adds a row; missing cells at the end stay empty.
  ///
  /// - Precondition: there are no more cells than columns.
  package mutating func append(_ cells: [String]) {
    precondition(
      cells.count <= columns.count, "\(cells.count) cells for \(columns.count) columns")
    rows.append(cells + Array(repeating: "", count: columns.count - cells.count))
  }

  /// The table as lines, each ending in LF.
  package var text: String {
    let lines =
      [columns.map(\.title).map(Self.escaped), columns.map(\.alignment.rawValue)]
      + rows.map { $0.map(Self.escaped) }
    return lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  /// A bar or a line break inside a cell would end it.
  private static func escaped(_ cell: String) -> String {
    cell.map { $0 == "|" ? "\\|" : $0.isNewline ? " " : String($0) }.joined()
  }
}
