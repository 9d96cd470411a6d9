import NeuralNetworks
import Retrieval
import Tensors

/// A reconstruction of Deep Robust Multilevel Semantic Hashing from its abstract.
///
/// One network per modality gives codes whose distances follow graded label similarity: a triplet's
/// margin is δ times the gap between its two grades, items without a shared label stay δ apart, and
/// coding theory says which δ is useful. Pseudo-codes, fused from several codes, stand for label
/// sets that are rarely seen. Song, Tan, Zhao & Yang, Pattern Recognition 2021; the full text could
/// not be read, so this is not known to be the published loss. Formulas in
/// `Documentation/Methods/RMSH.md`.
public struct RMSH: HashingMethod {
  /// Name, paper and version.
  public static let description = MethodDescription(
    identifier: "rmsh", displayName: "RMSH-style",
    paper: "after the abstract of Song, Tan, Zhao & Yang, Deep Robust Multilevel Semantic Hashing, "
      + "Pattern Recognition 2021 (arXiv 2002.02698)",
    algorithmVersion: 1)

  /// The knobs in use.
  public let configuration: Configuration

  /// Creates the method with a profile or knobs of your own.
  public init(_ configuration: Configuration = .full) {
    self.configuration = configuration
  }

  /// Trains both networks on batches of pairs.
  ///
  /// - Throws: ``TrainingError`` when the loss is not finite, or no δ fits data and code length.
  public func train(
    on data: TrainingData, bits: Int, context: TrainingContext
  ) throws -> TrainedHashing {
    try configuration.check()
    return try trainPairs(on: data, bits: bits, context: context) { data in
      try RMSHModel(
        data, bits: bits, distance: configuration.distance(bits: bits, labels: data.labels),
        configuration, random: context.random)
    }
  }
}

/// Both networks of RMSH and the loss of a batch.
struct RMSHModel: PairModel {
  private let image: HiddenLayerNetwork
  private let text: HiddenLayerNetwork
  private let distance: Double
  private let loss: RMSHLoss
  private let pseudoCodes: PseudoCodeSampler?
  private var partnerRandom: RandomStream

  init(
    _ data: TrainingData, bits: Int, distance: Double, _ configuration: RMSH.Configuration,
    random: RandomStream
  ) {
    (image, text) = HiddenLayerNetwork.pair(
      for: data, hiddenUnits: configuration.hiddenUnits, bits: bits,
      weights: configuration.initialWeights, random: random)
    self.distance = distance
    loss = RMSHLoss(configuration, distance: distance)
    pseudoCodes =
      configuration.pseudoCodeWeight == 0
      ? nil : PseudoCodeSampler(configuration, training: data.labels)
    partnerRandom = random.stream("partners")
  }

  var figures: [String: Double] { ["distance δ": distance] }

  var parameters: [Parameter] { image.parameters + text.parameters }

  func encodeImage(_ x: Variable) -> Variable { image(x) }

  func encodeText(_ x: Variable) -> Variable { text(x) }

  mutating func loss(of batch: PairBatch) -> PairLoss {
    loss(
      image(batch.image), text(batch.text), labels: batch.labels,
      pseudoCodes: pseudoCodes?.draw(batch.labels, using: &partnerRandom))
  }
}
