import ArrayFiles
import CrossModalData

/// Splits by name, as `crossbit data split` lists them.
enum SplitListing {
  /// Published splits in a table, under each where it comes from.
  static func published(_ splits: [PublishedSplit]) -> [String] {
    var table = AlignedColumns([
      ("split", .left), ("data set", .left), ("items", .right), ("queries", .right),
      ("trained on", .right), ("searched", .right), ("evidence", .left),
    ])
    for split in splits {
      table.append([
        split.name, split.dataset, "\(split.itemCount)", "\(split.rule.queryCount)",
        "\(split.rule.trainingCount)", "\(split.retrievalCount)", split.evidence.rawValue,
      ])
    }
    var lines = table.alignedLines
    let heading = lines.removeFirst()
    return [heading] + zip(lines, splits).flatMap { [$0, "    \($1.source)"] }
  }

  /// The stored splits of a file and the published ones for its number of items.
  ///
  /// - Throws: `DatasetError` when a stored split breaks a rule.
  static func lines(for file: DatasetFile) throws -> [String] {
    var lines = ["\(file.path)  \(file.itemCount) items"]
    for name in file.splitNames {
      let stored = try file.storedSplit(named: name)
      lines.append(
        "stored \(name)  \(stored.query.count) queries, \(stored.retrieval.count) searched, "
          + (stored.training.map { "\($0.count) trained on" } ?? "training items left open"))
    }
    if file.splitNames.isEmpty { lines.append("no stored split") }
    let fitting = PublishedSplit.fitting(itemCount: file.itemCount)
    guard !fitting.isEmpty else {
      return lines + ["no published split is for \(file.itemCount) items"]
    }
    return lines + [
      "", "Published splits for this number of items, where rows are in their order:",
    ]
      + published(fitting)
  }
}
