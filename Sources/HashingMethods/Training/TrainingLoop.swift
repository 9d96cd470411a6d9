import Tensors

/// Runs the steps of one stage of training: checks the loss, keeps the learning curve, reports.
///
/// A step is whatever the method counts: an epoch or an update.
struct TrainingLoop {
  /// Name of the stage in learning curves and error messages.
  var stage: String
  /// Number of steps.
  var stepCount: Int
  /// Steps between two points of the learning curve; the last step always makes one.
  var reportInterval = 1
  /// Where progress goes.
  var context: TrainingContext
  /// Looks for the best step on held-out training rows; nil keeps the last one.
  var validation: Validation?

  /// What a step reports.
  struct Outcome {
    /// Mean loss of the step.
    var loss: Double
    /// Further figures, asked for only where a point of the curve is made.
    var figures: () -> [String: Double] = { [:] }
  }

  /// How the best step is found.
  struct Validation {
    /// Steps between two looks.
    var interval: Int
    /// Score of the current parameters, higher is better.
    var score: () throws -> Double
    /// What is put back to its best state at the end.
    var parameters: [Parameter]
  }

  /// Runs all steps.
  ///
  /// - Parameter step: Gets the 0-based number of the step.
  /// - Returns: The learning curve of the stage.
  /// - Throws: ``TrainingError/nonFiniteLoss(stage:step:loss:)`` as soon as a loss is not finite.
  func run(_ step: (Int) throws -> Outcome) throws -> [LearningCurvePoint] {
    var curve: [LearningCurvePoint] = []
    var lossSum = 0.0
    var lossCount = 0
    var best = BestState()
    for index in 0..<stepCount {
      let outcome = try step(index)
      guard outcome.loss.isFinite else {
        throw TrainingError.nonFiniteLoss(stage: stage, step: index + 1, loss: outcome.loss)
      }
      lossSum += outcome.loss
      lossCount += 1
      let isLast = index + 1 == stepCount
      var figures: [String: Double] = [:]
      if let validation, (index + 1) % validation.interval == 0 || isLast {
        let score = try validation.score()
        figures["validation mAP"] = score
        best.offer(score, validation.parameters)
      }
      guard (index + 1) % reportInterval == 0 || isLast || !figures.isEmpty else { continue }
      figures.merge(outcome.figures()) { first, _ in first }
      let point = LearningCurvePoint(
        stage: stage, step: index + 1, stepCount: stepCount, loss: lossSum / Double(lossCount),
        figures: figures)
      (lossSum, lossCount) = (0, 0)
      curve.append(point)
      context.observe(point)
    }
    best.restore()
    return curve
  }
}

/// The parameters at the best validation score so far.
private struct BestState {
  private var score = -Double.infinity
  private var parameters: [Parameter] = []
  private var values: [Matrix] = []

  mutating func offer(_ score: Double, _ parameters: [Parameter]) {
    guard score > self.score else { return }
    self.score = score
    self.parameters = parameters
    if values.isEmpty {
      values = parameters.map { $0.value.copy() }
    } else {
      for (value, parameter) in zip(values, parameters) { value.assign(parameter.value) }
    }
  }

  func restore() {
    for (value, parameter) in zip(values, parameters) { parameter.value.assign(value) }
  }
}
