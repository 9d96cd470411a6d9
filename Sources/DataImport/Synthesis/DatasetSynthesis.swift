import ArrayFiles
import CrossModalData
import Retrieval
import Tensors

/// Makes a data file some or all of which is made up, for trying a manifest before real features are
/// at hand and for tests of scale.
package struct DatasetSynthesis: Sendable {
  /// Sizes of what is made up.
  package var shape: SyntheticShape
  /// A data file whose labels, and texts where it has them, are taken; nil to make up all.
  package var source: String?
  /// How often the nearest neighbours among the pictures are to share a label; nil for what real
  /// features reach.
  package var agreement: Double?
  /// How often a linear probe is to name a right label of a picture; nil for a signal that is all a
  /// linear map of labels before it is bent, which a probe sees better than real features.
  package var probe: Double?
  /// Seed of all that is made up.
  package var seed: UInt64 = 1
  /// Whether a file of that name may be replaced.
  package var isReplacing = false
  /// Whether the picture features are stored in 16 bits.
  package var usesHalfPrecision = false

  /// Creates a recipe.
  package init(shape: SyntheticShape) { self.shape = shape }

  /// Rows of a block; a block of 4096 columns takes 16 MiB.
  private static let blockRows = 1_024

  /// Writes the data file, whole or not at all.
  ///
  /// - Parameter path: Path of the data file; an older one is replaced at the end.
  /// - Returns: What a user should know.
  /// - Throws: ``DatasetError`` when the source cannot be read or has too few items with labels,
  ///   nothing gives the agreement and the probe asked for, or the file cannot be written.
  package func write(to path: String) throws -> [String] {
    let file = try source.map { path throws(DatasetError) in try DatasetFile(path: path) }
    if let file, file.labels == nil {
      throw DatasetError(
        file: file.path, dataset: "/label", expected: "labels to make pictures of", found: "none")
    }
    let labels = file?.labels ?? SyntheticLabels.draw(shape, seed: seed)
    let labelledCount = labels.labelled.count
    guard labelledCount >= SyntheticFit.leastSampleCount else {
      throw DatasetError(
        file: file?.path ?? path, dataset: "/label",
        expected: "at least \(SyntheticFit.leastSampleCount) items with labels",
        found: "\(labelledCount)")
    }
    let images = SyntheticImages(labels, columns: shape.imageColumns, seed: seed)
    let fit = try fitted(images, path)
    let writer = try HDF5Writer(path: path)
    try writer.writeMatrix(
      "/image", shape: (labels.count, shape.imageColumns),
      as: usesHalfPrecision ? .float16 : .float32, storage: .contiguous, blockRows: Self.blockRows
    ) { items, target throws(DatasetError) in images.copy(items, into: target) }
    try writeTexts(of: file, labels, to: writer)
    try writer.writeMatrix(
      "/label", shape: (labels.count, labels.labelCount), as: .uint8, storage: .packed,
      blockRows: Self.blockRows
    ) { items, target throws(DatasetError) in
      for item in items {
        for label in 0..<labels.labelCount {
          target[(item - items.lowerBound) * labels.labelCount + label] =
            labels.contains(label, item: item) ? 1 : 0
        }
      }
    }
    if let names = file?.labelNames, !names.isEmpty {
      try writer.writeStrings("/label_names", names)
    }
    try copySplits(of: file, to: writer)
    let madeUp = file == nil ? "image, text, label" : file?.text == nil ? "image, text" : "image"
    let remark = "made up: \(madeUp); \(fit.text)"
    try writer.writeAttribute("surrogate", madeUp)
    try writer.writeAttribute("synthesis", "like \(shape.name), seed \(seed); \(remark)")
    if let file {
      try writer.writeAttribute("dataset", "\(file.attributes["dataset"] ?? shape.name), surrogate")
      try writer.writeAttribute(
        "source_1", "\(file.path.fileName), SHA-256 \(try SHA256.hexDigest(ofFileAt: file.path))")
    } else {
      try writer.writeAttribute("dataset", "\(shape.name), all made up")
    }
    try writer.close()
    try writer.finish(isReplacing: isReplacing)
    return [remark]
  }

  private func fitted(
    _ images: SyntheticImages, _ path: String
  ) throws(DatasetError) -> SyntheticFit {
    do throws(UnreachableFigure) {
      return try SyntheticFit(images, agreement: agreement, probe: probe, seed: seed)
    } catch {
      throw error.error(file: path)
    }
  }

  private func writeTexts(
    of file: DatasetFile?, _ labels: LabelSets, to writer: HDF5Writer
  ) throws(DatasetError) {
    if let text = file?.text {
      let isPacked = text.elementTypeName == "uint8"
      try writer.writeMatrix(
        "/text", shape: (text.rows, text.columns), as: isPacked ? .uint8 : .float32,
        storage: isPacked ? .packed : .contiguous, blockRows: Self.blockRows
      ) { items, target throws(DatasetError) in
        let rows = Matrix(rows: items.count, columns: text.columns)
        try text.copyRows(Array(items), into: rows)
        for index in rows.elements.indices { target[index] = rows.elements[index] }
      }
    } else {
      var shape = shape
      shape.labelCount = labels.labelCount
      let texts = SyntheticTexts(labels, shape, seed: seed)
      try writer.writeMatrix(
        "/text", shape: (labels.count, texts.columns), as: .uint8, storage: .packed,
        blockRows: Self.blockRows
      ) { items, target throws(DatasetError) in texts.copy(items, into: target) }
    }
  }

  /// Keeps the stored splits, which are of the labels' items.
  private func copySplits(of file: DatasetFile?, to writer: HDF5Writer) throws(DatasetError) {
    for name in file?.splitNames ?? [] {
      guard let split = try file?.storedSplit(named: name) else { continue }
      let group = name == "official" ? "/split" : "/split/\(name)"
      try writer.writeIndices("\(group)/query_idx", split.query)
      if let training = split.training { try writer.writeIndices("\(group)/train_idx", training) }
      try writer.writeIndices("\(group)/database_idx", split.retrieval)
    }
  }
}
