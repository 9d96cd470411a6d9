import CrossModalData
import NeuralNetworks
import Tensors

/// Deep Cross-Modal Hashing on pre-extracted features.
///
/// One network per modality gives real codes f and g. A logistic likelihood on ½ f·g makes codes
/// agree with label similarity, a shared binary B = sign(F + G) ties both to ±1, and a balance term
/// keeps bits zero-mean. Jiang & Li, CVPR 2017; equations in `Documentation/Methods/DCMH.md`.
public struct DCMH: HashingMethod {
  /// Name, paper and version.
  public static let description = MethodDescription(
    identifier: "dcmh", displayName: "DCMH",
    paper: "Jiang & Li, Deep Cross-Modal Hashing, CVPR 2017", algorithmVersion: 1)

  /// The knobs in use.
  public let configuration: Configuration

  /// Creates the method with a profile or knobs of your own.
  public init(_ configuration: Configuration = .matlab) {
    self.configuration = configuration
  }

  /// Trains both networks by alternating sweeps (algorithm 1 of the paper).
  ///
  /// - Throws: ``TrainingError/nonFiniteLoss(stage:step:loss:)``.
  public func train(
    on data: TrainingData, bits: Int, context: TrainingContext
  ) throws -> TrainedHashing {
    let (data, heldOut) = try data.split(for: configuration.epochSelection, context.random)
    let imageScaling = configuration.imageScaling.fitted(to: data.image)
    let textScaling = configuration.textScaling.fitted(to: data.text)
    let imageNetwork = DCMHImageNetwork(
      columns: data.image.columns, bits: bits, configuration, random: context.random)
    let textNetwork = DCMHTextNetwork(
      columns: data.text.columns, bits: bits, configuration, random: context.random)

    let codes = TrainingCodes(count: data.count, bits: bits, configuration, context.random)
    let loss = DCMHLoss(
      similarity: LabelSimilarity(data.labels),
      quantisationWeight: Float(configuration.quantisationWeight),
      balanceWeight: Float(configuration.balanceWeight))
    var imageSweep = Sweep(
      name: "image", features: imageScaling.scaled(data.image),
      network: imageNetwork.callAsFunction,
      parameters: imageNetwork.parameters, loss: loss, configuration, context.random)
    var textSweep = Sweep(
      name: "text", features: textScaling.scaled(data.text), network: textNetwork.callAsFunction,
      parameters: textNetwork.parameters, loss: loss, configuration, context.random)

    let encodeImage = EncodingNetwork(imageScaling, imageNetwork.callAsFunction)
    let encodeText = EncodingNetwork(textScaling, textNetwork.callAsFunction)
    let loop = TrainingLoop(
      stage: "training", stepCount: configuration.epochs, context: context,
      validation: heldOut.validation(
        for: configuration.epochSelection, against: data, bits: bits,
        parameters: imageNetwork.parameters + textNetwork.parameters,
        image: encodeImage.callAsFunction, text: encodeText.callAsFunction))
    let curve = try loop.run { epoch in
      let rate = configuration.learningRate.rate(epoch: epoch, of: configuration.epochs)
      let imageLoss: Double
      let textLoss: Double
      switch configuration.sweepOrder {
      case .binaryTextImage:
        codes.updateBinary()
        textLoss = textSweep.run(own: codes.text, other: codes.image, codes.binary, rate)
        imageLoss = imageSweep.run(own: codes.image, other: codes.text, codes.binary, rate)
      case .imageTextBinary:
        imageLoss = imageSweep.run(own: codes.image, other: codes.text, codes.binary, rate)
        textLoss = textSweep.run(own: codes.text, other: codes.image, codes.binary, rate)
        codes.updateBinary()
      }
      return TrainingLoop.Outcome(
        loss: imageLoss + textLoss,
        figures: {
          [
            "image loss": imageLoss, "text loss": textLoss,
            "mean |f|": codes.image.meanMagnitude, "mean |g|": codes.text.meanMagnitude,
          ]
        })
    }
    return TrainedHashing(
      image: encodeImage.callAsFunction, text: encodeText.callAsFunction, learningCurve: curve,
      passes: Double(configuration.epochs))
  }
}

/// The codes of all training items: real buffers F and G, binary B; shape (n, K) each.
private struct TrainingCodes {
  let image: Matrix
  let text: Matrix
  let binary: Matrix

  init(count: Int, bits: Int, _ configuration: DCMH.Configuration, _ random: RandomStream) {
    image = Matrix(rows: count, columns: bits)
    text = Matrix(rows: count, columns: bits)
    binary = Matrix(rows: count, columns: bits)
    if configuration.bufferStart == .standardNormal {
      for (name, buffer) in [("F", image), ("G", text)] {
        var stream = random.stream("buffer \(name)")
        Initialiser.normal(deviation: 1).fill(buffer, using: &stream)
      }
      updateBinary()
    }
  }

  /// B = sign(F + G) with sign(0) = 0; γ > 0 does not change the sign of γ (F + G).
  func updateBinary() {
    for index in binary.elements.indices {
      let sum = image.elements[index] + text.elements[index]
      binary.elements[index] = sum > 0 ? 1 : sum < 0 ? -1 : 0
    }
  }
}

/// One pass of batches over one modality.
private struct Sweep {
  private let features: Matrix
  private let network: (Variable) -> Variable
  private let parameters: [Parameter]
  private let loss: DCMHLoss
  private let batchCount: Int
  private let tape = Tape()
  private var sampler: BatchSampler
  private var optimizer: any Optimizer
  private var random: RandomStream

  init(
    name: String, features: Matrix, network: @escaping (Variable) -> Variable,
    parameters: [Parameter], loss: DCMHLoss, _ configuration: DCMH.Configuration,
    _ random: RandomStream
  ) {
    self.features = features
    self.network = network
    self.parameters = parameters
    self.loss = loss
    self.random = random.stream("\(name) batches")
    sampler = BatchSampler(
      count: features.rows, batchSize: configuration.batchSize,
      drawing: configuration.batchDrawing)
    let size = sampler.batchSize
    batchCount =
      configuration.roundsBatchCountUp ? (features.rows + size - 1) / size : features.rows / size
    optimizer = configuration.optimizer.makeOptimizer()
  }

  /// Updates the network and its buffer batch by batch.
  ///
  /// - Returns: The mean batch loss.
  mutating func run(own: Matrix, other: Matrix, _ binary: Matrix, _ rate: Double) -> Double {
    var total = 0.0
    for _ in 0..<batchCount {
      let items = sampler.next(using: &random)
      tape.reset()
      let codes = network(tape.rows(items, of: features))
      codes.value.scatterRows(to: own, at: items)
      let batchLoss = loss(codes: codes, items: items, own: own, other: other, binary: binary)
      optimizer.minimise(batchLoss, parameters: parameters, learningRate: rate)
      total += Double(batchLoss.scalar)
    }
    return total / Double(batchCount)
  }
}
