/// The size of one network whose training step is measured.
struct NetworkShape: Sendable {
  /// What the command line and the workers call it.
  let name: String
  /// Widths from the features to the codes, with a ReLU after every hidden layer.
  let widths: [Int]
  /// Steps between two turns of the other program: a second or two on one core.
  let stepsPerTurn: Int

  /// `4096 → 4096 → 64`.
  var layers: String { widths.map(String.init).joined(separator: " → ") }

  /// DCMH's image network with a re-learned hidden layer, its text network on MIRFlickr's tags,
  /// and its frozen-feature image head, whose weights are too few to keep the core busy.
  static let all = [
    NetworkShape(name: "image", widths: [4096, 4096, 64], stepsPerTurn: 8),
    NetworkShape(name: "text", widths: [1386, 8192, 64], stepsPerTurn: 10),
    NetworkShape(name: "linear", widths: [4096, 64], stepsPerTurn: 60),
  ]
}

/// What all measured steps have in common; `training_step.py` repeats these numbers.
enum Setting {
  /// Training items n.
  static let itemCount = 10_000
  /// Rows of a batch b.
  static let batchSize = 128
  /// Label classes.
  static let classCount = 24
  /// Weight decay of plain gradient descent (DCMH, `update_net.m`).
  static let decay = 5e-4
  /// Learning rate: the first of DCMH's schedule, 10^-1.5.
  static let learningRate = 0.031622776601683791
  /// Steps of an epoch of one modality, ⌈n / b⌉.
  static var stepsPerEpoch: Int { (itemCount + batchSize - 1) / batchSize }
  /// Steps after which both programs must report the same loss.
  static let checkedSteps = 3
  /// Largest relative difference of those losses: float32 sums in another order differ by about
  /// 1e-6, a wrong term by far more.
  static let lossTolerance = 1e-4
}
