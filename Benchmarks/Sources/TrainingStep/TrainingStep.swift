import Crossbit

/// One modality's half of DCMH training, from public pieces: what `DCMH` does with each batch.
struct TrainingStep {
  private let inputs: StepInputs
  private let layers: [Linear]
  private let parameters: [Parameter]
  private let batch: Matrix
  private let tape = Tape()
  private var optimizer = GradientDescent(decay: Float(Setting.decay))
  private var stepCount = 0

  init(_ shape: NetworkShape) {
    inputs = StepInputs(shape)
    layers = StepInputs.layers(shape)
    parameters = layers.flatMap(\.parameters)
    batch = Matrix(rows: Setting.batchSize, columns: shape.widths[0])
  }

  /// Trains on the next batch.
  ///
  /// - Returns: The batch loss before the step.
  mutating func run() -> Double {
    let items = StepInputs.items(step: stepCount)
    stepCount += 1
    batch.gatherRows(items, of: inputs.features)
    tape.reset()
    let x = tape.constant(batch)
    let codes = layers.dropFirst().reduce(layers[0](x)) { hidden, layer in layer(hidden.relu()) }
    codes.value.scatterRows(to: inputs.own, at: items)
    let loss = batchLoss(codes, items)
    optimizer.minimise(
      loss, parameters: parameters, learningRate: Setting.learningRate)
    return Double(loss.scalar)
  }

  /// The whole loss of one batch.
  ///
  /// DCMH eq. 1: likelihood against all codes of the other modality, quantisation and balance with
  /// weights 1, over b · n.
  private func batchLoss(_ codes: Variable, _ items: [Int]) -> Variable {
    let likelihood = codes.similarityLikelihood(
      against: inputs.other, similarity: inputs.similarity, items: items)

    let targets = tape.scratch(rows: codes.rows, columns: codes.columns)
    targets.gatherRows(items, of: inputs.binary)
    let quantisation = codes.squaredDistance(to: tape.constant(targets))

    let others = tape.scratch(rows: 1, columns: codes.columns)
    others.blendColumnSums(of: inputs.own)
    others.blendColumnSums(of: codes.value, scale: -1, keep: 1)
    let balance = codes.columnSums().plus(tape.constant(others)).squaredNorm()

    return likelihood.plus(quantisation).plus(balance)
      .scaled(by: 1 / (Float(codes.rows) * Float(inputs.own.rows)))
  }
}
