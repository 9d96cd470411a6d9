package import ArrayFiles

extension DatasetFile {
  /// Makes the split that a protocol describes.
  ///
  /// - Throws: ``DatasetError`` when the file has no such split, the split breaks a rule, or a
  ///   published one is for another number of rows.
  package func split(for rule: SplitProtocol) throws(DatasetError) -> RetrievalSplit {
    switch rule {
    case .stored(let name):
      return try RetrievalSplit(storedSplit(named: name), file: self)
    case .published(let name):
      guard let published = PublishedSplit.named(name) else {
        throw DatasetError(
          file: path, expected: "the name of a published split", found: "“\(name)”; \(fitting)")
      }
      return try RetrievalSplit(published, file: self)
    case .random(let queryCount, let trainingCount, let seed):
      return try RetrievalSplit(
        itemCount: itemCount, queryCount: queryCount, trainingCount: trainingCount, seed: seed,
        path: path)
    case .validation(let name, let queryCount, let seed):
      return try RetrievalSplit(
        validationOf: split(named: name), named: name, queryCount: queryCount, seed: seed,
        path: path)
    }
  }

  /// The split stored under this name or, where the file has none, the published one.
  ///
  /// - Throws: ``DatasetError`` as ``split(for:)`` for the one or the other, or when there is neither.
  package func split(named name: String) throws(DatasetError) -> RetrievalSplit {
    if splitGroups[name] != nil { return try split(for: .stored(name)) }
    if PublishedSplit.named(name) != nil { return try split(for: .published(name)) }
    let stored = splitNames.isEmpty ? "none" : splitNames.joined(separator: ", ")
    throw DatasetError(
      file: path, expected: "the name of a stored or published split",
      found: "“\(name)”; stored: \(stored); \(fitting)")
  }

  /// The published splits for this number of items, for messages.
  private var fitting: String {
    let names = PublishedSplit.fitting(itemCount: itemCount).map(\.name)
    return "published for \(itemCount) items: "
      + (names.isEmpty ? "none" : names.joined(separator: ", "))
  }
}

extension PublishedSplit {
  /// The published splits for files of this many rows.
  package static func fitting(itemCount: Int) -> [PublishedSplit] {
    known.filter { $0.itemCount == itemCount }
  }
}
