import CodeSets
import Reports
import Retrieval

/// An evaluation in aligned columns, for a terminal.
struct EvaluationTable {
  let set: CodeSet
  let evaluations: [TaskEvaluation]
  /// Whether curves are printed too.
  let showsCurves: Bool
  let hasDatabaseOrder: Bool

  /// Which array took which role, a block for each task, and the protocol.
  var text: String {
    let used = set.sources.map { source in
      [source.role, source.name, Self.shape(source.shape), source.reading, source.file]
    }
    let blocks =
      [Self.aligned(used, wordColumns: 5)] + evaluations.map(block) + [protocolLines]
    return blocks.joined(separator: "\n")
  }

  private static func shape(_ shape: [Int]) -> String {
    shape.map(String.init).joined(separator: " × ")
  }

  private func block(_ evaluation: TaskEvaluation) -> String {
    let header =
      "\(evaluation.displayName) · \(set.bits) bits · \(set.queryCount) queries, "
      + "\(evaluation.answerableCount) answerable, \(set.unlabelledQueryCount) without a label · "
      + "database \(set.retrievalCount), \(set.unlabelledRetrievalCount) without a label\n"
    var rows = [
      ["measure", "expected", "worst", "best"] + (hasDatabaseOrder ? ["database order"] : [])
    ]
    for result in evaluation.measures {
      let values = result.mean.byOrder.map { result.queryCount > 0 ? $0.value.fixed(4) : "–" }
      rows.append(["\(result.measure)"] + values)
    }
    var text = header + Self.aligned(rows, wordColumns: 1)
    if let count = evaluation.ownRowCount {
      text +=
        "an item is not its own answer: left out of its own ranking for \(count) of "
        + "\(set.queryCount) queries\n"
    }
    if evaluation.answerableCount == 0 { text += "! no query has a relevant item\n" }
    for curve in showsCurves ? evaluation.curves : [] { text += "\n" + Self.text(of: curve) }
    return text
  }

  private static func text(of result: CurveResult) -> String {
    let position =
      switch result.curve {
      case .radius: "radius"
      case .rank: "recall level"
      case .top: "first"
      }
    return result.lines.map { line in
      let rows =
        [[position, "precision", "recall"]]
        + line.points.map { point in
          let place = Int(exactly: point.position).map(String.init) ?? point.position.fixed(3)
          return [place, point.precision.fixed(4), point.recall.fixed(4)]
        }
      let order = line.order.map { " · \($0.words)" } ?? ""
      return "\(result.curve)\(order)\n" + aligned(rows, wordColumns: 0)
    }.joined(separator: "\n")
  }

  private var protocolLines: String {
    let order = hasDatabaseOrder ? "\n  database order: ties stay as the items stand" : ""
    return """
      ties, items at equal distance, in every order:
        expected: the exact mean; worst, best: the least and the greatest value\(order)
      relevant: shares a label with the query
      unanswerable queries, without a relevant item: left out of means unless a name says otherwise
      mAP@all: \(Measure.meanAveragePrecision.definition) by Hamming distance
      names hold all conventions: crossbit evaluate --help

      """
  }

  /// Columns of words stand left, those of numbers right.
  private static func aligned(_ rows: [[String]], wordColumns: Int) -> String {
    let columnCount = rows.map(\.count).max() ?? 0
    let widths = (0..<columnCount).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        guard column < wordColumns else { return space + cell }
        return column == row.count - 1 ? cell : cell + space
      }
      return cells.joined(separator: "  ") + "\n"
    }.joined()
  }
}

extension TieOrder {
  /// The rule as tables print it.
  fileprivate var words: String { self == .databaseOrder ? "database order" : rawValue }
}
