public import CrossModalData
import Tensors

/// Signs of random projections, drawn for each modality by itself.
///
/// Bit k of x is 1 where (x − mean)·g_k ≥ 0, g_k standard normal. Inside one modality the Hamming
/// distance then estimates the angle between centred features; across modalities the codes have
/// nothing in common, and the method lies at chance. Charikar, STOC 2002.
public struct RandomProjection: HashingMethod {
  /// Name, paper and version.
  public static let description = MethodDescription(
    identifier: "srp", displayName: "Random projections",
    paper: "Charikar, Similarity Estimation Techniques from Rounding Algorithms, STOC 2002",
    algorithmVersion: 1)

  /// Every knob of random projections.
  public struct Configuration: MethodConfiguration {
    /// Scaling of both modalities: centred, as in comparisons of hashing methods [recall]; the
    /// paper's own vectors are not [recall].
    public var scaling = FeatureScaling.centred

    /// Creates the usual configuration.
    public init() {}

    /// Centred directions, with any other scaling `custom`.
    public var variant: String { self == Configuration() ? "centred" : "custom" }
    /// Adapted: the paper does not centre.
    public var fidelity: Fidelity { .adapted }
    /// None: the carried tables have no such row.
    public var reportedName: String? { nil }
  }

  /// The knobs in use.
  public let configuration: Configuration

  /// Creates the method.
  public init(_ configuration: Configuration = Configuration()) {
    self.configuration = configuration
  }

  /// Draws the projections; of the training rows only the scaling is taken.
  ///
  /// - Throws: ``TrainingError/unsuitable(_:)`` when all features of a modality are constant.
  public func train(
    on data: TrainingData, bits: Int, context: TrainingContext
  ) throws -> TrainedHashing {
    let (image, text) = try data.centred(
      image: configuration.scaling, text: configuration.scaling, method: "Random projection")
    func encoder(_ features: CentredFeatures, _ modality: Modality) -> EncodingNetwork {
      var stream = context.random.stream("\(modality.rawValue) projections")
      return features.encoder(
        .standardNormal(rows: features.values.columns, columns: bits, using: &stream))
    }
    return TrainedHashing(
      image: encoder(image, .image).callAsFunction, text: encoder(text, .text).callAsFunction,
      learningCurve: [])
  }
}

extension MethodVariant {
  /// Signs of random projections: `.randomProjection()`.
  public static func randomProjection(
    _ configuration: RandomProjection.Configuration = .init()
  ) -> MethodVariant {
    MethodVariant(RandomProjection(configuration))
  }
}
