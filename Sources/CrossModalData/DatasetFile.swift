package import ArrayFiles
package import Retrieval

/// A data file as it lies on disk, complete or not.
///
/// Opening checks the structure: types, numbers of dimensions, numbers of rows, labels. Feature
/// values are checked as they are read, splits as they are asked for. Training wants a
/// ``CrossModalDataset``, which refuses a file without pictures, texts or labels.
package final class DatasetFile {
  /// Path as the user gave it.
  package let path: String
  /// Picture features, dataset `/image`.
  package let image: FeatureSource?
  /// Text features, dataset `/text`.
  package let text: FeatureSource?
  /// Label sets of all items, dataset `/label`.
  package let labels: LabelSets?
  /// Further features of the pictures, `/image_levels` and `/image_regions`.
  package let furtherImage: FurtherFeatures
  /// Further features of the texts, `/text_levels` and `/text_tokens`.
  package let furtherText: FurtherFeatures
  /// A vector for each label, dataset `/label_vectors`.
  package let labelVectors: FeatureSource?
  /// Names of the labels, dataset `/label_names`; empty when the file has none.
  package let labelNames: [String]
  /// Number of items n.
  package let itemCount: Int
  /// String attributes of the root group.
  package let attributes: [String: String]
  /// Paths at the top of the file that mean nothing to this package.
  package let ignored: [String]
  /// Those of `/image`, `/text` and `/label` that the file lacks.
  package let missing: [String]
  let file: HDF5File
  /// Group of every stored split by the split's name.
  let splitGroups: [String: String]

  /// Opens a file.
  ///
  /// - Throws: ``DatasetError`` when the file cannot be read or breaks the format.
  package init(path: String) throws(DatasetError) {
    let file = try HDF5File(path: path)
    let members = file.members(of: "/")
    missing = Self.essential.filter { members[String($0.dropFirst())] == nil }
    guard missing.count < Self.essential.count else {
      throw DatasetError(
        file: path, expected: "at least one of the datasets /image, /text and /label",
        found: members.isEmpty ? "an empty file" : members.keys.sorted().joined(separator: ", "))
    }
    image = members["image"] == nil ? nil : try FeatureSource(HDF5Dataset("/image", in: file))
    text = members["text"] == nil ? nil : try FeatureSource(HDF5Dataset("/text", in: file))
    labels = members["label"] == nil ? nil : try LabelSets(HDF5Dataset("/label", in: file))
    furtherImage = try FurtherFeatures(
      in: file, members: members, levels: "image_levels", parts: "image_regions")
    furtherText = try FurtherFeatures(
      in: file, members: members, levels: "text_levels", parts: "text_tokens")
    itemCount = try Self.commonCount(
      in: file,
      [("/image", image?.rows), ("/text", text?.rows), ("/label", labels?.count)]
        + (furtherImage.sources + furtherText.sources).map { ($0.path, $0.rows) })
    labelVectors =
      members["label_vectors"] == nil
      ? nil : try Self.vectors(of: labels, from: HDF5Dataset("/label_vectors", in: file))
    labelNames =
      members["label_names"] == nil
      ? [] : try Self.names(of: labels, from: HDF5Dataset("/label_names", in: file))
    let splitGroups = try Self.splitGroups(in: file, members: members)
    ignored = members.keys.sorted()
      .filter { !Self.understood.contains($0) && !splitGroups.values.contains("/\($0)") }
      .map { "/\($0)" }
    self.splitGroups = splitGroups
    attributes = file.attributes()
    self.path = path
    self.file = file
  }

  private static let essential = ["/image", "/text", "/label"]

  /// Names at the top of a file that the format knows.
  private static let understood: Set = [
    "image", "text", "label", "label_names", "label_vectors", "text_vocab", "image_id",
    "image_name", "split", "image_levels", "image_regions", "text_levels", "text_tokens",
  ]

  /// Names of the stored splits, `official` first.
  package var splitNames: [String] {
    splitGroups.keys.sorted { ($0 == "official" ? 0 : 1, $0) < ($1 == "official" ? 0 : 1, $1) }
  }

  /// The made-up modality that attribute `surrogate` admits to; nil when all data are real.
  package var surrogate: String? { attributes["surrogate"] }

  /// All features of the file: what is read to check them.
  package var featureSources: [FeatureSource] {
    [image].compactMap { $0 } + furtherImage.sources + [text].compactMap { $0 }
      + furtherText.sources + [labelVectors].compactMap { $0 }
  }

  /// Reads all features once and checks every stored split.
  ///
  /// - Throws: ``DatasetError`` at the first fault.
  package func validate() throws {
    for source in featureSources { try source.validate() }
    for name in splitNames { _ = try storedSplit(named: name) }
  }

  // MARK: - Checks of the structure

  private static func commonCount(
    in file: HDF5File, _ counts: [(path: String, rows: Int?)]
  ) throws(DatasetError) -> Int {
    let present = counts.compactMap { entry in entry.rows.map { (entry.path, $0) } }
    guard let (firstPath, rows) = present.first else { return 0 }
    for (path, found) in present where found != rows {
      throw file.error(
        path, expected: "\(rows) rows as in \(firstPath)", found: "\(found)")
    }
    return rows
  }

  private static func vectors(
    of labels: LabelSets?, from dataset: HDF5Dataset
  ) throws(DatasetError) -> FeatureSource {
    let source = try FeatureSource(dataset)
    if let labels, source.rows != labels.labelCount {
      throw dataset.error(
        expected: "\(labels.labelCount) rows, one for each column of /label",
        found: "\(source.rows)")
    }
    return source
  }

  private static func names(
    of labels: LabelSets?, from dataset: HDF5Dataset
  ) throws(DatasetError) -> [String] {
    try dataset.requireRank(1)
    guard dataset.elementType == .string else {
      throw dataset.error(expected: "strings", found: dataset.elementType.name)
    }
    if let labels, dataset.shape[0] != labels.labelCount {
      throw dataset.error(
        expected: "\(labels.labelCount) names, one for each column of /label",
        found: "\(dataset.shape[0])")
    }
    return try dataset.readStrings()
  }
}

extension LabelSets {
  /// Reads and packs a 0/1 matrix.
  ///
  /// - Throws: ``DatasetError`` when its shape, its type or a value will not do.
  init(_ dataset: HDF5Dataset) throws(DatasetError) {
    try dataset.requireRank(2)
    guard dataset.elementType == .uint8 else {
      throw dataset.error(expected: "uint8 with values 0 and 1", found: dataset.elementType.name)
    }
    let labelCount = dataset.shape[1]
    guard dataset.shape[0] > 0, labelCount > 0 else {
      throw dataset.error(
        expected: "at least one row and one column", found: "shape \(dataset.shapeText)")
    }
    let indicators = try dataset.readBytes()
    if let position = indicators.firstIndex(where: { $0 > 1 }) {
      throw dataset.error(
        expected: "only 0 and 1",
        found: "label value \(indicators[position]) in row \(position / labelCount), "
          + "column \(position % labelCount)")
    }
    self.init(count: dataset.shape[0], labelCount: labelCount, indicators: indicators)
  }
}
