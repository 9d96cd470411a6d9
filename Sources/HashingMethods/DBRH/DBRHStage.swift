import CrossModalData
import NeuralNetworks
import Tensors

/// One stage of DBRH's training: updates of a network on whole pairs, or with one modality hidden.
struct DBRHStage {
  /// Modality that is replaced by zeros at the input; both stay reconstruction targets.
  var hidden: Modality?

  private let image: Matrix
  private let text: Matrix
  private let imageBatch: Matrix
  private let textBatch: Matrix
  private let imageZeros: Matrix
  private let textZeros: Matrix
  private let configuration: DBRH.Configuration
  private let context: TrainingContext
  private let tape = Tape()
  private let batchSize: Int

  /// - Parameters:
  ///   - image: Scaled training pictures, (n, dx).
  ///   - text: Scaled training texts, (n, dy).
  ///   - configuration: The knobs.
  ///   - context: The trial's randomness and where progress goes.
  init(
    image: Matrix, text: Matrix, _ configuration: DBRH.Configuration, _ context: TrainingContext
  ) {
    self.image = image
    self.text = text
    self.configuration = configuration
    self.context = context
    batchSize = min(configuration.batchSize, image.rows)
    imageBatch = Matrix(rows: batchSize, columns: image.columns)
    textBatch = Matrix(rows: batchSize, columns: text.columns)
    imageZeros = Matrix(rows: batchSize, columns: image.columns)
    textZeros = Matrix(rows: batchSize, columns: text.columns)
  }

  /// Updates a network's parameters in place.
  ///
  /// - Returns: About fifty points of the learning curve.
  func run(_ name: String, _ network: DBRHNetwork, updates: Int) throws -> [LearningCurvePoint] {
    var random = context.random.stream("\(name) batches")
    var sampler = BatchSampler(
      count: image.rows, batchSize: batchSize, drawing: configuration.batchDrawing)
    var optimizer = configuration.optimizer.makeOptimizer()
    let loss = DBRHLoss(configuration: configuration)
    let schedule = ScaleSchedule(configuration.scaleLearning, updates: updates)
    let parameters = trainedParameters(of: network, scalesAreLearned: schedule.isLearned)
    let loop = TrainingLoop(
      stage: name, stepCount: updates, reportInterval: max(1, updates / 50), context: context)
    return try loop.run { update in
      // Fine-tuning goes on from the last scale of the joint stage.
      if hidden == nil, let scale = schedule.scale(at: update) { network.scales.value.fill(scale) }
      let items = sampler.next(using: &random)
      imageBatch.gatherRows(items, of: image)
      textBatch.gatherRows(items, of: text)
      tape.reset()
      let pass = network(
        tape.constant(hidden == .image ? imageZeros : imageBatch),
        tape.constant(hidden == .text ? textZeros : textBatch))
      let total = loss(
        pass, image: tape.constant(imageBatch), text: tape.constant(textBatch),
        scales: tape.parameter(network.scales))
      optimizer.minimise(total, parameters: parameters, learningRate: configuration.learningRate)
      let least = Float(configuration.leastScale)
      for index in network.scales.value.elements.indices {
        network.scales.value.elements[index] = max(network.scales.value.elements[index], least)
      }
      return TrainingLoop.Outcome(
        loss: Double(total.scalar),
        figures: {
          [
            "quantisation error per bit": pass.codes.value.quantisationError,
            "mean scale": network.scales.value.meanMagnitude,
          ]
        })
    }
  }

  private func trainedParameters(
    of network: DBRHNetwork, scalesAreLearned: Bool
  ) -> [Parameter] {
    if let hidden, configuration.fineTunedPart == .encoder {
      return network.encoderWeights(of: hidden == .text ? .image : .text)
    }
    return network.weights + (scalesAreLearned ? [network.scales] : [])
  }
}

/// The scale of each update under continuation (DBRC-C).
private struct ScaleSchedule {
  /// Whether the optimiser moves the scales.
  let isLearned: Bool
  private let steps: [Double]
  private let updates: Int

  init(_ learning: DBRH.Configuration.ScaleLearning, updates: Int) {
    if case .continuation(let steps) = learning {
      self.steps = steps
      isLearned = false
    } else {
      steps = []
      isLearned = true
    }
    self.updates = updates
  }

  /// The scale to set before an update; nil where the scales are learned.
  func scale(at update: Int) -> Float? {
    guard !steps.isEmpty else { return nil }
    return Float(steps[min(update * steps.count / max(updates, 1), steps.count - 1)])
  }
}

extension Matrix {
  /// Mean of (1 − |q|)² over all elements: 0 when every activation is ±1 (TMM 2019, Fig.
  ///
  /// 5, there summed over bits).
  fileprivate var quantisationError: Double {
    var total = 0.0
    for element in elements {
      let distance = 1 - abs(Double(element))
      total += distance * distance
    }
    return total / Double(max(elements.count, 1))
  }
}
