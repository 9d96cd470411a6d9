import CrossModalData
import NeuralNetworks
import Retrieval
import Tensors

/// The knobs of training networks on batches of pairs.
protocol PairTrainingConfiguration: MethodConfiguration {
  /// Number of passes over all training pairs.
  var epochs: Int { get }
  /// Pairs of a batch; fewer where there are fewer.
  var batchSize: Int { get }
  var batchDrawing: BatchDrawing { get }
  var optimizer: OptimizerChoice { get }
  var learningRate: LearningRateSchedule { get }
  /// Factor ω of ½ ω ‖W‖² over all parameters.
  var weightDecay: Double { get }
  var imageScaling: FeatureScaling { get }
  var textScaling: FeatureScaling { get }
  var epochSelection: EpochSelection { get }
}

/// A batch of training pairs on a tape.
struct PairBatch {
  /// Training row of each pair.
  let items: [Int]
  /// Scaled picture features, shape (b, picture columns).
  let image: Variable
  /// Scaled text features, shape (b, text columns).
  let text: Variable
  /// Label sets of the b pairs.
  let labels: LabelSets

  /// The tape of the batch.
  var tape: Tape { image.tape }
}

/// The loss of a batch and its parts, for the learning curve.
struct PairLoss {
  let total: Variable
  let parts: [(name: String, value: Variable)]

  /// A part by its name.
  subscript(name: String) -> Variable? { parts.first { $0.name == name }?.value }
}

/// What a method trains on batches of pairs.
protocol PairModel {
  /// Everything that is trained.
  var parameters: [Parameter] { get }
  /// Constant figures of every point of the learning curve; none unless said otherwise.
  var figures: [String: Double] { get }
  /// Real codes of pictures, (b, picture columns) → (b, K).
  func encodeImage(_ x: Variable) -> Variable
  /// Real codes of texts, (b, text columns) → (b, K).
  func encodeText(_ x: Variable) -> Variable
  /// The loss of a batch without weight decay.
  mutating func loss(of batch: PairBatch) -> PairLoss
  /// Runs after the last batch of an epoch, such as to refresh binary codes.
  mutating func endEpoch()
}

extension PairModel {
  var figures: [String: Double] { [:] }

  mutating func endEpoch() {}
}

extension HashingMethod where Configuration: PairTrainingConfiguration {
  /// Trains a model on shuffled batches of pairs, both networks in one step.
  ///
  /// - Parameters:
  ///   - data: Raw training pairs.
  ///   - bits: Code length.
  ///   - context: Randomness and progress.
  ///   - makeModel: Makes the model from the scaled pairs that are left after holding out.
  /// - Returns: The hash functions.
  /// - Throws: ``TrainingError`` when the knobs make no sense or the loss is not finite.
  func trainPairs<Model: PairModel>(
    on data: TrainingData, bits: Int, context: TrainingContext,
    makeModel: (TrainingData) throws -> Model
  ) throws -> TrainedHashing {
    try checkPairTraining()
    let (data, heldOut) = try data.split(for: configuration.epochSelection, context.random)
    let imageScaling = configuration.imageScaling.fitted(
      to: data.image, blocks: data.imageLayout.blocks)
    let textScaling = configuration.textScaling.fitted(
      to: data.text, blocks: data.textLayout.blocks)
    var scaled = data
    scaled.image = imageScaling.scaled(data.image)
    scaled.text = textScaling.scaled(data.text)
    let model = try makeModel(scaled)
    var epoch = PairEpoch(model, data: scaled, configuration, context.random)

    let encodeImage = EncodingNetwork(imageScaling, model.encodeImage)
    let encodeText = EncodingNetwork(textScaling, model.encodeText)
    let loop = TrainingLoop(
      stage: "training", stepCount: configuration.epochs, context: context,
      validation: heldOut.validation(
        for: configuration.epochSelection, against: data, bits: bits,
        parameters: model.parameters,
        image: encodeImage.callAsFunction, text: encodeText.callAsFunction))
    let curve = try loop.run { index in
      let means = epoch.run(
        rate: configuration.learningRate.rate(epoch: index, of: configuration.epochs))
      return TrainingLoop.Outcome(loss: means["loss"] ?? .nan) {
        means.merging(model.figures) { mean, _ in mean }
      }
    }
    return TrainedHashing(
      image: encodeImage.callAsFunction, text: encodeText.callAsFunction, learningCurve: curve,
      passes: Double(configuration.epochs))
  }

  private func checkPairTraining() throws {
    for (name, value, least) in [
      ("epochs", configuration.epochs, 1), ("batchSize", configuration.batchSize, 2),
    ] where value < least {
      throw TrainingError.unsuitable(
        "\(Self.description.displayName) needs \(name) of at least \(least), not \(value).")
    }
  }
}

/// Passes over all training pairs, batch by batch.
struct PairEpoch<Model: PairModel> {
  private var model: Model
  private let data: TrainingData
  private let weightDecay: Float
  private let parameters: [Parameter]
  private let batchCount: Int
  private let tape = Tape()
  private var sampler: BatchSampler
  private var optimizer: any Optimizer
  private var random: RandomStream

  /// - Parameters:
  ///   - model: What is trained, in place.
  ///   - data: Scaled training pairs.
  ///   - configuration: The knobs.
  ///   - random: The trial's randomness.
  init(
    _ model: Model, data: TrainingData, _ configuration: some PairTrainingConfiguration,
    _ random: RandomStream
  ) {
    self.model = model
    self.data = data
    parameters = model.parameters
    weightDecay = Float(configuration.weightDecay)
    sampler = BatchSampler(
      count: data.count, batchSize: configuration.batchSize, drawing: configuration.batchDrawing)
    batchCount = (data.count + sampler.batchSize - 1) / sampler.batchSize
    optimizer = configuration.optimizer.makeOptimizer()
    self.random = random.stream("batches")
  }

  /// Takes a step on every batch of one epoch.
  ///
  /// - Returns: Means over batches: the loss and its parts.
  mutating func run(rate: Double) -> [String: Double] {
    var means: [String: Double] = [:]
    for _ in 0..<batchCount {
      let items = sampler.next(using: &random)
      tape.reset()
      let loss = model.loss(
        of: PairBatch(
          items: items, image: tape.rows(items, of: data.image),
          text: tape.rows(items, of: data.text), labels: data.labels.selecting(items)))
      var total = loss.total
      if weightDecay != 0 {
        for parameter in parameters {
          total = total.plus(
            tape.parameter(parameter).squaredNorm().scaled(by: weightDecay / 2))
        }
      }
      optimizer.minimise(total, parameters: parameters, learningRate: rate)
      for (name, value) in [("loss", total)] + loss.parts {
        means[name, default: 0] += Double(value.scalar) / Double(batchCount)
      }
    }
    model.endEpoch()
    return means
  }
}
