import Foundation
import Retrieval
import Tensors

extension LabelSets {
  /// The label sets as a matrix of 0 and 1, shape (count, labelCount).
  var indicators: Matrix {
    let indicators = Matrix(rows: count, columns: labelCount)
    write(indicators: indicators)
    return indicators
  }

  fileprivate func write(indicators: Matrix) {
    for item in 0..<count {
      let row = indicators.row(item)
      for label in row.indices { row[label] = contains(label, item: item) ? 1 : 0 }
    }
  }
}

/// The label sets of a batch as matrices on its tape.
struct LabelIndicators {
  /// What a row y is divided by.
  enum Norm {
    /// |y|, the number of labels: the row becomes a mean.
    case count
    /// √|y|: the row has Euclidean length 1.
    case root
  }

  /// y, 0 or 1, shape (b, c).
  let values: Matrix
  /// Every row of y divided by its norm; zeros for an item without labels.
  let shares: Variable

  init(_ labels: LabelSets, dividedBy norm: Norm, on tape: Tape) {
    values = tape.scratch(rows: labels.count, columns: labels.labelCount)
    let shares = tape.scratch(rows: labels.count, columns: labels.labelCount)
    labels.write(indicators: values)
    for item in 0..<labels.count {
      let count = Float(max(labels.cardinality(of: item), 1))
      let share = 1 / (norm == .root ? count.squareRoot() : count)
      let (source, target) = (values.row(item), shares.row(item))
      for label in target.indices { target[label] = source[label] * share }
    }
    self.shares = tape.constant(shares)
  }
}
