extension PrintedText {
  /// The cell in HTML.
  var markup: [Markup] {
    runs.map { run in
      switch run.emphasis {
      case .best: .element("strong", run.text)
      case .second: .element("u", run.text)
      case .reference: .element("em", run.text)
      case nil: .text(run.text)
      }
    }
  }
}

extension Markup {
  /// A table in a box of its own, which scrolls where the table is wider than the page.
  ///
  /// - Parameters:
  ///   - table: The first cell of each row names it.
  ///   - caption: What the table shows, for everybody.
  ///   - subject: What the heading above says already, for those who come to the table alone.
  ///   - isSortable: Whether the script of the page may sort its rows.
  ///   - links: Addresses for cells of the first column, by their text.
  /// - Returns: The box with the table.
  static func table(
    _ table: PrintedTable, caption: String, of subject: String? = nil, isSortable: Bool = true,
    links: [String: String] = [:]
  ) -> Markup {
    let titles = table.columns.map { column in
      element("th", attributes(of: column, isHeader: true), column.title)
    }
    let rowClass = isSortable ? "sortable" : "fixed"
    return .joined([
      .element(
        "div",
        [
          "class": "scroll", "role": "region", "tabindex": "0",
          "aria-label": subject.map { "\($0): \(caption)" } ?? caption,
        ],
        [
          .element(
            "table", ["class": rowClass],
            [
              .element("caption", caption), .element("thead", [.element("tr", titles)]),
            ] + bodies(of: table, links: links))
        ]), .text("\n"),
    ])
  }

  /// Rows that are sorted together: methods, reference points; headings between them alone.
  private static func bodies(of table: PrintedTable, links: [String: String]) -> [Markup] {
    var groups: [(kind: PrintedTable.RowKind, rows: [PrintedTable.Row])] = []
    for row in table.rows {
      // A continuation belongs to the row above it.
      let isNext = row.kind == .continuation || row.kind == groups.last?.kind
      if isNext, let last = groups.indices.last {
        groups[last].rows.append(row)
      } else {
        groups.append((row.kind, [row]))
      }
    }
    return groups.map { group in
      let rows = group.rows.indices.map { index in
        line(
          group.rows[index], columns: table.columns, links: links,
          followers: group.rows[(index + 1)...].prefix { $0.kind == .continuation }.count)
      }
      return .joined([.text("\n"), .element("tbody", rows)])
    }
  }

  /// A row; the empty cells that begin its continuations are covered by its own.
  private static func line(
    _ row: PrintedTable.Row, columns: [PrintedTable.Column], links: [String: String],
    followers: Int
  ) -> Markup {
    if row.kind == .heading {
      let words = row.cells[0].markup
      return .element(
        "tr",
        [.element("th", ["colspan": String(columns.count), "scope": "rowgroup"], words)])
    }
    let covered = row.cells.prefix { $0.plain.isEmpty }.count
    let skipped = row.kind == .continuation ? covered : 0
    let cells = columns.indices.dropFirst(skipped).map { index in
      let cell = row.cells[index]
      let column = columns[index]
      guard index == 0 else {
        return followers > 0 && index == 1
          ? element("td", ["rowspan": String(followers + 1)], cell.markup)
          : element("td", attributes(of: column, isHeader: false), cell.markup)
      }
      let name = links[cell.plain].map { [element("a", ["href": $0], cell.markup)] } ?? cell.markup
      return followers > 0
        ? element("th", ["scope": "rowgroup", "rowspan": String(followers + 1)], name)
        : element("th", ["scope": "row"], name)
    }
    return .joined([.text("\n"), .element("tr", cells)])
  }

  private static func attributes(
    of column: PrintedTable.Column, isHeader: Bool
  ) -> KeyValuePairs<StaticString, String> {
    switch (isHeader, column.alignment) {
    case (true, .leading): ["scope": "col"]
    case (true, .trailing): ["scope": "col", "class": "number"]
    case (false, .leading): column.isSentence ? ["class": "words"] : [:]
    case (false, .trailing): ["class": "number"]
    }
  }
}
