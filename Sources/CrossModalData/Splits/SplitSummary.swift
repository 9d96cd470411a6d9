package import ArrayFiles
import Retrieval

/// What `crossbit data split` says about one split of a file.
package struct SplitSummary: Sendable, Hashable {
  /// How often a label occurs in each part of a split.
  package struct LabelBalance: Sendable, Hashable {
    /// Name of the label, or its number.
    package let name: String
    /// Number of queries that bear it.
    package let queryCount: Int
    /// Number of training items that bear it.
    package let trainingCount: Int
    /// Number of searched items that bear it.
    package let retrievalCount: Int
  }

  /// The lists; without training items where the file leaves them open.
  package let split: RetrievalSplit
  /// SHA-256 of the lists; nil where the training items are left open.
  package let digest: String?
  /// Number of training items that are searched too.
  package let trainedAndSearchedCount: Int
  /// Number of queries that are searched too.
  package let askedAndSearchedCount: Int
  /// Number of items that are in none of the lists.
  package let unusedCount: Int
  /// The labels, the least frequent of the retrieval set first; nil without labels.
  package let labels: [LabelBalance]?
  /// mAP over the whole list of a random order; nil without labels.
  package let chanceMeanAveragePrecision: Double?
  /// Number of queries with nothing relevant; nil without labels.
  package let unanswerableCount: Int?

  /// Describes the split of this name: the stored one, or else the published one.
  ///
  /// - Throws: ``DatasetError`` as ``DatasetFile/split(named:)``, but a stored split may leave its
  ///   training items open.
  package init(of name: String, in file: DatasetFile) throws(DatasetError) {
    guard file.splitNames.contains(name) else {
      self.init(try file.split(named: name), in: file, leavesTrainingOpen: false)
      return
    }
    let stored = try file.storedSplit(named: name)
    let split = RetrievalSplit(
      rule: "stored split \(name)", query: stored.query, training: stored.training ?? [],
      retrieval: stored.retrieval)
    self.init(split, in: file, leavesTrainingOpen: stored.training == nil)
  }

  /// Describes the split that a protocol makes.
  ///
  /// - Throws: ``DatasetError`` as ``DatasetFile/split(for:)``.
  package init(of rule: SplitProtocol, in file: DatasetFile) throws(DatasetError) {
    self.init(try file.split(for: rule), in: file, leavesTrainingOpen: false)
  }

  private init(_ split: RetrievalSplit, in file: DatasetFile, leavesTrainingOpen: Bool) {
    self.split = split
    digest = leavesTrainingOpen ? nil : split.digest
    trainedAndSearchedCount = split.overlapCount
    let searched = Set(split.retrieval)
    askedAndSearchedCount = split.query.count(where: searched.contains)
    unusedCount = file.itemCount - searched.union(split.query).union(split.training).count
    labels = file.labels.map { Self.balance(of: split, labels: $0, names: file.labelNames) }
    let relevance = file.labels.map {
      RelevanceCounts(labels: $0, query: split.query, retrieval: split.retrieval)
    }
    chanceMeanAveragePrecision = relevance?.chanceMeanAveragePrecision
    unanswerableCount = relevance?.unanswerableCount
  }

  private static func balance(
    of split: RetrievalSplit, labels: LabelSets, names: [String]
  ) -> [LabelBalance] {
    func counts(_ items: [Int]) -> [Int] {
      (0..<labels.labelCount).map { label in
        items.count { labels.contains(label, item: $0) }
      }
    }
    let (query, training, retrieval) = (
      counts(split.query), counts(split.training), counts(split.retrieval)
    )
    // Ties keep the order of the columns.
    return (0..<labels.labelCount).sorted { (retrieval[$0], $0) < (retrieval[$1], $1) }
      .map { label in
        LabelBalance(
          name: names.isEmpty ? "label \(label)" : names[label], queryCount: query[label],
          trainingCount: training[label], retrievalCount: retrieval[label])
      }
  }
}
