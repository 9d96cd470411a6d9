import CodeSets
import Reports
import Retrieval

/// A ladder as a table: definition, value, difference, where it is seen.
struct LadderTable {
  let ladder: DefinitionLadder

  /// The ladders of all tasks of a code set, one after the other.
  ///
  /// - Throws: `RetrievalError` when the codes cannot be measured.
  static func text(
    of set: CodeSet, markdown: Bool, threads: Int
  ) throws(RetrievalError) -> String {
    var tables: [String] = []
    for task in set.tasks {
      let table = LadderTable(ladder: try DefinitionLadder(task, of: set, threads: threads))
      tables.append(markdown ? table.markdown : table.text)
    }
    return tables.joined(separator: "\n")
  }

  private static let titles = [
    "definition", "value", "difference from \(Rung.reference.name)", "where it is seen",
  ]

  /// Task, code length and sizes in a line.
  private var heading: String {
    let task = RetrievalTask(rawValue: ladder.taskName)?.displayName ?? ladder.taskName
    return "\(task), \(ladder.bits) bits: \(ladder.queryCount) queries, "
      + "\(ladder.answerableCount) of them answerable, \(ladder.retrievalCount) items searched"
  }

  private func cells(_ step: DefinitionLadder.Step, name: String) -> [String] {
    [
      name, step.value?.fixed(4) ?? "–",
      step.difference.map { $0.signed(4) } ?? "–",
      step.rung.seenIn,
    ]
  }

  /// The table in GitHub's Markdown.
  var markdown: String {
    var table = MarkdownTable(
      zip(Self.titles, [.leading, .trailing, .trailing, .leading]).map { ($0, $1) })
    for step in ladder.steps { table.append(cells(step, name: "`\(step.rung.name)`")) }
    return "**\(heading)**\n\n\(table.text)"
  }

  /// The table in aligned columns, for a terminal.
  var text: String {
    var table = AlignedColumns([
      ("definition", .left), ("value", .right), ("difference", .right),
      ("where it is seen", .left),
    ])
    for step in ladder.steps { table.append(cells(step, name: step.rung.name)) }
    return
      "\(heading)\n\n\(table.text)\ndifference: from \(Rung.reference.name); – for measures of another kind\n"
  }
}
