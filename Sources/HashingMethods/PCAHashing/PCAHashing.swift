public import CrossModalData
import Tensors

/// Signs of principal components, found for each modality by itself.
///
/// Bit k of x is 1 where (x − mean)·w_k ≥ 0, w_k the direction of the k-th greatest variance. Across
/// modalities the codes have nothing in common, and the method lies at chance. The baseline PCAH of
/// Wang, Kumar & Chang, CVPR 2010.
public struct PCAHashing: HashingMethod {
  /// Name, paper and version.
  public static let description = MethodDescription(
    identifier: "pcah", displayName: "PCAH",
    paper: "Wang, Kumar & Chang, Semi-Supervised Hashing for Scalable Image Retrieval, CVPR 2010",
    algorithmVersion: 1)

  /// Every knob of PCA hashing.
  public struct Configuration: MethodConfiguration {
    /// Scaling of both modalities: centred [recall].
    public var scaling = FeatureScaling.centred
    /// Bits beyond the number of directions with variance [inferred].
    public var extraBits = ExtraBits.randomProjections

    /// Creates the usual configuration.
    public init() {}

    /// `plain`, with any other knobs `custom`.
    public var variant: String { self == Configuration() ? "plain" : "custom" }
    /// Published for the plain configuration.
    public var fidelity: Fidelity { self == Configuration() ? .published : .adapted }
    /// None: the carried tables have no such row.
    public var reportedName: String? { nil }
  }

  /// The knobs in use.
  public let configuration: Configuration

  /// Creates the method.
  public init(_ configuration: Configuration = Configuration()) {
    self.configuration = configuration
  }

  /// Finds the principal directions of both modalities.
  ///
  /// - Throws: ``TrainingError/unsuitable(_:)``.
  public func train(
    on data: TrainingData, bits: Int, context: TrainingContext
  ) throws -> TrainedHashing {
    let (image, text) = try data.centred(
      image: configuration.scaling, text: configuration.scaling, method: "PCAH")
    var lost: [Modality: Double] = [:]
    func encoder(_ features: CentredFeatures, _ modality: Modality) throws -> EncodingNetwork {
      let principal = try solving("PCAH") { try PrincipalDirections(features) }
      lost[modality] = max(0, 1 - principal.shares.prefix(bits).reduce(0, +))
      // Components keep their own spread, so a sum of them needs no weights.
      let mixing = try configuration.extraBits.mixing(
        weights: principal.shares.map { _ in 1 }, bits: bits, method: "PCAH",
        context.random.stream(modality.rawValue))
      return features.encoder(principal.directions.times(mixing))
    }
    let encodeImage = try encoder(image, .image)
    let encodeText = try encoder(text, .text)
    let (lostImage, lostText) = (lost[.image] ?? 0, lost[.text] ?? 0)
    return TrainedHashing(
      image: encodeImage.callAsFunction, text: encodeText.callAsFunction,
      learningCurve: context.report(
        loss: lostImage + lostText,
        figures: ["image variance lost": lostImage, "text variance lost": lostText]))
  }
}

extension MethodVariant {
  /// PCA hashing of each modality by itself: `.pcaHashing()`.
  public static func pcaHashing(_ configuration: PCAHashing.Configuration = .init())
    -> MethodVariant
  {
    MethodVariant(PCAHashing(configuration))
  }
}
