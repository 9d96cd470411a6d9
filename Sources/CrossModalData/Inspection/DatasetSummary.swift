import ArrayFiles
import Foundation
import Retrieval

/// What `crossbit data info` says about a file.
package struct DatasetSummary: Sendable, Hashable {
  /// A stored split in numbers.
  package struct Split: Sendable, Hashable {
    /// Name of the split.
    package let name: String
    /// Number of queries.
    package let queryCount: Int
    /// Number of items searched.
    package let retrievalCount: Int
    /// Number of training items; nil when the file leaves them open.
    package let trainingCount: Int?
    /// Number of training items that are searched too.
    package let overlapCount: Int
    /// mAP over the whole list of a random order; nil without labels.
    package let chanceMeanAveragePrecision: Double?
    /// Warnings that concern this split.
    package let warnings: [String]
  }

  /// Path of the file.
  package let path: String
  /// SHA-256 of the file.
  package let digest: String
  /// Number of items.
  package let itemCount: Int
  /// String attributes of the file.
  package let attributes: [String: String]
  /// One phrase for each modality present: path, shape, type, storage.
  package let features: [String]
  /// Names of the labels, or their numbers, with how many items bear each.
  package let labelHistogram: [LabelFrequency]
  /// Mean number of labels of an item; nil without labels.
  package let meanLabelCount: Double?
  /// Least, mean and greatest number of features other than 0 of a text; nil without texts.
  package let textLength: TextLength?
  /// The stored splits that obey the rules.
  package let splits: [Split]
  /// Paths at the top of the file that mean nothing to this package.
  package let ignored: [String]
  /// Those of `/image`, `/text` and `/label` that the file lacks.
  package let missing: [String]
  /// Warnings that concern all items.
  package let warnings: [String]
  /// One sentence for each stored split that breaks a rule; training on it is refused.
  package let refusals: [String]

  /// How many items bear a label.
  package struct LabelFrequency: Sendable, Hashable {
    /// Name of the label.
    package let name: String
    /// Number of items.
    package let itemCount: Int
  }

  /// Number of features other than 0 over all texts.
  package struct TextLength: Sendable, Hashable {
    /// Of the shortest text.
    package let least: Int
    /// Mean over all texts.
    package let mean: Double
    /// Of the longest text.
    package let greatest: Int
  }

  /// Goes over a file once and over its queries and training items once more.
  ///
  /// - Throws: ``DatasetError`` when the file cannot be read, breaks the format or holds NaN or
  ///   infinity.
  package init(ofFileAt path: String) throws {
    let file = try DatasetFile(path: path)
    self.path = path
    digest = try SHA256.hexDigest(ofFileAt: path)
    itemCount = file.itemCount
    attributes = file.attributes
    features = file.featureSources.map { source in
      "\(source.path)  \(source.shapeText) \(source.elementTypeName) "
        + "(\(source.storageText))"
    }
    labelHistogram = Self.histogram(of: file)
    meanLabelCount = file.labels.map { labels in
      let total = (0..<labels.count).reduce(0) { $0 + labels.cardinality(of: $1) }
      return Double(total) / Double(labels.count)
    }
    try file.image?.validate()
    let lengths = try file.textLengths()
    textLength = lengths.isEmpty ? nil : TextLength(lengths)
    var splits: [Split] = []
    var refusals: [String] = []
    for name in file.splitNames {
      do {
        splits.append(try Split(file.storedSplit(named: name), of: file))
      } catch let error as DatasetError {
        refusals.append(error.description)
      }
    }
    self.splits = splits
    self.refusals = refusals
    ignored = file.ignored
    missing = file.missing
    warnings = file.warnings(emptyTextCount: lengths.count { $0 == 0 })
  }

  private static func histogram(of file: DatasetFile) -> [LabelFrequency] {
    guard let labels = file.labels else { return [] }
    var counts = [Int](repeating: 0, count: labels.labelCount)
    for item in 0..<labels.count {
      for label in 0..<labels.labelCount where labels.contains(label, item: item) {
        counts[label] += 1
      }
    }
    return counts.enumerated().map { label, count in
      LabelFrequency(
        name: file.labelNames.isEmpty ? "label \(label)" : file.labelNames[label], itemCount: count)
    }
  }
}

extension DatasetSummary.Split {
  fileprivate init(_ stored: StoredSplit, of file: DatasetFile) throws {
    let training = stored.training ?? []
    let searched = Set(stored.retrieval)
    name = stored.name
    queryCount = stored.query.count
    retrievalCount = stored.retrieval.count
    trainingCount = stored.training?.count
    overlapCount = training.count(where: searched.contains)
    chanceMeanAveragePrecision = file.labels.map { labels in
      RelevanceCounts(labels: labels, query: stored.query, retrieval: stored.retrieval)
        .chanceMeanAveragePrecision
    }
    warnings = try file.warnings(
      query: stored.query, training: training, retrieval: stored.retrieval)
  }
}

extension DatasetSummary.TextLength {
  fileprivate init(_ lengths: [Int]) {
    least = lengths.min() ?? 0
    mean = Double(lengths.reduce(0, +)) / Double(max(lengths.count, 1))
    greatest = lengths.max() ?? 0
  }
}
