public import CrossModalData
import Tensors

/// Cross-view hashing in its unsupervised form, where each item is similar to itself alone.
///
/// Directions A (pictures) and B (texts) minimise Σ_i ‖Aᵀx_i − Bᵀy_i‖², the relaxed Hamming distance
/// between both codes of an item, subject to Aᵀ XᵀX A + Bᵀ YᵀY B = I. They are the eigenvectors of
///
///     ⎡ 0    XᵀY ⎤ ⎡a⎤     ⎡ XᵀX + r   0      ⎤ ⎡a⎤
///     ⎣ YᵀX  0   ⎦ ⎣b⎦ = ρ ⎣ 0         YᵀY + r ⎦ ⎣b⎦
///
/// with the greatest ρ. There are dx + dy: min(dx, dy) canonical pairs with ρ > 0, then directions
/// with ρ = 0 inside the wider modality alone, then the pairs again with one sign changed. So codes
/// longer than min(dx, dy) get worse. Kumar & Udupa, IJCAI 2011.
public struct CVH: HashingMethod {
  /// Name, paper and version.
  public static let description = MethodDescription(
    identifier: "cvh", displayName: "CVH",
    paper: "Kumar & Udupa, Learning Hash Functions for Cross-View Similarity Search, IJCAI 2011",
    algorithmVersion: 1)

  /// Every knob of CVH.
  public struct Configuration: MethodConfiguration {
    /// Scaling of both modalities: centred [recall].
    public var scaling = FeatureScaling.centred
    /// r, for matrices that have no inverse: 10⁻⁶ [recall: as in later authors' code for CVH].
    public var ridge = Ridge.absolute(1e-6)
    /// Bits beyond dx + dy [inferred].
    public var extraBits = ExtraBits.randomProjections

    /// Creates the published configuration.
    public init() {}

    /// `unsupervised`, with any other knobs `custom`.
    public var variant: String { self == Configuration() ? "unsupervised" : "custom" }
    /// Published for the default knobs.
    public var fidelity: Fidelity { self == Configuration() ? .published : .adapted }
    /// `CVH` for the default knobs.
    public var reportedName: String? { fidelity == .published ? "CVH" : nil }
  }

  /// A direction's half of this length or less, of 1 in the metric of its modality, is rounding.
  private static let rounding = 1e-6

  /// The knobs in use.
  public let configuration: Configuration

  /// Creates the method.
  public init(_ configuration: Configuration = Configuration()) {
    self.configuration = configuration
  }

  /// Solves the eigenproblem over both modalities.
  ///
  /// - Throws: ``TrainingError/unsuitable(_:)``.
  public func train(
    on data: TrainingData, bits: Int, context: TrainingContext
  ) throws -> TrainedHashing {
    let (image, text) = try data.centred(
      image: configuration.scaling, text: configuration.scaling, method: "CVH")
    let (dx, dy) = (image.values.columns, text.values.columns)
    let imageScatter = configuration.ridge.added(to: image.scatter)
    let textScatter = configuration.ridge.added(to: text.scatter)
    let cross = image.values.transposedTimes(text.values)
    var matrix = DoubleMatrix(rows: dx + dy, columns: dx + dy)
    var metric = matrix
    matrix.place(cross.transposed, row: dx, column: 0)
    metric.place(imageScatter, row: 0, column: 0)
    metric.place(textScatter, row: dx, column: dx)
    let eigen = try solving("CVH") { try SymmetricEigen(matrix, metric: metric) }

    let used = eigen.vectors.columns(0..<min(bits, dx + dy))
    let imageDirections = Self.half(used, rows: 0..<dx, metric: imageScatter)
    let textDirections = Self.half(used, rows: dx..<(dx + dy), metric: textScatter)
    let mixing = try configuration.extraBits.mixing(
      weights: eigen.values.prefix(used.columns).map { max($0, 0) }, bits: bits, method: "CVH",
      context.random)
    let mean = eigen.values.prefix(used.columns).reduce(0, +) / Double(used.columns)
    return TrainedHashing(
      image: image.encoder(imageDirections.times(mixing)).callAsFunction,
      text: text.encoder(textDirections.times(mixing)).callAsFunction,
      learningCurve: context.report(loss: 1 - mean, figures: ["mean correlation": mean]))
  }

  /// One modality's rows of the eigenvectors; what is zero but for rounding becomes zero.
  ///
  /// The sign of rounding would be a bit of noise.
  private static func half(
    _ vectors: DoubleMatrix, rows: Range<Int>, metric: DoubleMatrix
  ) -> DoubleMatrix {
    var half = DoubleMatrix(rows: rows.count, columns: vectors.columns)
    for column in 0..<vectors.columns {
      for (row, source) in rows.enumerated() { half[row, column] = vectors[source, column] }
    }
    let images = metric.times(half)
    let lengths = (0..<half.columns).map { column in
      zip(half.column(column), images.column(column)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return half.scalingColumns(by: lengths.map { $0 > rounding * rounding ? 1 : 0 })
  }
}

extension DoubleMatrix {
  /// Writes a block with its upper left element at a row and a column.
  fileprivate mutating func place(_ block: DoubleMatrix, row: Int, column: Int) {
    for blockColumn in 0..<block.columns {
      for blockRow in 0..<block.rows {
        self[row + blockRow, column + blockColumn] = block[blockRow, blockColumn]
      }
    }
  }
}

extension MethodVariant {
  /// Cross-view hashing: `.cvh()`.
  public static func cvh(_ configuration: CVH.Configuration = .init()) -> MethodVariant {
    MethodVariant(CVH(configuration))
  }
}
