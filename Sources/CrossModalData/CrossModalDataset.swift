package import ArrayFiles
package import Retrieval
package import Tensors

/// A complete data set: pictures, texts and labels of the same items.
public final class CrossModalDataset {
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
  private var knownDigest: FileDigest?

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

  /// Opens a data set for a program of one's own.
  ///
  /// - Parameter path: Path of the HDF5 file.
  /// - Throws: A sentence when the file cannot be read, breaks the format, or lacks pictures, texts
  ///   or labels.
  public convenience init(atPath path: String) throws {
    try self.init(path: path, name: nil)
  }

  /// Path of the file.
  package var path: String { file.path }
  /// Number of items n.
  public var itemCount: Int { file.itemCount }
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

  /// The features of one modality: the item's vector, and what else is asked for and in the file.
  public func features(
    _ modality: Modality, including extra: ExtraFeatures = []
  ) -> ItemFeatures {
    switch modality {
    case .image: ItemFeatures(image, file.furtherImage, including: extra)
    case .text: ItemFeatures(text, file.furtherText, including: extra)
    }
  }

  /// Reads the vectors of the labels, shape (`labelCount`, columns); nil where the file has none.
  ///
  /// - Throws: ``DatasetError`` when a row cannot be read or holds NaN or infinity.
  package func labelVectors() throws(DatasetError) -> Matrix? {
    guard let source = file.labelVectors else { return nil }
    let vectors = Matrix(rows: source.rows, columns: source.columns)
    try source.copyRows(Array(0..<source.rows), into: vectors)
    return vectors
  }

  /// Makes the split that a protocol describes.
  ///
  /// - Throws: ``DatasetError`` as ``DatasetFile/split(for:)``.
  package func split(for rule: SplitProtocol) throws(DatasetError) -> RetrievalSplit {
    try file.split(for: rule)
  }

  /// Gathers the training rows of a split, row i of each part being training item i.
  ///
  /// - Parameters:
  ///   - split: The split.
  ///   - extra: What is wanted beside one vector an item.
  /// - Returns: Shapes (m, picture columns) and (m, text columns), and m label sets.
  /// - Throws: ``DatasetError`` when a row cannot be read or holds NaN or infinity.
  package func trainingRows(
    of split: RetrievalSplit, including extra: ExtraFeatures = []
  ) throws(DatasetError) -> (image: Matrix, text: Matrix, labels: LabelSets) {
    func rows(_ modality: Modality) throws(DatasetError) -> Matrix {
      let features = features(modality, including: extra)
      let rows = Matrix(rows: split.training.count, columns: features.layout.columns)
      try features.copyRows(split.training, into: rows)
      return rows
    }
    return (try rows(.image), try rows(.text), labels.selecting(split.training))
  }

  /// Reads all features once.
  ///
  /// - Throws: ``DatasetError`` at the first row that cannot be read or holds NaN or infinity.
  package func validateFeatures() throws {
    for source in file.featureSources { try source.validate() }
  }

  /// SHA-256 of the file's bytes; computed once.
  ///
  /// - Throws: ``DatasetError`` when the file can no longer be read.
  /// - Complexity: One pass over the file, unless the run that started this process handed it over.
  package func digest() throws(DatasetError) -> FileDigest {
    if let knownDigest { return knownDigest }
    let digest = try FileDigest(ofFileAt: path)
    knownDigest = digest
    return digest
  }
}
