import Tensors

/// Rows of Euclidean length 1; a row of zeros stays.
enum UnitRows {
  /// Some rows of a matrix, times others' columns where given, brought to length 1.
  static func of(_ matrix: Matrix, _ rows: [Int], times factor: Matrix? = nil) -> Matrix {
    let gathered = Matrix(rows: rows.count, columns: matrix.columns)
    gathered.gatherRows(rows, of: matrix)
    var result = gathered
    if let factor {
      result = Matrix(rows: rows.count, columns: factor.columns)
      result.setProduct(gathered.asFactor, factor.asFactor)
    }
    normalise(result)
    return result
  }

  /// Divides each row by its length, in place.
  static func normalise(_ matrix: Matrix) {
    for index in 0..<matrix.rows {
      let row = matrix.row(index)
      let squares = row.reduce(0.0) { $0 + Double($1) * Double($1) }
      guard squares > 0 else { continue }
      let scale = Float(1 / squares.squareRoot())
      for column in row.indices { row[column] *= scale }
    }
  }
}
