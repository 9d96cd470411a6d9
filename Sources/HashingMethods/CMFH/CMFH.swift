import CrossModalData
import Tensors

/// Collective matrix factorisation hashing: one latent vector for both modalities of an item.
///
/// With items as rows, X (n, dx), Y (n, dy) and the latent V (n, K), it minimises
///
///     λ ‖X − V Uxᵀ‖² + (1 − λ) ‖Y − V Uyᵀ‖² + μ (‖V − X Px‖² + ‖V − Y Py‖²)
///       + γ (‖V‖² + ‖Ux‖² + ‖Uy‖² + ‖Px‖² + ‖Py‖²)
///
/// in turns. A picture's code is the sign of x Px, a text's that of y Py, and an item of the database
/// has the sign of its latent vector, from both modalities. Unsupervised. Ding, Guo & Zhou, CVPR
/// 2014.
public struct CMFH: HashingMethod {
  /// Name, paper and version.
  public static let description = MethodDescription(
    identifier: "cmfh", displayName: "CMFH",
    paper:
      "Ding, Guo & Zhou, Collective Matrix Factorization Hashing for Multimodal Data, CVPR 2014",
    algorithmVersion: 1)

  /// The knobs in use.
  public let configuration: Configuration

  /// Creates the method with the authors' settings or knobs of your own.
  public init(_ configuration: Configuration = .unified) {
    self.configuration = configuration
  }

  /// Alternates over the factors until the loss hardly falls.
  ///
  /// - Throws: ``TrainingError``.
  public func train(
    on data: TrainingData, bits: Int, context: TrainingContext
  ) throws -> TrainedHashing {
    try configuration.check()
    let (image, text) = try data.centred(
      image: configuration.scaling, text: configuration.scaling, method: "CMFH")
    var factors = try solving("CMFH") {
      try CMFHFactors(image, text, bits: bits, configuration, context.random)
    }
    var curve: [LearningCurvePoint] = []
    var lastNormSum = Double.infinity
    for iteration in 1...configuration.iterationLimit {
      let loss = try solving("CMFH") { try factors.update() }
      guard loss.total.isFinite else {
        throw TrainingError.nonFiniteLoss(
          stage: "factorisation", step: iteration, loss: loss.total)
      }
      let point = LearningCurvePoint(
        stage: "factorisation", step: iteration, stepCount: configuration.iterationLimit,
        loss: loss.total, figures: ["norm sum": loss.normSum])
      curve.append(point)
      context.observe(point)
      if lastNormSum - loss.normSum < configuration.tolerance { break }
      lastNormSum = loss.normSum
    }
    let imageLatent = factors.image.latent.asMatrix
    let textLatent = factors.text.latent.asMatrix
    return TrainedHashing(
      image: image.encoder(factors.image.projection).callAsFunction,
      text: text.encoder(factors.text.projection).callAsFunction,
      pair: PairEncodingNetwork(image.scaling, text.scaling) { x, y in
        x.multiplied(by: x.tape.constant(imageLatent))
          .plus(y.multiplied(by: y.tape.constant(textLatent)))
      }.callAsFunction,
      learningCurve: curve)
  }
}
