public import CrossModalData
import Tensors

/// Signs of canonical variates: the linear reference point across modalities.
///
/// Bit k of a picture x is 1 where (x − mean)·wx_k ≥ 0 and of a text y where (y − mean)·wy_k ≥ 0,
/// with (wx_k, wy_k) the pair of directions of the k-th greatest correlation. Unsupervised.
/// Hotelling, Biometrika 1936.
public struct CCA: HashingMethod {
  /// Name, paper and version.
  public static let description = MethodDescription(
    identifier: "cca", displayName: "CCA",
    paper: "Hotelling, Relations Between Two Sets of Variates, Biometrika 1936",
    algorithmVersion: 1)

  /// Every knob of CCA.
  public struct Configuration: MethodConfiguration {
    /// Scaling of both modalities: centred [recall].
    public var scaling = FeatureScaling.centred
    /// Added to both scatter matrices: a hundredth of the mean variance, so that correlations of
    /// many sparse columns are not fitted to noise [ours, not searched].
    public var ridge = Ridge.relative(1e-2)
    /// Bits beyond the number of pairs of directions [inferred]; canonical variates are weighted by
    /// their correlations there.
    public var extraBits = ExtraBits.randomProjections

    /// Creates the default configuration.
    public init() {}

    /// `ridge`, with any other knobs `custom`.
    public var variant: String { self == Configuration() ? "ridge" : "custom" }
    /// Adapted: Hotelling makes no codes, and the ridge is ours.
    public var fidelity: Fidelity { .adapted }
    /// None: papers' rows for CCA do not say what they did.
    public var reportedName: String? { nil }
  }

  /// The knobs in use.
  public let configuration: Configuration

  /// Creates the method.
  public init(_ configuration: Configuration = Configuration()) {
    self.configuration = configuration
  }

  /// Finds the canonical directions.
  ///
  /// - Throws: ``TrainingError/unsuitable(_:)``.
  public func train(
    on data: TrainingData, bits: Int, context: TrainingContext
  ) throws -> TrainedHashing {
    let (image, text) = try data.centred(
      image: configuration.scaling, text: configuration.scaling, method: "CCA")
    let canonical = try solving("CCA") {
      try CanonicalDirections(image, text, ridge: configuration.ridge)
    }
    let mixing = try configuration.extraBits.mixing(
      weights: canonical.correlations, bits: bits, method: "CCA", context.random)
    let used = canonical.correlations.prefix(bits)
    let mean = used.reduce(0, +) / Double(used.count)
    return TrainedHashing(
      image: image.encoder(canonical.image.times(mixing)).callAsFunction,
      text: text.encoder(canonical.text.times(mixing)).callAsFunction,
      learningCurve: context.report(loss: 1 - mean, figures: ["mean correlation": mean]))
  }
}

extension MethodVariant {
  /// Signs of canonical variates: `.cca()`.
  public static func cca(_ configuration: CCA.Configuration = .init()) -> MethodVariant {
    MethodVariant(CCA(configuration))
  }
}
