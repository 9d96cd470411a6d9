import Retrieval
import Tensors

// What is allowed but worth knowing: printed by `crossbit data info` and kept with every trial.
// Each warning is a phrase with a count; what does not occur is left out.

extension DatasetFile {
  /// Warnings that concern all items: items without labels, empty text rows.
  ///
  /// - Throws: ``DatasetError`` when a text row cannot be read or holds NaN or infinity.
  /// - Complexity: One pass over the texts.
  package func warnings() throws -> [String] {
    warnings(emptyTextCount: try textLengths().count { $0 == 0 })
  }

  /// As ``warnings()``, for callers that went over the texts already.
  func warnings(emptyTextCount: Int) -> [String] {
    var warnings: [String] = []
    if let labels {
      let count = (0..<labels.count).count { labels.cardinality(of: $0) == 0 }
      if count > 0 { warnings.append("items without labels: \(count) of \(itemCount)") }
    }
    if emptyTextCount > 0 {
      warnings.append("empty text rows: \(emptyTextCount) of \(itemCount)")
    }
    return warnings
  }

  /// Number of features other than 0 of each text; empty without texts.
  func textLengths() throws -> [Int] {
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
    var warnings: [String] = []
    func warn(_ what: String, _ count: Int) {
      if count > 0 { warnings.append("\(what): \(count) of \(query.count)") }
    }
    if let labels {
      let relevance = RelevanceCounts(labels: labels, query: query, retrieval: retrieval)
      warn("queries with nothing relevant", relevance.unanswerableCount)
    }
    let searched = Set(retrieval)
    warn("queries that are searched too", query.count(where: searched.contains))
    if let image {
      warn(
        "queries with the picture features of a training item",
        try image.duplicateCount(of: query, among: training))
    }
    if let text {
      warn(
        "queries with the text row of a training item",
        try text.duplicateCount(of: query, among: training))
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
  /// Number of `items` whose row equals the row of one of `others`.
  ///
  /// Rows are compared by 64-bit hashes: among a million rows, two different ones meet with
  /// probability below 10⁻⁷.
  func duplicateCount(of items: [Int], among others: [Int]) throws -> Int {
    let known = Set(try rowHashes(of: others))
    return try rowHashes(of: items).count(where: known.contains)
  }

  private func rowHashes(of items: [Int]) throws -> [Int] {
    var hashes: [Int] = []
    hashes.reserveCapacity(items.count)
    // The order does not matter here, and ascending rows are read fastest.
    try forEachBlock(of: items.sorted(), blockRows: convenientBlockRows) { block, _ in
      for index in 0..<block.rows {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(block.row(index)))
        hashes.append(hasher.finalize())
      }
    }
    return hashes
  }
}
