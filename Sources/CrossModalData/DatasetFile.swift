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
  package convenience init(path: String) throws(DatasetError) {
    var faults = FaultList(stopsAtFirst: true)
    try self.init(path: path, faults: &faults)
  }

  /// Opens a file as far as it goes.
  ///
  /// Where `faults` keeps what is wrong, parts that break the format are left out, and
  /// ``itemCount`` is the greatest number of rows where they differ.
  ///
  /// - Throws: ``DatasetError`` when the file cannot be read or holds nothing of the format, or at
  ///   the first fault where `faults` stops there.
  init(path: String, faults: inout FaultList) throws(DatasetError) {
    let file = try HDF5File(path: path)
    let members = file.members(of: "/")
    missing = Self.essential.filter { members[String($0.dropFirst())] == nil }
    guard missing.count < Self.essential.count else {
      throw DatasetError(
        file: path, expected: "at least one of the datasets /image, /text and /label",
        found: members.isEmpty ? "an empty file" : members.keys.sorted().joined(separator: ", "))
    }
    let image = members["image"] == nil ? nil : try faults.features("/image", in: file)
    let text = members["text"] == nil ? nil : try faults.features("/text", in: file)
    let label = members["label"] == nil ? nil : try faults.labels("/label", in: file)
    furtherImage = try FurtherFeatures(
      in: file, members: members, levels: "image_levels", parts: "image_regions", faults: &faults)
    furtherText = try FurtherFeatures(
      in: file, members: members, levels: "text_levels", parts: "text_tokens", faults: &faults)
    var counts = [("/image", image?.rows), ("/text", text?.rows), ("/label", label?.shape.first)]
    counts += furtherImage.rowCounts + furtherText.rowCounts
    for name in ["image_id", "image_name"] where members[name] != nil {
      let dataset = try faults.attempt { () throws(DatasetError) in
        try HDF5Dataset("/\(name)", in: file)
      }
      counts.append(("/\(name)", dataset?.shape.first))
    }
    try faults.report(Self.countFaults(in: file, counts))
    itemCount = counts.compactMap(\.1).max() ?? 0
    let labelCount = label?.shape.count == 2 ? label?.shape[1] : nil
    labelVectors =
      members["label_vectors"] == nil ? nil : try faults.labelVectors(of: labelCount, in: file)
    let names =
      members["label_names"] == nil
      ? nil
      : try faults.strings(
        "/label_names", in: file, count: labelCount,
        unit: "names, one for each column of /label")
    labelNames =
      try faults.attempt { () throws(DatasetError) in try names?.readStrings() ?? [] } ?? []
    if members["text_vocab"] != nil {
      _ = try faults.strings(
        "/text_vocab", in: file, count: text?.source?.columns,
        unit: "words, one for each column of /text")
    }
    let splitGroups = try Self.splitGroups(in: file, members: members, faults: &faults)
    ignored = members.keys.sorted()
      .filter { !Self.understood.contains($0) && !splitGroups.values.contains("/\($0)") }
      .map { "/\($0)" }
    self.image = image?.source
    self.text = text?.source
    labels = label?.sets
    self.splitGroups = splitGroups
    attributes = file.attributes()
    self.path = path
    self.file = file
  }

  private static let essential = ["/image", "/text", "/label"]

  /// Names at the top of a file that the format knows.
  private static let understood: Set = [
    "image", "text", "label", "label_names", "label_vectors", "text_vocab", "caption", "image_id",
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

  /// Faults of parts whose number of rows is not that of the first part.
  private static func countFaults(
    in file: HDF5File, _ counts: [(path: String, rows: Int?)]
  ) -> [DatasetError] {
    let present = counts.compactMap { entry in entry.rows.map { (entry.path, $0) } }
    guard let (firstPath, rows) = present.first else { return [] }
    return present.filter { $0.1 != rows }.map { path, found in
      file.error(path, expected: "\(rows) rows as in \(firstPath)", found: "\(found)")
    }
  }
}

extension FaultList {
  /// Opens the label matrix and reads it when its shape and type will do.
  fileprivate mutating func labels(
    _ path: String, in file: HDF5File
  ) throws(DatasetError) -> (shape: [Int], sets: LabelSets?) {
    guard
      let dataset = try attempt({ () throws(DatasetError) in try HDF5Dataset(path, in: file) })
    else { return ([], nil) }
    let found = LabelSets.structureFaults(of: dataset)
    try report(found)
    guard found.isEmpty else { return (dataset.shape, nil) }
    return (
      dataset.shape, try attempt { () throws(DatasetError) in try LabelSets(reading: dataset) }
    )
  }

  /// Opens the vectors of the labels, as many as there are labels where that is known.
  fileprivate mutating func labelVectors(
    of labelCount: Int?, in file: HDF5File
  ) throws(DatasetError) -> FeatureSource? {
    let (rows, source) = try features("/label_vectors", in: file)
    guard let labelCount, let rows, rows != labelCount else { return source }
    try report([
      file.error(
        "/label_vectors", expected: "\(labelCount) rows, one for each column of /label",
        found: "\(rows)")
    ])
    return source
  }
}

extension LabelSets {
  /// Faults of the shape and the type of a 0/1 matrix.
  fileprivate static func structureFaults(of dataset: HDF5Dataset) -> [DatasetError] {
    var faults: [DatasetError] = []
    if let fault = dataset.rankFault(2) { faults.append(fault) }
    if dataset.elementType != .uint8 {
      faults.append(
        dataset.error(expected: "uint8 with values 0 and 1", found: dataset.elementType.name))
    }
    if dataset.shape.count == 2, dataset.shape.contains(0) {
      faults.append(
        dataset.error(
          expected: "at least one row and one column", found: "shape \(dataset.shapeText)"))
    }
    return faults
  }

  /// Reads and packs a 0/1 matrix without structural faults.
  ///
  /// - Throws: ``DatasetError`` when it cannot be read or a value will not do.
  fileprivate init(reading dataset: HDF5Dataset) throws(DatasetError) {
    let labelCount = dataset.shape[1]
    let indicators = try dataset.readBytes()
    if let position = indicators.firstIndex(where: { $0 > 1 }) {
      throw dataset.error(
        expected: "only 0 and 1",
        found: "label value \(indicators[position]) in row \(position / labelCount), "
          + "column \(position % labelCount)" + firstOf(indicators.count { $0 > 1 }))
    }
    self.init(count: dataset.shape[0], labelCount: labelCount, indicators: indicators)
  }
}
