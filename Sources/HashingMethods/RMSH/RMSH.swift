import CrossModalData
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
    let (data, heldOut) = try data.split(for: configuration.epochSelection, context.random)
    let distance = try configuration.distance(bits: bits, labels: data.labels)
    let imageScaling = configuration.imageScaling.fitted(to: data.image)
    let textScaling = configuration.textScaling.fitted(to: data.text)
    let image = RMSHNetwork(
      "image", columns: data.image.columns, bits: bits, configuration, random: context.random)
    let text = RMSHNetwork(
      "text", columns: data.text.columns, bits: bits, configuration, random: context.random)
    var epoch = RMSHEpoch(
      image: image, text: text,
      data: TrainingData(
        image: imageScaling.scaled(data.image), text: textScaling.scaled(data.text),
        labels: data.labels),
      loss: RMSHLoss(configuration, distance: distance), configuration, context.random)

    let encodeImage = EncodingNetwork(imageScaling, image.callAsFunction)
    let encodeText = EncodingNetwork(textScaling, text.callAsFunction)
    let loop = TrainingLoop(
      stage: "training", stepCount: configuration.epochs, context: context,
      validation: heldOut.validation(
        for: configuration.epochSelection, against: data, bits: bits,
        parameters: image.parameters + text.parameters,
        image: encodeImage.callAsFunction, text: encodeText.callAsFunction))
    let curve = try loop.run { index in
      let rate = configuration.learningRate.rate(epoch: index, of: configuration.epochs)
      let means = epoch.run(rate: rate)
      return TrainingLoop.Outcome(loss: means["loss"] ?? .nan) {
        means.merging(["distance δ": distance]) { mean, _ in mean }
      }
    }
    return TrainedHashing(
      image: encodeImage.callAsFunction, text: encodeText.callAsFunction, learningCurve: curve)
  }
}

/// Passes over all training pairs, batch by batch.
struct RMSHEpoch {
  private let image: RMSHNetwork
  private let text: RMSHNetwork
  private let data: TrainingData
  private let loss: RMSHLoss
  private let pseudoCodes: PseudoCodeSampler?
  private let batchCount: Int
  private let tape = Tape()
  private var sampler: BatchSampler
  private var optimizer: any Optimizer
  private var batchRandom: RandomStream
  private var partnerRandom: RandomStream

  /// - Parameters:
  ///   - image: The picture network, trained in place.
  ///   - text: The text network, trained in place.
  ///   - data: Scaled training pairs.
  ///   - loss: The loss of a batch.
  ///   - configuration: The knobs.
  ///   - random: The trial's randomness.
  init(
    image: RMSHNetwork, text: RMSHNetwork, data: TrainingData, loss: RMSHLoss,
    _ configuration: RMSH.Configuration, _ random: RandomStream
  ) {
    self.image = image
    self.text = text
    self.data = data
    self.loss = loss
    pseudoCodes =
      configuration.pseudoCodeWeight == 0
      ? nil : PseudoCodeSampler(configuration, training: data.labels)
    sampler = BatchSampler(
      count: data.count, batchSize: configuration.batchSize, drawing: configuration.batchDrawing)
    batchCount = (data.count + sampler.batchSize - 1) / sampler.batchSize
    optimizer = configuration.optimizer.makeOptimizer()
    batchRandom = random.stream("batches")
    partnerRandom = random.stream("partners")
  }

  /// Updates both networks on every batch of one epoch.
  ///
  /// - Returns: Means over batches: the loss and its parts.
  mutating func run(rate: Double) -> [String: Double] {
    var means: [String: Double] = [:]
    let parameters = image.parameters + text.parameters
    for _ in 0..<batchCount {
      let items = sampler.next(using: &batchRandom)
      let labels = data.labels.selecting(items)
      tape.reset()
      let u = image(tape.rows(items, of: data.image))
      let v = text(tape.rows(items, of: data.text))
      let value = loss(
        u, v, labels: labels, pseudoCodes: pseudoCodes?.draw(labels, using: &partnerRandom),
        weights: parameters)
      optimizer.minimise(value.total, parameters: parameters, learningRate: rate)
      for (name, part) in [
        ("loss", value.total), ("triplet loss", value.triplets),
        ("quantisation", value.quantisation), ("pseudo-code loss", value.pseudoCodes),
      ] {
        guard let part else { continue }
        means[name, default: 0] += Double(part.scalar) / Double(batchCount)
      }
    }
    return means
  }
}
