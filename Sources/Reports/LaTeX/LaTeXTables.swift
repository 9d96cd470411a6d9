import ExperimentKit
import Retrieval

/// `tables.tex`: the tables of mean average precision for a paper, which needs `booktabs` alone.
struct LaTeXTables {
  let input: ReportInput
  let trials: FinishedTrials
  let tables: [ResultTable]

  /// The whole file.
  var text: String {
    var labels: Set<String> = []
    var blocks = [opening]
    for table in tables {
      let stem = [input.name, table.dataset.name, table.split.rule, table.task.rawValue]
        .map(\.slug).filter { !$0.isEmpty }.joined(separator: "-")
      // Two files of one name or two seeds of a rule can differ in their digests only.
      let label =
        labels.insert(stem).inserted ? stem : "\(stem)-\(table.split.digest.shortDigest)"
      labels.insert(label)
      blocks.append(block(table, label: label))
    }
    return blocks.joined(separator: "\n")
  }

  private var opening: String {
    """
    % \(Self.comment("\(input.name): \(input.summary)"))
    % Written by: \(Self.comment(input.command))
    % In the preamble: \\usepackage{booktabs}. In the text: \\input{tables}.
    % The greatest of three sizes of letters that fits the line; define it yourself to choose.
    \\providecommand{\\crossbittable}[1]{%
      \\setlength{\\tabcolsep}{4pt}%
      \\sbox0{\\footnotesize#1}%
      \\ifdim\\wd0>\\linewidth\\sbox0{\\scriptsize#1}\\fi
      \\ifdim\\wd0>\\linewidth\\sbox0{\\tiny#1}\\fi
      \\usebox0}

    """
  }

  /// A line break inside a comment would end it.
  private static func comment(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }

  private func block(_ table: ResultTable, label: String) -> String {
    let printed = Self.grouped(MainTable.printed(table))
    let columns = printed.columns.map { $0.alignment == .leading ? "l" : "r" }.joined()
    return """
      \\begin{table*}
      \\centering
      \\caption{\(caption(of: table).latexEscaped)}
      \\label{tab:\(label)}
      \\crossbittable{\\begin{tabular}{@{}\(columns)@{}}
      \\toprule
      \(Self.line(printed.columns.map(\.title.latexEscaped)))
      \\midrule
      \(rows(of: printed))
      \\bottomrule
      \\end{tabular}}

      \\smallskip
      \\begin{minipage}{\\linewidth}
      \\scriptsize\\raggedright
      \(note(of: table).latexEscaped)
      \\end{minipage}
      \\end{table*}

      """
  }

  /// The kind of database codes as a line above the rows that have it, for the width of a page.
  ///
  /// The kind that most protocols mean needs no line; the note below tells where there is another.
  private static func grouped(_ table: PrintedTable) -> PrintedTable {
    let place = MainTable.databaseCodesColumn
    func narrow<Element>(_ cells: [Element]) -> [Element] {
      cells.indices.filter { $0 != place }.map { cells[$0] }
    }
    var grouped = PrintedTable(narrow(table.columns.map { ($0.title, $0.alignment) }))
    var kind = DatabaseCodes.ownModality.rawValue
    for row in table.rows {
      let own = row.cells[place].plain
      if row.kind != .heading, own != kind {
        grouped.append([PrintedText("\(own) database codes:", .reference)], .heading)
        kind = own
      }
      // Below their heading, reference points have codes of the usual kind again.
      if row.kind == .heading { kind = DatabaseCodes.ownModality.rawValue }
      grouped.append(row.kind == .heading ? [row.cells[0]] : narrow(row.cells), row.kind)
    }
    return grouped
  }

  /// What the table shows, with the marks that a number must not be quoted without.
  private func caption(of table: ResultTable) -> String {
    var parts = [
      "mAP@all on \(table.dataset.name), \(table.task.displayName), \(table.split.rule)."
    ]
    if let surrogate = table.dataset.surrogate {
      parts.append("SURROGATE: the \(surrogate) features are made up.")
    }
    if trials.isPartial {
      parts.append("Partial: \(trials.records.count) of \(trials.plannedCount) trials.")
    }
    return parts.joined(separator: " ")
  }

  /// How the signs are to be read, then the protocol.
  private func note(of table: ResultTable) -> String {
    let marks =
      "bold: best of its column, underlined: second, among methods with the same database codes"
    let hasMarks = table.rows.contains { row in
      table.codeLengths.contains { table.mark(of: row, bits: $0) != nil }
    }
    let kinds = Set(table.rows.map(\.databaseCodes))
    let codes =
      kinds == [.ownModality]
      ? "database codes: own-modality"
      : "database codes: own-modality where no line above the rows says otherwise"
    let parts = ProtocolLine(table: table, measure: .meanAveragePrecision).parts
    return ((hasMarks ? [marks] : []) + [codes] + parts).joined(separator: " · ")
  }

  private func rows(of printed: PrintedTable) -> String {
    printed.rows.enumerated().map { index, row in
      guard row.kind == .heading else { return Self.line(row.cells.map(\.latex)) }
      let words = row.cells.first?.latex ?? ""
      return (index > 0 ? "\\midrule\n" : "")
        + "\\multicolumn{\(printed.columns.count)}{@{}l@{}}{\(words)} \\\\"
    }.joined(separator: "\n")
  }

  private static func line(_ cells: [String]) -> String {
    cells.joined(separator: " & ") + " \\\\"
  }
}
