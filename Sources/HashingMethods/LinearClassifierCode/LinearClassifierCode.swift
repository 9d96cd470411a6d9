public import CrossModalData
import Retrieval
import Tensors

/// Codes of predicted labels: what a linear classifier alone achieves as a hash function.
///
/// A ridge regression of each modality by itself predicts label scores s = (x − mean) W + π, with
/// W = (XᵀX + r)⁻¹ Xᵀ L, L the 0/1 labels and π their frequencies. Each label has a codeword of ±1,
/// the same for both modalities, and the code is the sign of the sum of the codewords of the labels
/// predicted, as the label oracle makes it from the true ones. A method that is trained with labels
/// and asked for the same labels learns something beyond a classifier only where it is better.
/// After Sablayrolles, Douze, Usunier & Jégou, ICASSP 2017, who store the predicted class itself.
public struct LinearClassifierCode: HashingMethod {
  /// Name, paper and version.
  public static let description = MethodDescription(
    identifier: "linear-classifier", displayName: "Linear classifier",
    paper: "Sablayrolles, Douze, Usunier & Jégou, How Should We Evaluate Supervised Hashing?, "
      + "ICASSP 2017", algorithmVersion: 1)

  /// Every knob of the classifier.
  public struct Configuration: MethodConfiguration {
    /// How scores become a code.
    public enum Prediction: Sendable, Codable, Hashable {
      /// The label with the greatest score alone, as the paper has it for classes.
      case strongestLabel
      /// All labels with at least this score, and always the one with the greatest.
      case labelSet(threshold: Double)
      /// All labels, each weighted by its score.
      case scores
    }

    /// How scores become a code: labels at ½ or above, halfway between absent and present, since
    /// items may have several labels [inferred; the paper has classes].
    public var prediction = Prediction.labelSet(threshold: 0.5)
    /// r: a hundredth of the mean variance [ours, not searched; the paper trains a logistic
    /// regression, text].
    public var ridge = Ridge.relative(1e-2)
    /// Scaling of both modalities: centred, so that the frequencies are the constant term [ours].
    public var scaling = FeatureScaling.centred

    /// Creates the code of predicted label sets.
    public init() {}
  }

  /// The knobs in use.
  public let configuration: Configuration

  /// Creates the method with a profile or knobs of your own.
  public init(_ configuration: Configuration = .labelSet) {
    self.configuration = configuration
  }

  /// Fits both regressions and draws the codewords.
  ///
  /// - Throws: ``TrainingError/unsuitable(_:)``.
  public func train(
    on data: TrainingData, bits: Int, context: TrainingContext
  ) throws -> TrainedHashing {
    let name = "The linear classifier"
    let (image, text) = try data.centred(
      image: configuration.scaling, text: configuration.scaling, method: name)
    let labels = data.labels.indicators
    let frequencies = Matrix(rows: 1, columns: labels.columns)
    frequencies.blendColumnSums(of: labels, scale: 1 / Float(labels.rows))
    let codewords = LabelCodewords(
      labelCount: labels.columns, bits: bits, context.random.stream("codewords"))
    func regression(_ features: CentredFeatures) throws -> (encoder: EncodingNetwork, error: Double)
    {
      let weights = try solving(name) {
        try Cholesky(configuration.ridge.added(to: features.scatter))
          .solving(features.values.transposedTimes(labels)).asMatrix
      }
      let residuals = labels.copy()
      for row in 0..<labels.rows {
        for label in 0..<labels.columns { residuals[row, label] -= frequencies[0, label] }
      }
      residuals.setProduct(features.values.asFactor, weights.asFactor, scale: -1, keep: 1)
      let error = residuals.elements.reduce(0.0) { $0 + Double($1) * Double($1) }
      let encoder = EncodingNetwork(features.scaling) { x in
        let tape = x.tape
        let scores = x.linear(tape.constant(weights), tape.constant(frequencies))
        codewords.weigh(scores.value, configuration.prediction)
        return scores.multiplied(by: tape.constant(codewords.matrix))
      }
      return (encoder, error / Double(residuals.elements.count))
    }
    let (encodeImage, imageError) = try regression(image)
    let (encodeText, textError) = try regression(text)
    return TrainedHashing(
      image: encodeImage.callAsFunction, text: encodeText.callAsFunction,
      learningCurve: context.report(
        loss: imageError + textError,
        figures: ["image squared error": imageError, "text squared error": textError]))
  }
}

extension LinearClassifierCode.Configuration {
  /// Labels with a score of at least ½.
  public static let labelSet = LinearClassifierCode.Configuration()

  /// The label with the greatest score alone.
  public static let strongestLabel: LinearClassifierCode.Configuration = {
    var configuration = LinearClassifierCode.Configuration()
    configuration.prediction = .strongestLabel
    return configuration
  }()

  /// All labels, weighted by their scores.
  public static let scores: LinearClassifierCode.Configuration = {
    var configuration = LinearClassifierCode.Configuration()
    configuration.prediction = .scores
    return configuration
  }()

  private static let profiles: [(name: String, configuration: LinearClassifierCode.Configuration)] =
    [("label-set", labelSet), ("strongest-label", strongestLabel), ("scores", scores)]

  /// Name of the profile, `custom` for other knobs.
  public var variant: String {
    Self.profiles.first { $0.configuration == self }?.name ?? "custom"
  }

  /// Adapted: the paper's codes are class numbers, of ⌈log₂ C⌉ bits.
  public var fidelity: Fidelity { .adapted }

  /// None: the carried tables have no such row.
  public var reportedName: String? { nil }
}

extension MethodVariant {
  /// Codes of predicted labels: `.linearClassifier(.labelSet)`, `.strongestLabel`, `.scores`.
  public static func linearClassifier(
    _ configuration: LinearClassifierCode.Configuration = .labelSet
  ) -> MethodVariant {
    MethodVariant(LinearClassifierCode(configuration))
  }
}
