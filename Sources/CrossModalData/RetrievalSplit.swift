/// Which items ask, which are trained on, and which are searched.
public struct RetrievalSplit: Sendable, Hashable {
  /// How the split was drawn, in words, for the protocol line.
  public let rule: String
  /// Items that ask, 0-based, in the order given.
  public let query: [Int]
  /// Items whose features and labels a method may see.
  public let training: [Int]
  /// Items that are searched, in database order: measures that break ties by it depend on it.
  public let retrieval: [Int]

  /// Creates a split; the loader checks it against the data set.
  public init(rule: String, query: [Int], training: [Int], retrieval: [Int]) {
    self.rule = rule
    self.query = query
    self.training = training
    self.retrieval = retrieval
  }
}

/// How a split is made; a value of the manifest.
public enum SplitProtocol: Sendable, Codable, Hashable {
  /// The split of this name stored in the data set's file.
  case stored(String)
  /// The split of a publication's code, by the name of a ``PublishedSplit``, such as
  /// `gcdh-mirflickr25k`; `crossbit data split` lists them.
  case published(String)
  /// A seeded draw: `queryCount` queries, everything else is searched, and `trainingCount` of the
  /// retrieval set (nil: all of it) is trained on.
  case random(queryCount: Int, trainingCount: Int?, seed: UInt64)
  /// For choosing settings without a look at the queries: `queryCount` seeded items of a split's
  /// *training* items ask, its other training items are trained on and searched. The split is the
  /// stored one of this name or, where the file has none, the published one.
  case validation(of: String, queryCount: Int, seed: UInt64)
}
