import Contest
import Crossbit

/// Numbers that both programs make for themselves from the same seeds, bit by bit.
///
/// `training_step.py` makes the same ones.
struct StepInputs {
  /// Features x, shape (n, inputs), variance 1.
  let features: Matrix
  /// The buffer of the modality that is trained, shape (n, K); steps write into it.
  let own: Matrix
  /// The buffer of the other modality, shape (n, K).
  let other: Matrix
  /// B = sign(own + other), shape (n, K).
  let binary: Matrix
  /// S, from label sets of 24 classes with 1 in 8 chosen: about a third of all pairs are similar.
  let similarity: LabelSimilarity

  init(_ shape: NetworkShape) {
    let count = Setting.itemCount
    let bits = shape.widths[shape.widths.count - 1]
    features = Matrix(rows: count, columns: shape.widths[0])
    own = Matrix(rows: count, columns: bits)
    other = Matrix(rows: count, columns: bits)
    binary = Matrix(rows: count, columns: bits)
    features.fillUniformly(seed: 1, limit: 3.0.squareRoot())
    own.fillUniformly(seed: 2, limit: 1)
    other.fillUniformly(seed: 3, limit: 1)
    for index in binary.elements.indices {
      binary.elements[index] = own.elements[index] + other.elements[index] > 0 ? 1 : -1
    }
    var random = RandomStream(seed: 4)
    let classes = (UInt64(1) << Setting.classCount) - 1
    let words = (0..<count).map { _ in random.next() & random.next() & random.next() & classes }
    similarity = LabelSimilarity(count: count, wordsPerItem: 1, words: words)
  }

  /// The network with uniform weights and biases of DCMH's deviation 0.01.
  static func layers(_ shape: NetworkShape) -> [Linear] {
    zip(shape.widths, shape.widths.dropFirst()).enumerated().map { index, widths in
      let layer = Linear(
        "layer \(index)", inputs: widths.0, outputs: widths.1, weights: .constant(0),
        random: RandomStream(seed: 0))
      let limit = 0.01 * 3.0.squareRoot()
      layer.weight.value.fillUniformly(seed: UInt64(10 + 2 * index), limit: limit)
      layer.bias.value.fillUniformly(seed: UInt64(11 + 2 * index), limit: limit)
      return layer
    }
  }

  /// The rows of a batch: distinct, scattered over the whole buffer, every row once an epoch.
  static func items(step: Int) -> [Int] {
    // 7919 is prime and shares no factor with n, so multiplying by it permutes the rows.
    (0..<Setting.batchSize).map {
      (step * Setting.batchSize + $0) * 7919 % Setting.itemCount
    }
  }
}
