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
  /// The pairs of labels that meet most often; empty when no item has two.
  package let labelPairs: [LabelPair]
  /// Number of rows of `/image` and of `/text` that equal an earlier row, by path.
  package let duplicates: [Duplicates]
  /// For `/image` and `/text`, how far near items share labels; empty without labels.
  package let agreements: [NeighbourAgreement]
  /// For `/image` and `/text`, how often a linear map names a right label; empty without labels.
  package let probes: [LinearProbe]
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

  /// Number of rows that equal an earlier row.
  package struct Duplicates: Sendable, Hashable {
    /// Path of the features.
    package let path: String
    /// Number of such rows.
    package let count: Int
    /// Number of all rows.
    package let rowCount: Int
  }

  /// Pairs of labels that are kept.
  private static let labelPairCount = 5

  /// Goes over each feature dataset once and over a sample of rows once more.
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
    let scan = try DatasetScan(file)
    if let fault = scan.faults.first { throw fault }
    let names = Self.labelNames(of: file)
    labelHistogram = zip(names, file.labels?.itemCounts ?? []).map(LabelFrequency.init)
    labelPairs = file.labels?.frequentPairs(Self.labelPairCount, names: names) ?? []
    meanLabelCount = file.labels.map { labels in
      let total = (0..<labels.count).reduce(0) { $0 + labels.cardinality(of: $1) }
      return Double(total) / Double(labels.count)
    }
    textLength = scan.text.map { TextLength($0.lengths) }
    duplicates = Self.duplicates(in: scan)
    (agreements, probes) = try Self.figures(of: file, scan)
    var splits: [Split] = []
    var refusals: [String] = []
    for name in file.splitNames {
      do throws(DatasetError) {
        splits.append(try Split(file.storedSplit(named: name), of: file, scan))
      } catch {
        refusals.append(error.description)
      }
    }
    self.splits = splits
    self.refusals = refusals
    ignored = file.ignored
    missing = file.missing
    warnings = file.warnings(textLengths: scan.text?.lengths ?? []).map(\.phrase)
  }

  private static func duplicates(in scan: DatasetScan) -> [Duplicates] {
    [("/image", scan.image), ("/text", scan.text)].compactMap { path, facts in
      facts.map {
        Duplicates(path: path, count: $0.duplicates.count, rowCount: $0.hashes.count)
      }
    }
  }

  /// What tells whether rows and labels belong together, of each modality.
  private static func figures(
    of file: DatasetFile, _ scan: DatasetScan
  ) throws -> ([NeighbourAgreement], [LinearProbe]) {
    guard let labels = file.labels else { return ([], []) }
    var agreements: [NeighbourAgreement] = []
    var probes: [LinearProbe] = []
    for (source, facts) in [(file.image, scan.image), (file.text, scan.text)] {
      guard let source, let facts else { continue }
      let agreement = try NeighbourAgreement(of: source, labels: labels, lengths: facts.lengths)
      if let agreement { agreements.append(agreement) }
      let probe = try LinearProbe(of: source, labels: labels, lengths: facts.lengths)
      if let probe { probes.append(probe) }
    }
    return (agreements, probes)
  }

  private static func labelNames(of file: DatasetFile) -> [String] {
    guard let labels = file.labels, file.labelNames.isEmpty else { return file.labelNames }
    return (0..<labels.labelCount).map { "label \($0)" }
  }
}

extension DatasetSummary.Split {
  fileprivate init(_ stored: StoredSplit, of file: DatasetFile, _ scan: DatasetScan) {
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
    warnings = scan.warnings(of: stored, in: file).map(\.phrase)
  }
}

extension DatasetSummary.TextLength {
  fileprivate init(_ lengths: [Int]) {
    least = lengths.min() ?? 0
    mean = Double(lengths.reduce(0, +)) / Double(max(lengths.count, 1))
    greatest = lengths.max() ?? 0
  }
}
