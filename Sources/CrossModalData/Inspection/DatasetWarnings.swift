import Retrieval
import Tensors

// What is allowed but worth knowing and kept with every trial: a phrase with a count each; what does
// not occur is left out. `crossbit data validate` lists these and those of DatasetScan.

extension DatasetFile {
  /// Warnings that concern all items: items without labels, empty text rows.
  ///
  /// - Throws: ``DatasetError`` when a text row cannot be read or holds NaN or infinity.
  /// - Complexity: One pass over the texts.
  package func warnings() throws -> [String] {
    warnings(textLengths: try textLengths()).map(\.phrase)
  }

  /// As ``warnings()``, for callers that went over the texts already.
  func warnings(textLengths: [Int]) -> [DatasetWarning] {
    var warnings: [DatasetWarning?] = []
    if let labels {
      let bare = (0..<labels.count).filter { labels.cardinality(of: $0) == 0 }
      warnings.append(
        DatasetWarning("/label", "items without labels", bare, of: labels.count) { "item \($0)" })
    }
    warnings.append(
      DatasetWarning(
        "/text", "empty text rows", textLengths.indices.filter { textLengths[$0] == 0 },
        of: textLengths.count
      ) { "row \($0)" })
    return warnings.compactMap(\.self)
  }

  /// Number of features other than 0 of each text; empty without texts.
  private func textLengths() throws -> [Int] {
    guard let text else { return [] }
    var lengths: [Int] = []
    lengths.reserveCapacity(text.rows)
    try text.forEachBlock(blockRows: text.convenientBlockRows) { block, _ in
      for index in 0..<block.rows {
        lengths.append(block.row(index).reduce(0) { $0 + ($1 == 0 ? 0 : 1) })
      }
    }
    return lengths
  }

  /// Warnings that concern a split: queries with nothing relevant, queries that are searched too,
  /// queries whose features equal those of a training item.
  ///
  /// - Throws: ``DatasetError`` when a row cannot be read or holds NaN or infinity.
  /// - Complexity: One pass over the queries and the training items.
  package func warnings(query: [Int], training: [Int], retrieval: [Int]) throws -> [String] {
    try warnings(query: query, training: training, retrieval: retrieval, of: "/split") {
      try $0.rowHashes(of: $1)
    }.map(\.phrase)
  }

  /// As ``warnings(query:training:retrieval:)``, with hashes of rows from elsewhere.
  ///
  /// - Parameters:
  ///   - query: Items that ask.
  ///   - training: Items trained on.
  ///   - retrieval: Items that are searched.
  ///   - group: Group of the split, for the reader.
  ///   - hashes: Gives the hashes of some rows, in the order asked for.
  /// - Returns: What occurs at least once.
  func warnings(
    query: [Int], training: [Int], retrieval: [Int], of group: String,
    hashes: (FeatureSource, [Int]) throws -> [Int]
  ) rethrows -> [DatasetWarning] {
    var warnings: [DatasetWarning] = []
    func warn(_ what: String, _ offenders: [Int]) {
      let warning = DatasetWarning(group, what, offenders, of: query.count) { "item \($0)" }
      if let warning { warnings.append(warning) }
    }
    if let labels, labels.count == itemCount {
      let relevance = RelevanceCounts(labels: labels, query: query, retrieval: retrieval)
      warn(
        "queries with nothing relevant",
        zip(query, relevance.perQuery).filter { $0.1 == 0 }.map(\.0))
    }
    let searched = Set(retrieval)
    warn("queries that are searched too", query.filter(searched.contains))
    // Ascending rows are read fastest.
    let asking = query.sorted()
    for (source, what) in [(image, "the picture features"), (text, "the text row")] {
      guard let source, source.rows == itemCount else { continue }
      let known = Set(try hashes(source, training.sorted()))
      warn(
        "queries with \(what) of a training item",
        zip(asking, try hashes(source, asking)).filter { known.contains($0.1) }.map(\.0))
    }
    return warnings
  }
}

extension CrossModalDataset {
  /// Everything worth knowing about a trial's data, for its record.
  ///
  /// - Throws: ``DatasetError`` when a row cannot be read or holds NaN or infinity.
  package func warnings(for split: RetrievalSplit) throws -> [String] {
    try file.warnings()
      + file.warnings(query: split.query, training: split.training, retrieval: split.retrieval)
  }
}

extension FeatureSource {
  /// Hashes of some rows, in the order given.
  fileprivate func rowHashes(of items: [Int]) throws -> [Int] {
    var hashes: [Int] = []
    hashes.reserveCapacity(items.count)
    try forEachBlock(of: items, blockRows: convenientBlockRows) { block, _ in
      for index in 0..<block.rows { hashes.append(RowHash.of(block.row(index))) }
    }
    return hashes
  }
}
