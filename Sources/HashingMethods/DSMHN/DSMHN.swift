import NeuralNetworks
import Retrieval
import Tensors

/// A reconstruction of the Deep Semantic Multimodal Hashing Network from its abstracts.
///
/// One network per modality gives codes that keep similarity across modalities under a pairwise
/// loss that can be exchanged, and from which a linear layer per modality predicts the labels; bits
/// are balanced and pulled to ±1. Jin, Li & Tang, TNNLS 2020; the full text could not be read, so
/// this is not known to be the published loss. Formulas in `Documentation/Methods/DSMHN.md`.
public struct DSMHN: HashingMethod {
  /// Name, paper and version.
  public static let description = MethodDescription(
    identifier: "dsmhn", displayName: "DSMHN-style",
    paper: "after the abstracts of Jin, Li & Tang, Deep Semantic Multimodal Hashing Network, "
      + "TNNLS 2020 (arXiv 1901.02662)",
    algorithmVersion: 1)

  /// The knobs in use.
  public let configuration: Configuration

  /// Creates the method with a profile or knobs of your own.
  public init(_ configuration: Configuration = .full) {
    self.configuration = configuration
  }

  /// Trains both networks and the classifiers on batches of pairs.
  ///
  /// - Throws: ``TrainingError`` when the loss is not finite, no training item has a label, or the
  ///   knobs make no sense.
  public func train(
    on data: TrainingData, bits: Int, context: TrainingContext
  ) throws -> TrainedHashing {
    try configuration.check()
    return try trainPairs(on: data, bits: bits, context: context) { data in
      guard (0..<data.count).contains(where: { data.labels.cardinality(of: $0) > 0 }) else {
        throw TrainingError.unsuitable(
          "DSMHN-style learns from labels, and none of the \(data.count) training items has one.")
      }
      return DSMHNModel(data, bits: bits, configuration, random: context.random)
    }
  }
}

/// Both streams of DSMHN, their classifiers, and the loss of a batch.
struct DSMHNModel: PairModel {
  private let image: HiddenLayerNetwork
  private let text: HiddenLayerNetwork
  private let classifiers: DSMHNClassifiers
  private let loss: DSMHNLoss
  let parameters: [Parameter]

  init(
    _ data: TrainingData, bits: Int, _ configuration: DSMHN.Configuration, random: RandomStream
  ) {
    (image, text) = HiddenLayerNetwork.pair(
      for: data, hiddenUnits: configuration.hiddenUnits, bits: bits,
      weights: configuration.initialWeights, random: random)
    classifiers = DSMHNClassifiers(
      bits: bits, labels: data.labels, configuration, random: random)
    loss = DSMHNLoss(configuration, bits: bits)
    parameters = image.parameters + text.parameters + classifiers.parameters
  }

  func encodeImage(_ x: Variable) -> Variable { image(x) }

  func encodeText(_ x: Variable) -> Variable { text(x) }

  func loss(of batch: PairBatch) -> PairLoss {
    loss(image(batch.image), text(batch.text), labels: batch.labels, classifiers: classifiers)
  }
}
