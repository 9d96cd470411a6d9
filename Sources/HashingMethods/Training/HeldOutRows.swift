import NeuralNetworks
import Retrieval
import Tensors

/// Training rows kept away from training to choose an epoch by.
struct HeldOutRows {
  /// The rows; nil when the last epoch is kept anyway.
  let data: TrainingData?

  /// How a training loop looks for the best epoch on these rows.
  ///
  /// - Parameters:
  ///   - selection: Which epoch is to be kept.
  ///   - searched: The rows that were trained on; their codes are searched.
  ///   - bits: Code length.
  ///   - parameters: What is put back to its best state.
  ///   - image: The image network, raw features in.
  ///   - text: The text network, raw features in.
  /// - Returns: The look-out, nil when the last epoch is kept.
  func validation(
    for selection: EpochSelection, against searched: TrainingData, bits: Int,
    parameters: [Parameter], image: @escaping (Matrix) -> Matrix,
    text: @escaping (Matrix) -> Matrix
  ) -> TrainingLoop.Validation? {
    guard let data, case .bestOnValidation(_, let every) = selection else { return nil }
    return TrainingLoop.Validation(
      interval: every,
      score: {
        func codes(_ features: Matrix, _ network: (Matrix) -> Matrix) throws -> BinaryCodes {
          try BinaryCodes(
            count: features.rows, bits: bits, activations: network(features).values)
        }
        let tasks = [
          (try codes(data.image, image), try codes(searched.text, text)),
          (try codes(data.text, text), try codes(searched.image, image)),
        ]
        let scores = try tasks.map { queries, retrieval in
          try evaluate(
            queries: queries, queryLabels: data.labels, retrieval: retrieval,
            retrievalLabels: searched.labels, measures: MeasureSpecification()
          ).meanAveragePrecision.expected
        }
        return (scores[0] + scores[1]) / 2
      },
      parameters: parameters)
  }
}

extension TrainingData {
  /// Cuts off the rows that epoch selection needs.
  ///
  /// - Returns: The rows to train on and the rows held out.
  /// - Throws: ``TrainingError/unsuitable(_:)`` when a part would be empty.
  func split(
    for selection: EpochSelection, _ random: RandomStream
  ) throws -> (training: TrainingData, heldOut: HeldOutRows) {
    guard case .bestOnValidation(let share, let every) = selection else {
      return (self, HeldOutRows(data: nil))
    }
    let heldOutCount = Int((Double(count) * share).rounded())
    guard heldOutCount >= 1, heldOutCount < count, every >= 1 else {
      throw TrainingError.unsuitable(
        "A validation share of \(share) every \(every) epochs leaves nothing to train or validate "
          + "on: \(heldOutCount) of \(count) training rows would be held out.")
    }
    var stream = random.stream("validation")
    let order = stream.nextDistinct(count, below: count)
    return (
      selecting(order[heldOutCount...].sorted()),
      HeldOutRows(data: selecting(order[..<heldOutCount].sorted()))
    )
  }

  private func selecting(_ rows: [Int]) -> TrainingData {
    let image = Matrix(rows: rows.count, columns: image.columns)
    let text = Matrix(rows: rows.count, columns: text.columns)
    image.gatherRows(rows, of: self.image)
    text.gatherRows(rows, of: self.text)
    return TrainingData(
      image: image, text: text, labels: labels.selecting(rows), imageLayout: imageLayout,
      textLayout: textLayout, labelVectors: labelVectors)
  }
}

extension LabelSimilarity {
  /// The similarity of training items by their label sets.
  init(_ labels: LabelSets) {
    self.init(count: labels.count, wordsPerItem: labels.wordsPerItem, words: labels.words)
  }
}
