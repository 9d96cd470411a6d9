import COpenBLAS

extension DoubleMatrix {
  /// The product self · other.
  package func times(_ other: DoubleMatrix) -> DoubleMatrix {
    Self.product(self, CblasNoTrans, other, CblasNoTrans)
  }

  /// The product selfᵀ · other.
  package func transposedTimes(_ other: DoubleMatrix) -> DoubleMatrix {
    Self.product(self, CblasTrans, other, CblasNoTrans)
  }

  /// The product self · otherᵀ.
  package func timesTransposed(_ other: DoubleMatrix) -> DoubleMatrix {
    Self.product(self, CblasNoTrans, other, CblasTrans)
  }

  /// The matrix with rows and columns exchanged.
  package var transposed: DoubleMatrix {
    var result = DoubleMatrix(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns { result[column, row] = self[row, column] }
    }
    return result
  }

  /// Adds `scale` times a matrix of the same shape.
  package mutating func add(_ other: DoubleMatrix, scale: Double = 1) {
    precondition(
      rows == other.rows && columns == other.columns,
      "shape (\(other.rows), \(other.columns)) is not (\(rows), \(columns))")
    cblas_daxpy(blasint(elements.count), scale, other.elements, 1, &elements, 1)
  }

  /// Adds `scale` · left · right, where `right` may be transposed (BLAS `dgemm`).
  mutating func addProduct(
    _ left: DoubleMatrix, _ transposesLeft: CBLAS_TRANSPOSE, _ right: DoubleMatrix,
    _ transposesRight: CBLAS_TRANSPOSE, scale: Double = 1
  ) {
    let inner = transposesLeft == CblasTrans ? left.rows : left.columns
    let leftRows = transposesLeft == CblasTrans ? left.columns : left.rows
    let rightRows = transposesRight == CblasTrans ? right.columns : right.rows
    let rightColumns = transposesRight == CblasTrans ? right.rows : right.columns
    precondition(
      inner == rightRows && leftRows == rows && rightColumns == columns,
      "product (\(leftRows), \(inner)) · (\(rightRows), \(rightColumns)) "
        + "does not have shape (\(rows), \(columns))")
    guard !elements.isEmpty && inner > 0 else { return }
    let start = ContinuousClock.now
    cblas_dgemm(
      CblasColMajor, transposesLeft, transposesRight, blasint(rows), blasint(columns),
      blasint(inner), scale, left.elements, blasint(left.rows), right.elements,
      blasint(right.rows), 1, &elements, blasint(rows))
    BLAS.account(ContinuousClock.now - start, 2 * rows * columns * inner)
  }

  private static func product(
    _ left: DoubleMatrix, _ transposesLeft: CBLAS_TRANSPOSE, _ right: DoubleMatrix,
    _ transposesRight: CBLAS_TRANSPOSE
  ) -> DoubleMatrix {
    var product = DoubleMatrix(
      rows: transposesLeft == CblasTrans ? left.columns : left.rows,
      columns: transposesRight == CblasTrans ? right.rows : right.columns)
    product.addProduct(left, transposesLeft, right, transposesRight)
    return product
  }
}

extension Matrix {
  /// The product selfᵀ · other in float64, such as a scatter matrix.
  ///
  /// - Parameter other: As many rows as this matrix.
  /// - Returns: Shape (columns, other.columns).
  package func transposedTimes(_ other: Matrix) -> DoubleMatrix {
    precondition(rows == other.rows, "\(rows) rows do not pair up with \(other.rows)")
    var product = DoubleMatrix(rows: columns, columns: other.columns)
    // Blocks of rows, so that the float64 copies stay small.
    for start in stride(from: 0, to: rows, by: 1024) {
      let range = start..<min(start + 1024, rows)
      let left = DoubleMatrix(self, rows: range)
      product.addProduct(
        left, CblasTrans, other === self ? left : DoubleMatrix(other, rows: range), CblasNoTrans)
    }
    return product
  }
}
