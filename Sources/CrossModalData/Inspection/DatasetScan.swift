import ArrayFiles
import Retrieval

/// What one pass over all features of a file, its labels and its splits finds.
struct DatasetScan {
  /// Faults of feature values, of all datasets.
  private(set) var faults: [DatasetError] = []
  /// Facts about the rows of `/image`; nil without pictures or when they cannot be read.
  private(set) var image: RowFacts?
  /// Facts about the rows of `/text`; nil without texts or when they cannot be read.
  private(set) var text: RowFacts?

  /// Goes over every feature dataset once.
  init(_ file: DatasetFile) throws {
    for source in file.featureSources {
      let scan = try FeatureScan(source)
      if let fault = scan.fault { faults.append(fault) }
      if source === file.image { image = scan.rows }
      if source === file.text { text = scan.rows }
    }
  }

  /// Warnings that concern all items.
  func warnings(of file: DatasetFile) -> [DatasetWarning] {
    var warnings: [DatasetWarning?] = file.warnings(textLengths: text?.lengths ?? [])
    if let labels = file.labels {
      let counts = labels.itemCounts
      warnings.append(
        DatasetWarning(
          "/label", "labels without any item", counts.indices.filter { counts[$0] == 0 },
          of: counts.count
        ) { "column \($0)" + (file.labelNames.isEmpty ? "" : ", \(file.labelNames[$0])") })
    }
    if let image {
      warnings.append(
        DatasetWarning(
          "/image", "pictures whose features are all one number",
          image.isConstant.indices.filter { image.isConstant[$0] }, of: image.isConstant.count
        ) { "row \($0)" })
    }
    for (path, facts) in [("/image", image), ("/text", text)] {
      guard let facts else { continue }
      let duplicates = facts.duplicates
      guard let first = duplicates.first else { continue }
      warnings.append(
        DatasetWarning(
          path, "rows that equal an earlier row",
          .init(
            count: duplicates.count, total: facts.hashes.count,
            first: "row \(first.row), equal to row \(first.earlier)")))
    }
    return warnings.compactMap(\.self)
  }

  /// Warnings that concern a stored split.
  func warnings(of split: StoredSplit, in file: DatasetFile) -> [DatasetWarning] {
    file.warnings(
      query: split.query, training: split.training ?? [], retrieval: split.retrieval,
      of: file.splitGroups[split.name] ?? "/split"
    ) { source, rows in
      let facts = source === file.image ? image : text
      return facts.map { facts in rows.map { facts.hashes[$0] } } ?? []
    }
  }
}
