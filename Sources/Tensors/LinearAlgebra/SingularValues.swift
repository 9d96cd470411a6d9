import COpenBLAS

/// The thin singular value decomposition A = U diag(σ) Vᵀ, greatest singular value first.
///
/// Of u, v and −u, −v the pair is taken whose u has its entry of greatest magnitude positive, so that
/// codes repeat.
package struct SingularValues: Sendable {
  /// Left vectors as columns, shape (rows, r) with r the lesser of rows and columns.
  package let left: DoubleMatrix
  /// Singular values, descending, r of them.
  package let values: [Double]
  /// Right vectors as columns, shape (columns, r).
  package let right: DoubleMatrix

  /// Decomposes a matrix (LAPACK `dgesdd`).
  ///
  /// - Throws: ``LinearAlgebraError``.
  package init(_ matrix: DoubleMatrix) throws(LinearAlgebraError) {
    let rank = min(matrix.rows, matrix.columns)
    var values = [Double](repeating: 0, count: rank)
    var left = DoubleMatrix(rows: matrix.rows, columns: rank)
    var rightTransposed = DoubleMatrix(rows: rank, columns: matrix.columns)
    if rank > 0 {
      guard matrix.elements.allSatisfy(\.isFinite) else {
        throw .noConvergence(
          routine: "a singular value decomposition of numbers not finite", info: 0)
      }
      var a = matrix.elements
      var (m, n) = (blasint(matrix.rows), blasint(matrix.columns))
      var (leadingA, leadingU, leadingV) = (m, m, blasint(rank))
      var integers = [blasint](repeating: 0, count: 8 * rank)
      var info: blasint = 0
      // The first call asks for the length of the workspace.
      var work: [Double] = [0]
      var length: blasint = -1
      for _ in 0..<2 {
        dgesdd_(
          "S", &m, &n, &a, &leadingA, &values, &left.elements, &leadingU,
          &rightTransposed.elements, &leadingV, &work, &length, &integers, &info, 1)
        try LinearAlgebraError.check(info, "the singular value decomposition")
        if length < 0 {
          length = blasint(work[0])
          work = [Double](repeating: 0, count: Int(length))
        }
      }
    }
    let signs = (0..<rank).map { left.column($0).canonicalSign }
    self.left = left.scalingColumns(by: signs)
    self.values = values
    right = rightTransposed.transposed.scalingColumns(by: signs)
  }
}
