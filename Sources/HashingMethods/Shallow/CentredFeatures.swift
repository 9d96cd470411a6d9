import CrossModalData
import Tensors

/// The training features of one modality as a shallow method sees them.
struct CentredFeatures {
  /// How raw features become these.
  let scaling: FittedScaling
  /// Scaled features, shape (n, d).
  let values: Matrix

  /// Scales training features.
  ///
  /// - Throws: ``TrainingError/unsuitable(_:)`` where nothing is left to learn from.
  init(
    _ features: Matrix, _ modality: Modality, _ scaling: FeatureScaling, method: String
  ) throws(TrainingError) {
    guard features.rows >= 1 else {
      throw .unsuitable("\(method) needs at least one training row, and there is none.")
    }
    self.scaling = scaling.fitted(to: features)
    values = self.scaling.scaled(features)
    guard values.elements.contains(where: { $0 != 0 }) else {
      throw .unsuitable(
        "\(method) needs \(modality.rawValue) features that differ between training rows, and all "
          + "\(features.columns) columns are constant over \(features.rows) of them.")
    }
  }

  /// Xᵀ X, shape (d, d).
  var scatter: DoubleMatrix { values.transposedTimes(values) }

  /// A hash function of raw features: scaled features times directions, shape (d, bits).
  func encoder(_ directions: DoubleMatrix) -> EncodingNetwork {
    EncodingNetwork(scaling, directions: directions)
  }
}

extension EncodingNetwork {
  /// A linear hash function: (x − offsets) · scales times directions, shape (columns, bits).
  init(_ scaling: FittedScaling, directions: DoubleMatrix) {
    let weights = directions.asMatrix
    self.init(scaling) { x in x.multiplied(by: x.tape.constant(weights)) }
  }
}

extension TrainingData {
  /// Scaled features of both modalities.
  ///
  /// - Throws: ``TrainingError/unsuitable(_:)``.
  func centred(
    image imageScaling: FeatureScaling, text textScaling: FeatureScaling, method: String
  ) throws(TrainingError) -> (image: CentredFeatures, text: CentredFeatures) {
    (
      try CentredFeatures(image, .image, imageScaling, method: method),
      try CentredFeatures(text, .text, textScaling, method: method)
    )
  }
}

extension TrainingContext {
  /// Reports the outcome of a method that solves its problem in one step.
  func report(loss: Double, figures: [String: Double] = [:]) -> [LearningCurvePoint] {
    let point = LearningCurvePoint(
      stage: "solution", step: 1, stepCount: 1, loss: loss, figures: figures)
    observe(point)
    return [point]
  }
}

/// Runs linear algebra; what it cannot solve becomes a sentence.
///
/// - Throws: ``TrainingError/unsuitable(_:)``.
func solving<Outcome>(_ method: String, _ work: () throws -> Outcome) throws -> Outcome {
  do {
    return try work()
  } catch let error as LinearAlgebraError {
    throw TrainingError.unsuitable(
      "\(method) cannot solve its equations on these features: \(error); "
        + "scale the features, or use a greater ridge where there is one.")
  }
}
