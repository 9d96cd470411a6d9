import Tensors

/// Iterative quantisation: components rotated so that their signs lose as little as possible.
///
/// With components V (n, r) it minimises ‖B − V R‖² over B ∈ ±1 (n, K) and R with R Rᵀ = I.
/// Gong & Lazebnik, CVPR 2011.
public struct ITQ: HashingMethod {
  /// Name, paper and version.
  public static let description = MethodDescription(
    identifier: "itq", displayName: "ITQ",
    paper: "Gong & Lazebnik, Iterative Quantization: A Procrustean Approach to Learning Binary "
      + "Codes, CVPR 2011", algorithmVersion: 1)

  /// The knobs in use.
  public let configuration: Configuration

  /// Creates the method with a profile or knobs of your own.
  public init(_ configuration: Configuration = .ownModality) {
    self.configuration = configuration
  }

  /// Finds components and rotates them.
  ///
  /// - Throws: ``TrainingError/unsuitable(_:)``.
  public func train(
    on data: TrainingData, bits: Int, context: TrainingContext
  ) throws -> TrainedHashing {
    guard configuration.iterations >= 1 else {
      throw TrainingError.unsuitable(
        "ITQ needs at least 1 iteration, not \(configuration.iterations).")
    }
    let (image, text) = try data.centred(
      image: configuration.scaling, text: configuration.scaling, method: "ITQ")
    switch configuration.components {
    case .ownModality:
      let (encodeImage, imageCurve) = try rotated(image, "image", bits, context)
      let (encodeText, textCurve) = try rotated(text, "text", bits, context)
      return TrainedHashing(
        image: encodeImage.callAsFunction, text: encodeText.callAsFunction,
        learningCurve: imageCurve + textCurve)
    case .canonical:
      let canonical = try solving("ITQ") {
        try CanonicalDirections(image, text, ridge: configuration.ridge)
      }
      let count = min(bits, canonical.correlations.count)
      guard count > 0 else {
        throw TrainingError.unsuitable(
          "ITQ finds no direction along which the modalities correlate.")
      }
      let weights = canonical.correlations.prefix(count).map {
        configuration.weightsByCorrelation ? $0 : 1
      }
      let imageDirections = canonical.image.columns(0..<count).scalingColumns(by: weights)
      let textDirections = canonical.text.columns(0..<count).scalingColumns(by: weights)
      let rotation = try QuantisingRotation(
        components: [(image.values, imageDirections), (text.values, textDirections)], bits: bits,
        stage: "rotation", iterations: configuration.iterations, context)
      return TrainedHashing(
        image: image.encoder(imageDirections.times(rotation.matrix)).callAsFunction,
        text: text.encoder(textDirections.times(rotation.matrix)).callAsFunction,
        learningCurve: rotation.learningCurve)
    }
  }

  /// PCA-ITQ of one modality.
  private func rotated(
    _ features: CentredFeatures, _ modality: String, _ bits: Int, _ context: TrainingContext
  ) throws -> (encoder: EncodingNetwork, curve: [LearningCurvePoint]) {
    let principal = try solving("ITQ") { try PrincipalDirections(features) }
    let directions = principal.directions.columns(0..<min(bits, principal.shares.count))
    let rotation = try QuantisingRotation(
      components: [(features.values, directions)], bits: bits, stage: "\(modality) rotation",
      iterations: configuration.iterations, context)
    return (features.encoder(directions.times(rotation.matrix)), rotation.learningCurve)
  }
}
