/// A table in aligned columns, for a terminal.
struct AlignedColumns {
  /// Side on which a column's text stands.
  enum Side {
    case left, right
  }

  private let sides: [Side]
  private var lines: [[String]]

  /// Starts a table with its columns.
  init(_ columns: [(title: String, side: Side)]) {
    sides = columns.map(\.side)
    lines = [columns.map(\.title)]
  }

  /// Starts a table without a header.
  init(sides: [Side]) {
    self.sides = sides
    lines = []
  }

  /// Adds a row.
  ///
  /// - Precondition: There is a cell for each column.
  mutating func append(_ cells: [String]) {
    precondition(cells.count == sides.count, "\(cells.count) cells for \(sides.count) columns")
    lines.append(cells)
  }

  /// The table, each line ending in LF.
  var text: String { alignedLines.map { $0 + "\n" }.joined() }

  /// The lines without spaces at their ends.
  var alignedLines: [String] {
    let widths = sides.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { cells in
      let columns = cells.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - cells[column].count)
        return sides[column] == .left ? cells[column] + space : space + cells[column]
      }
      let line = columns.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
