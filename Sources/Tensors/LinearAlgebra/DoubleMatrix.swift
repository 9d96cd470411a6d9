/// A dense float64 matrix: column-major, a value.
///
/// For linear algebra, which loses too many digits in float32; features and activations stay in
/// ``Matrix``. Columns are contiguous, as LAPACK wants them.
package struct DoubleMatrix: Sendable, Equatable {
  /// Number of rows; also the distance between the starts of two columns, in elements.
  package let rows: Int
  /// Number of columns.
  package let columns: Int
  /// All `rows * columns` elements, column after column.
  package internal(set) var elements: [Double]

  /// Creates a matrix of zeros, shape (rows, columns).
  package init(rows: Int, columns: Int) {
    self.init(
      rows: rows, columns: columns, elements: [Double](repeating: 0, count: rows * columns))
  }

  /// Wraps elements given column after column.
  ///
  /// - Precondition: `elements.count == rows * columns`.
  package init(rows: Int, columns: Int, elements: [Double]) {
    precondition(
      rows >= 0 && columns >= 0 && elements.count == rows * columns,
      "\(elements.count) elements do not fill shape (\(rows), \(columns))")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// Copies a range of rows of a float32 matrix.
  package init(_ matrix: Matrix, rows range: Range<Int>) {
    self.init(rows: range.count, columns: matrix.columns)
    for (row, source) in range.enumerated() {
      let values = matrix.row(source)
      for column in 0..<columns { elements[column * rows + row] = Double(values[column]) }
    }
  }

  /// A square matrix with equal numbers on its diagonal and zeros elsewhere.
  package static func diagonal(_ value: Double, count: Int) -> DoubleMatrix {
    var matrix = DoubleMatrix(rows: count, columns: count)
    matrix.addToDiagonal(value)
    return matrix
  }

  /// The element at a row and a column.
  package subscript(row: Int, column: Int) -> Double {
    get { elements[column * rows + row] }
    set { elements[column * rows + row] = newValue }
  }

  /// The elements of one column.
  package func column(_ index: Int) -> ArraySlice<Double> {
    elements[(index * rows)..<((index + 1) * rows)]
  }

  /// A part of the columns, in their order.
  package func columns(_ range: Range<Int>) -> DoubleMatrix {
    DoubleMatrix(
      rows: rows, columns: range.count,
      elements: Array(elements[(range.lowerBound * rows)..<(range.upperBound * rows)]))
  }

  /// The matrix with other columns to the right of its own.
  ///
  /// - Precondition: equally many rows.
  package func appendingColumns(_ other: DoubleMatrix) -> DoubleMatrix {
    precondition(
      rows == other.rows, "columns of \(other.rows) rows beside columns of \(rows) rows")
    return DoubleMatrix(
      rows: rows, columns: columns + other.columns, elements: elements + other.elements)
  }

  /// The matrix with each column multiplied by a factor of its own.
  ///
  /// - Precondition: as many factors as columns.
  package func scalingColumns(by factors: [Double]) -> DoubleMatrix {
    precondition(factors.count == columns, "\(factors.count) factors for \(columns) columns")
    var scaled = self
    for column in 0..<columns {
      for index in (column * rows)..<((column + 1) * rows) {
        scaled.elements[index] *= factors[column]
      }
    }
    return scaled
  }

  /// Adds a number to every element of the diagonal.
  package mutating func addToDiagonal(_ value: Double) {
    for index in 0..<min(rows, columns) { self[index, index] += value }
  }

  /// Sum of the diagonal.
  package var trace: Double {
    (0..<min(rows, columns)).reduce(0) { $0 + self[$1, $1] }
  }

  /// Sum of the squares of all elements.
  package var squaredNorm: Double { elements.reduce(0) { $0 + $1 * $1 } }

  /// A float32 copy.
  package var asMatrix: Matrix {
    let matrix = Matrix(rows: rows, columns: columns)
    for row in 0..<rows {
      for column in 0..<columns { matrix[row, column] = Float(self[row, column]) }
    }
    return matrix
  }
}
