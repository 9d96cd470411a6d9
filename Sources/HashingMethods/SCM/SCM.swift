import Tensors

/// Semantic correlation maximisation with sequential learning, SCM-seq.
///
/// With label vectors of unit length L~ (n, c) the similarity is the cosine of label vectors mapped
/// to −1 … 1, S~ = 2 L~ L~ᵀ − 1 1ᵀ. Linear hash functions minimise ‖sign(X Wx) sign(Y Wy)ᵀ − K S~‖²
/// bit by bit: bit t takes the pair (wx, wy) with
///
///     max wxᵀ Xᵀ R_t Y wy,    wxᵀ Cxx wx = wyᵀ Cyy wy = 1,    R_1 = K S~
///     R_{t+1} = R_t − sign(X wx) sign(Y wy)ᵀ
///
/// and only Xᵀ R_t Y is kept, so nothing of size n × n is formed. In whitened features a bit is the
/// greatest singular pair. Zhang & Li, AAAI 2014.
public struct SCM: HashingMethod {
  /// Name, paper and version.
  public static let description = MethodDescription(
    identifier: "scm", displayName: "SCM-seq",
    paper: "Zhang & Li, Large-Scale Supervised Multimodal Hashing with Semantic Correlation "
      + "Maximization, AAAI 2014", algorithmVersion: 2)

  /// The knobs in use.
  public let configuration: Configuration

  /// Creates the method with a profile or knobs of your own.
  public init(_ configuration: Configuration = .sequential) {
    self.configuration = configuration
  }

  /// Learns bit after bit.
  ///
  /// - Throws: ``TrainingError/unsuitable(_:)``.
  public func train(
    on data: TrainingData, bits: Int, context: TrainingContext
  ) throws -> TrainedHashing {
    let (image, text) = try data.centred(
      image: configuration.scaling, text: configuration.scaling, method: "SCM")
    let imageFactor = try solving("SCM") {
      try Cholesky(configuration.ridge.added(to: image.scatter))
    }
    let textFactor = try solving("SCM") {
      try Cholesky(configuration.ridge.added(to: text.scatter))
    }
    var residual = Self.correlation(
      image, text, UnitLabels(data.labels), imageFactor, textFactor, scale: Double(bits))
    var imageDirections = DoubleMatrix(rows: image.values.columns, columns: 0)
    var textDirections = DoubleMatrix(rows: text.values.columns, columns: 0)
    var lastValue = Double.infinity
    var curve: [LearningCurvePoint] = []
    for bit in 1...bits {
      let pair = LeadingPair(residual)
      guard pair.value.isFinite else {
        throw TrainingError.nonFiniteLoss(stage: "bits", step: bit, loss: pair.value)
      }
      // A greater value than the last bit's: the loss falls no more, canonical directions take over.
      guard pair.value > 0, pair.value <= lastValue else { break }
      lastValue = pair.value
      let wx = imageFactor.solvingTransposedFactor(pair.left)
      let wy = textFactor.solvingTransposedFactor(pair.right)
      imageDirections = imageDirections.appendingColumns(wx)
      textDirections = textDirections.appendingColumns(wy)
      let u = imageFactor.solvingFactor(image.values.transposedTimes(image.signs(along: wx)))
      let v = textFactor.solvingFactor(text.values.transposedTimes(text.signs(along: wy)))
      residual.add(u.timesTransposed(v), scale: -1)
      let point = LearningCurvePoint(
        stage: "bits", step: bit, stepCount: bits, loss: pair.value / Double(data.count))
      curve.append(point)
      context.observe(point)
    }
    if imageDirections.columns < bits {
      let missing = bits - imageDirections.columns
      let canonical = try solving("SCM") {
        try CanonicalDirections(image, text, ridge: configuration.ridge)
      }
      let mixing = try configuration.extraBits.mixing(
        weights: canonical.correlations, bits: missing, method: "SCM", context.random)
      imageDirections = imageDirections.appendingColumns(canonical.image.times(mixing))
      textDirections = textDirections.appendingColumns(canonical.text.times(mixing))
    }
    return TrainedHashing(
      image: image.encoder(imageDirections).callAsFunction,
      text: text.encoder(textDirections).callAsFunction, learningCurve: curve)
  }

  /// Lx⁻¹ Xᵀ (K S~) Y Ly⁻ᵀ = K [2 (Lx⁻¹ Xᵀ L~) (Ly⁻¹ Yᵀ L~)ᵀ − (Lx⁻¹ Xᵀ 1) (Ly⁻¹ Yᵀ 1)ᵀ].
  static func correlation(
    _ image: CentredFeatures, _ text: CentredFeatures, _ labels: UnitLabels,
    _ imageFactor: Cholesky, _ textFactor: Cholesky, scale: Double
  ) -> DoubleMatrix {
    func whitened(_ features: CentredFeatures, _ other: Matrix, _ factor: Cholesky) -> DoubleMatrix
    {
      factor.solvingFactor(features.values.transposedTimes(other))
    }
    var sum = whitened(image, labels.values, imageFactor)
      .scalingColumns(by: [Double](repeating: 2 * scale, count: labels.values.columns))
      .timesTransposed(whitened(text, labels.values, textFactor))
    sum.add(
      whitened(image, labels.ones, imageFactor)
        .timesTransposed(whitened(text, labels.ones, textFactor)),
      scale: -scale)
    return sum
  }
}

extension CentredFeatures {
  /// The sign of every row along one direction, shape (n, 1).
  fileprivate func signs(along direction: DoubleMatrix) -> Matrix {
    let signs = Matrix(rows: values.rows, columns: 1)
    signs.setProduct(values.asFactor, direction.asMatrix.asFactor)
    for index in signs.elements.indices {
      signs.elements[index] = signs.elements[index] < 0 ? -1 : 1
    }
    return signs
  }
}
