import CrossModalData
import Foundation

/// One split in words and numbers, as `crossbit data split FILE NAME` prints it.
struct SplitDescription {
  private static let listedLabelCount = 40
  private static let rarestLabelCount = 20
  private static let mostFrequentLabelCount = 5

  private let summary: SplitSummary
  private let file: DatasetFile
  private let published: PublishedSplit?

  init(_ summary: SplitSummary, of file: DatasetFile, published: PublishedSplit?) {
    self.summary = summary
    self.file = file
    self.published = published
  }

  private var split: RetrievalSplit { summary.split }

  func lines(allLabels: Bool) -> [String] {
    var table = AlignedColumns(sides: [.left, .left])
    table.append(["file", "\(file.path), \(file.itemCount) items"])
    table.append(["rule", split.rule])
    if let published {
      table.append(["source", "\(published.source) (\(published.evidence.rawValue))"])
      table.append([
        "rows", "must be those of \(published.rows), in that order; only their number is checked",
      ])
    }
    table.append(["SHA-256", summary.digest ?? "none, as the training items are left open"])
    table.append(["queries", "\(split.query.count)"])
    table.append([
      "trained on", summary.digest == nil ? "left open" : "\(split.training.count)",
    ])
    table.append(["searched", "\(split.retrieval.count)"])
    table.append(["unused", "\(summary.unusedCount)"])
    table.append([
      "overlap",
      (summary.digest == nil
        ? "" : "\(summary.trainedAndSearchedCount) training items and ")
        + "\(summary.askedAndSearchedCount) queries are searched too",
    ])
    if let chance = summary.chanceMeanAveragePrecision, let count = summary.unanswerableCount {
      table.append(["chance mAP@all", String(format: "%.4f", chance)])
      table.append(["unanswerable", "\(count) queries have nothing relevant to find"])
    }
    guard let labels = summary.labels else { return table.alignedLines + ["no labels"] }
    return table.alignedLines + [""] + labelLines(labels, all: allLabels)
  }

  private func labelLines(_ labels: [SplitSummary.LabelBalance], all: Bool) -> [String] {
    var table = AlignedColumns([
      ("label", .left), ("queries", .right), ("", .right), ("trained on", .right), ("", .right),
      ("searched", .right), ("", .right),
    ])
    for label in labels {
      table.append([
        label.name, "\(label.queryCount)", share(label.queryCount, of: split.query),
        "\(label.trainingCount)", share(label.trainingCount, of: split.training),
        "\(label.retrievalCount)", share(label.retrievalCount, of: split.retrieval),
      ])
    }
    let lines = table.alignedLines
    guard !all, labels.count > Self.listedLabelCount else { return lines }
    let omitted = labels.count - Self.rarestLabelCount - Self.mostFrequentLabelCount
    return lines.prefix(1 + Self.rarestLabelCount) + ["… \(omitted) more, see --all-labels …"]
      + lines.suffix(Self.mostFrequentLabelCount)
  }

  private func share(_ count: Int, of items: [Int]) -> String {
    items.isEmpty ? "" : String(format: "%.1f %%", 100 * Double(count) / Double(items.count))
  }
}
