import Retrieval
import Tensors

/// The greatest singular value of a matrix with its vectors, by power iteration.
///
/// A whole decomposition for every bit would take minutes. Where the greatest two values lie close,
/// the vectors converge slowly, but then either serves.
struct LeadingPair {
  /// Most rounds.
  private static let roundCount = 500
  /// What every row adds to the start, of the longest column's length.
  private static let startShare = 1e-3
  /// Change of the value, relative, at which it counts as converged; its error is then the square of
  /// the vectors'.
  private static let tolerance = 1e-13

  /// u, shape (rows, 1).
  let left: DoubleMatrix
  /// v, shape (columns, 1).
  let right: DoubleMatrix
  /// σ.
  let value: Double

  init(_ matrix: DoubleMatrix) {
    // Starts from the longest column and a little of every row, in unequal shares: a column alone
    // may be orthogonal to u, as where the matrix falls into blocks.
    let longest = (0..<matrix.columns).max { first, second in
      matrix.column(first).squaredNorm < matrix.column(second).squaredNorm
    }
    var start = Array(matrix.column(longest ?? 0))
    let share = Self.startShare * start[...].squaredNorm.squareRoot()
    for row in start.indices {
      start[row] += share * (1 + Double(row) / Double(start.count))
    }
    var u = DoubleMatrix(rows: matrix.rows, columns: 1, elements: start)
    var v = DoubleMatrix(rows: matrix.columns, columns: 1)
    var value = 0.0
    for _ in 0..<Self.roundCount {
      u = u.normalised.vector
      v = matrix.transposedTimes(u).normalised.vector
      let image = matrix.times(v)
      let last = value
      value = image.normalised.length
      u = image
      if value - last <= Self.tolerance * value { break }
    }
    (left, right, self.value) = (u.normalised.vector, v, value)
  }
}

extension ArraySlice<Double> {
  fileprivate var squaredNorm: Double { reduce(0) { $0 + $1 * $1 } }
}

extension DoubleMatrix {
  /// A vector of length 1, and the length it had; zeros stay.
  fileprivate var normalised: (vector: DoubleMatrix, length: Double) {
    let length = squaredNorm.squareRoot()
    return (length > 0 ? scalingColumns(by: [1 / length]) : self, length)
  }
}

/// Label vectors of Euclidean length 1.
struct UnitLabels {
  /// L~, shape (n, c); a row without labels stays zero.
  let values: Matrix
  /// A column of ones, shape (n, 1).
  let ones: Matrix

  init(_ labels: LabelSets) {
    values = labels.indicators
    for item in 0..<labels.count {
      let size = labels.cardinality(of: item)
      let row = values.row(item)
      for label in row.indices where size > 0 { row[label] /= Float(size).squareRoot() }
    }
    ones = Matrix(rows: labels.count, columns: 1)
    ones.fill(1)
  }
}
