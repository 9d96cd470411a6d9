import Retrieval
import Tensors

/// The codeword of every label as a matrix, and which labels count in a code.
struct LabelCodewords {
  /// ±1, shape (labels, bits).
  let matrix: Matrix

  /// Draws the codewords as the label oracle does.
  init(labelCount: Int, bits: Int, _ random: RandomStream) {
    var stream = random
    let words = LabelOracle(labelCount: labelCount, bits: bits, using: &stream).codewords
    matrix = Matrix(rows: labelCount, columns: bits)
    for label in 0..<labelCount {
      for bit in 0..<bits {
        let word = words.words[label * words.wordsPerCode + bit / 64]
        matrix[label, bit] = word >> UInt64(bit % 64) & 1 == 1 ? 1 : -1
      }
    }
  }

  /// Replaces scores, shape (b, labels), by the weights of the labels in the code, in place.
  func weigh(
    _ scores: Matrix, _ prediction: LinearClassifierCode.Configuration.Prediction
  ) {
    let threshold: Float
    switch prediction {
    case .scores: return
    case .strongestLabel: threshold = .infinity
    case .labelSet(let least): threshold = Float(least)
    }
    for index in 0..<scores.rows {
      let row = scores.row(index)
      var strongest = 0
      for label in row.indices where row[label] > row[strongest] { strongest = label }
      for label in row.indices {
        row[label] = label == strongest || row[label] >= threshold ? 1 : 0
      }
    }
  }
}
