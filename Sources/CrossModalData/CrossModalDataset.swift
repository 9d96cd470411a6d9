package import ArrayFiles
package import Retrieval
package import Tensors

/// A complete data set: pictures, texts and labels of the same items.
package final class CrossModalDataset {
  /// Name in tables and records, such as `wiki`.
  package let name: String
  /// Picture features, shape (`itemCount`, `imageColumns`).
  package let image: FeatureSource
  /// Text features, shape (`itemCount`, `textColumns`).
  package let text: FeatureSource
  /// Label sets of all items.
  package let labels: LabelSets
  /// The file behind it: attributes, stored splits, what was ignored.
  package let file: DatasetFile
  private var knownDigest: String?

  /// Opens a data set.
  ///
  /// - Parameters:
  ///   - path: Path of the HDF5 file.
  ///   - name: Name in tables; the file's name without its ending when nil.
  /// - Throws: ``DatasetError`` when the file cannot be read, breaks the format, or lacks pictures,
  ///   texts or labels.
  package init(path: String, name: String? = nil) throws(DatasetError) {
    let file = try DatasetFile(path: path)
    guard let image = file.image, let text = file.text, let labels = file.labels else {
      throw DatasetError(
        file: path, expected: "/image, /text and /label to train on",
        found: "a partial file without \(file.missing.joined(separator: " and "))")
    }
    self.name = name ?? DatasetReference.name(ofFileAt: path)
    self.file = file
    self.image = image
    self.text = text
    self.labels = labels
  }

  /// Opens the data set that a manifest names.
  ///
  /// - Throws: ``DatasetError`` when the file is not in the folder, or as ``init(path:name:)``.
  package convenience init(
    _ reference: DatasetReference, in dataFolder: String
  ) throws(DatasetError) {
    try self.init(path: reference.locate(in: dataFolder), name: reference.name)
  }

  /// Path of the file.
  package var path: String { file.path }
  /// Number of items n.
  package var itemCount: Int { file.itemCount }
  /// Number of columns of the picture features.
  package var imageColumns: Int { image.columns }
  /// Number of columns of the text features.
  package var textColumns: Int { text.columns }
  /// Number of labels.
  package var labelCount: Int { labels.labelCount }
  /// Names of the labels; empty when the file has none.
  package var labelNames: [String] { file.labelNames }
  /// The made-up modality; nil when all data are real.
  package var surrogate: String? { file.surrogate }

  /// The features of one modality.
  package func features(_ modality: Modality) -> FeatureSource {
    switch modality {
    case .image: image
    case .text: text
    }
  }

  /// Makes the split that a protocol describes.
  ///
  /// - Throws: ``DatasetError`` when the file has no such split, or the split breaks a rule.
  package func split(for rule: SplitProtocol) throws(DatasetError) -> RetrievalSplit {
    switch rule {
    case .stored(let name):
      try RetrievalSplit(file.storedSplit(named: name), file: file)
    case .random(let queryCount, let trainingCount, let seed):
      try RetrievalSplit(
        itemCount: itemCount, queryCount: queryCount, trainingCount: trainingCount, seed: seed,
        path: path)
    case .validation(let name, let queryCount, let seed):
      try RetrievalSplit(
        validationOf: RetrievalSplit(file.storedSplit(named: name), file: file), named: name,
        queryCount: queryCount, seed: seed, path: path)
    }
  }

  /// Gathers the training rows of a split, row i of each part being training item i.
  ///
  /// - Returns: Shapes (m, `imageColumns`) and (m, `textColumns`), and m label sets.
  /// - Throws: ``DatasetError`` when a row cannot be read or holds NaN or infinity.
  package func trainingRows(
    of split: RetrievalSplit
  ) throws(DatasetError) -> (image: Matrix, text: Matrix, labels: LabelSets) {
    let count = split.training.count
    let imageRows = Matrix(rows: count, columns: imageColumns)
    let textRows = Matrix(rows: count, columns: textColumns)
    try image.copyRows(split.training, into: imageRows)
    try text.copyRows(split.training, into: textRows)
    return (imageRows, textRows, labels.selecting(split.training))
  }

  /// Reads all features once.
  ///
  /// - Throws: ``DatasetError`` at the first row that cannot be read or holds NaN or infinity.
  package func validateFeatures() throws {
    try image.validate()
    try text.validate()
  }

  /// SHA-256 of the file's bytes as hexadecimal digits; computed once.
  ///
  /// - Throws: ``DatasetError`` when the file can no longer be read.
  /// - Complexity: One pass over the file.
  package func digest() throws(DatasetError) -> String {
    if let knownDigest { return knownDigest }
    let digest = try SHA256.hexDigest(ofFileAt: path)
    knownDigest = digest
    return digest
  }
}
