/// A table as a reader sees it, before it becomes Markdown, HTML or LaTeX.
struct PrintedTable {
  /// A column's title and the side on which its text stands.
  struct Column {
    let title: String
    let alignment: MarkdownTable.Alignment
    /// Whether its text is long and may be broken into lines.
    var isSentence = false
  }

  /// What a row is about.
  enum RowKind {
    case method
    /// A line of words between rows, in the first cell alone.
    case heading
    case reference
    /// A further line of the method above; its first cells are empty.
    case continuation
  }

  /// A row with a cell for each column.
  struct Row {
    let kind: RowKind
    let cells: [PrintedText]
  }

  private(set) var columns: [Column]
  private(set) var rows: [Row] = []

  init(_ columns: [(title: String, alignment: MarkdownTable.Alignment)]) {
    self.columns = columns.map { Column(title: $0.title, alignment: $0.alignment) }
  }

  /// Lets the text of a column be broken into lines.
  mutating func breakLines(inColumn index: Int) { columns[index].isSentence = true }

  /// Adds a row; missing cells at the end stay empty.
  ///
  /// - Precondition: there are no more cells than columns.
  mutating func append(_ cells: [PrintedText], _ kind: RowKind = .method) {
    precondition(
      cells.count <= columns.count, "\(cells.count) cells for \(columns.count) columns")
    rows.append(
      Row(kind: kind, cells: cells + Array(repeating: "", count: columns.count - cells.count)))
  }

  /// The table in Markdown; empty text without rows.
  var markdown: String {
    guard !rows.isEmpty else { return "" }
    var table = MarkdownTable(columns.map { ($0.title, $0.alignment) })
    for row in rows { table.append(row.cells.map(\.markdown)) }
    return table.text
  }
}

/// Text of a cell, parts of it emphasised.
struct PrintedText: Equatable, ExpressibleByStringLiteral {
  /// Why a part stands out.
  enum Emphasis {
    /// Best printed value of its column.
    case best
    /// Next lower printed value of its column.
    case second
    /// A reference point, which takes no part.
    case reference
  }

  /// A part and its emphasis.
  struct Run: Equatable {
    let text: String
    let emphasis: Emphasis?
  }

  private(set) var runs: [Run]

  init(_ text: String, _ emphasis: Emphasis? = nil) {
    runs = text.isEmpty ? [] : [Run(text: text, emphasis: emphasis)]
  }

  init(stringLiteral text: String) { self.init(text) }

  static func + (left: PrintedText, right: PrintedText) -> PrintedText {
    var sum = left
    sum.runs += right.runs
    return sum
  }

  /// The letters alone.
  var plain: String { runs.map(\.text).joined() }

  /// The same with the emphasis of a reference point instead of its own.
  var asReference: PrintedText { PrintedText(plain, .reference) }

  /// The text in GitHub's Markdown, which knows no underline of its own.
  var markdown: String {
    runs.map { run in
      switch run.emphasis {
      case .best: "**\(run.text)**"
      case .second: "<u>\(run.text)</u>"
      case .reference: "*\(run.text)*"
      case nil: run.text
      }
    }.joined()
  }
}

extension ReportSubject {
  /// Name and variant in one phrase, in italics for a reference point.
  var printedTitle: PrintedText { PrintedText(title, isReference ? .reference : nil) }

  /// What a row of this subject is about.
  var rowKind: PrintedTable.RowKind { isReference ? .reference : .method }
}
