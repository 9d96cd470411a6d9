import Retrieval
import Tensors

extension LabelSets {
  /// The label sets as a matrix of 0 and 1, shape (count, labelCount).
  var indicators: Matrix {
    let indicators = Matrix(rows: count, columns: labelCount)
    for item in 0..<count {
      for label in 0..<labelCount where contains(label, item: item) {
        indicators[item, label] = 1
      }
    }
    return indicators
  }
}
