import COpenBLAS

/// The Cholesky factor of a positive definite matrix A = L Lᵀ, and what it solves.
package struct Cholesky: Sendable {
  /// L, lower triangular, shape (n, n); zeros above the diagonal.
  package let lower: DoubleMatrix

  /// Factors a matrix; only its lower triangle is read.
  ///
  /// - Throws: ``LinearAlgebraError/notPositiveDefinite(order:)``.
  package init(_ matrix: DoubleMatrix) throws(LinearAlgebraError) {
    precondition(
      matrix.rows == matrix.columns, "shape (\(matrix.rows), \(matrix.columns)) is not square")
    var lower = matrix
    var order = blasint(matrix.rows)
    var info: blasint = 0
    if order > 0 {
      var leading = order
      dpotrf_("L", &order, &lower.elements, &leading, &info, 1)
    }
    precondition(info >= 0, "argument \(-info) of dpotrf is wrong")
    // A NaN passes dpotrf's test of the pivot.
    if info == 0, let row = (0..<matrix.rows).first(where: { !lower[$0, $0].isFinite }) {
      info = blasint(row + 1)
    }
    guard info == 0 else { throw .notPositiveDefinite(order: Int(info)) }
    for column in 0..<matrix.columns {
      for row in 0..<column { lower[row, column] = 0 }
    }
    self.lower = lower
  }

  /// A⁻¹ B, shape (n, b).
  package func solving(_ right: DoubleMatrix) -> DoubleMatrix {
    solvingTransposedFactor(solvingFactor(right))
  }

  /// L⁻¹ B, shape (n, b): with A a covariance and B a cross-covariance, whitening.
  package func solvingFactor(_ right: DoubleMatrix) -> DoubleMatrix {
    solve(right, CblasNoTrans)
  }

  /// L⁻ᵀ B, shape (n, b): from directions among whitened columns to directions among columns.
  package func solvingTransposedFactor(_ right: DoubleMatrix) -> DoubleMatrix {
    solve(right, CblasTrans)
  }

  private func solve(_ right: DoubleMatrix, _ transposes: CBLAS_TRANSPOSE) -> DoubleMatrix {
    precondition(
      right.rows == lower.rows, "\(right.rows) right-hand rows for a factor of \(lower.rows)")
    var solution = right
    guard !solution.elements.isEmpty else { return solution }
    cblas_dtrsm(
      CblasColMajor, CblasLeft, CblasLower, transposes, CblasNonUnit, blasint(right.rows),
      blasint(right.columns), 1, lower.elements, blasint(lower.rows), &solution.elements,
      blasint(right.rows))
    return solution
  }
}
