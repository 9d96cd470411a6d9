import Tensors

/// Mean, spread and range of every column of a matrix, in two passes and in Double.
struct ColumnStatistics {
  private(set) var means: [Double]
  /// Divisor n; exactly 0 for a constant column, since Double holds the sum of up to 2²⁹ equal
  /// float32 numbers without rounding, and so their mean.
  private(set) var standardDeviations: [Double]
  private(set) var minima: [Float]
  private(set) var maxima: [Float]

  /// Goes over the rows twice; `matrix` has at least one.
  init(_ matrix: Matrix) {
    let columns = matrix.columns
    var sums = [Double](repeating: 0, count: columns)
    var minima = Array(matrix.row(0))
    var maxima = minima
    for index in 0..<matrix.rows {
      let row = matrix.row(index)
      for column in 0..<columns {
        let element = row[column]
        sums[column] += Double(element)
        minima[column] = min(minima[column], element)
        maxima[column] = max(maxima[column], element)
      }
    }
    let means = sums.map { $0 / Double(matrix.rows) }
    var squares = [Double](repeating: 0, count: columns)
    for index in 0..<matrix.rows {
      let row = matrix.row(index)
      for column in 0..<columns {
        let difference = Double(row[column]) - means[column]
        squares[column] += difference * difference
      }
    }
    standardDeviations = squares.map { ($0 / Double(matrix.rows)).squareRoot() }
    self.means = means
    self.minima = minima
    self.maxima = maxima
  }
}
