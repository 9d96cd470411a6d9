import COpenBLAS

/// Eigenvalues and eigenvectors of a symmetric matrix, greatest eigenvalue first.
///
/// Of a vector and its negative, the one whose entry of greatest magnitude is positive is taken, so
/// that codes repeat.
package struct SymmetricEigen: Sendable {
  /// Eigenvalues, descending.
  package let values: [Double]
  /// Eigenvectors as columns, in the order of the values.
  ///
  /// Vᵀ V = I, or Vᵀ B V = I for A x = λ B x.
  package let vectors: DoubleMatrix

  /// Solves A x = λ x; only the lower triangle of A is read (LAPACK `dsyevd`).
  ///
  /// - Throws: ``LinearAlgebraError``.
  package init(_ matrix: DoubleMatrix) throws(LinearAlgebraError) {
    try self.init(matrix) { a, order, values, work, lengths, info in
      var leading = order
      dsyevd_(
        "V", "L", &order, &a, &leading, &values, &work.reals, &lengths.reals, &work.integers,
        &lengths.integers, &info, 1, 1)
    }
  }

  /// Solves A x = λ B x with B positive definite; only lower triangles are read (LAPACK `dsygvd`).
  ///
  /// - Throws: ``LinearAlgebraError``.
  package init(
    _ matrix: DoubleMatrix, metric: DoubleMatrix
  ) throws(LinearAlgebraError) {
    precondition(
      metric.rows == matrix.rows && metric.columns == matrix.columns,
      "a metric of shape (\(metric.rows), \(metric.columns)) for (\(matrix.rows), \(matrix.columns))"
    )
    var b = metric.elements
    try self.init(matrix) { a, order, values, work, lengths, info in
      var kind: blasint = 1
      var leading = order
      var metricLeading = order
      dsygvd_(
        &kind, "V", "L", &order, &a, &leading, &b, &metricLeading, &values, &work.reals,
        &lengths.reals, &work.integers, &lengths.integers, &info, 1, 1)
    }
  }

  private typealias Solver = (
    _ matrix: inout [Double], _ order: inout blasint, _ values: inout [Double],
    _ work: inout Workspace, _ lengths: inout WorkspaceLengths, _ info: inout blasint
  ) -> Void

  private struct Workspace {
    var reals: [Double] = [0]
    var integers: [blasint] = [0]
  }

  /// −1 asks for the lengths.
  private struct WorkspaceLengths {
    var reals: blasint = -1
    var integers: blasint = -1
  }

  private init(_ matrix: DoubleMatrix, _ solve: Solver) throws(LinearAlgebraError) {
    precondition(
      matrix.rows == matrix.columns, "shape (\(matrix.rows), \(matrix.columns)) is not square")
    let count = matrix.rows
    guard count > 0 else {
      (values, vectors) = ([], matrix)
      return
    }
    // dsyevd may never return from a NaN.
    guard matrix.elements.allSatisfy(\.isFinite) else {
      throw .noConvergence(routine: "the symmetric eigenproblem of numbers not finite", info: 0)
    }
    var a = matrix.elements
    var order = blasint(count)
    var ascending = [Double](repeating: 0, count: count)
    var work = Workspace()
    var lengths = WorkspaceLengths()
    var info: blasint = 0
    solve(&a, &order, &ascending, &work, &lengths, &info)
    try LinearAlgebraError.check(info, "the symmetric eigenproblem")
    lengths = WorkspaceLengths(reals: blasint(work.reals[0]), integers: work.integers[0])
    work = Workspace(
      reals: [Double](repeating: 0, count: Int(lengths.reals)),
      integers: [blasint](repeating: 0, count: Int(lengths.integers)))
    solve(&a, &order, &ascending, &work, &lengths, &info)
    // Above n, dsygvd counts the leading minor of B.
    if Int(info) > count { throw .notPositiveDefinite(order: Int(info) - count) }
    try LinearAlgebraError.check(info, "the symmetric eigenproblem")

    values = ascending.reversed()
    var vectors = DoubleMatrix(rows: count, columns: count)
    for column in 0..<count {
      let source = a[((count - 1 - column) * count)..<((count - column) * count)]
      let sign = source.canonicalSign
      for (row, value) in source.enumerated() { vectors[row, column] = sign * value }
    }
    self.vectors = vectors
  }
}

extension Sequence<Double> {
  /// 1 or −1, such that the entry of greatest magnitude becomes positive.
  ///
  /// Of entries that are equal but for rounding the first counts.
  var canonicalSign: Double {
    let greatest = reduce(0) { Swift.max($0, abs($1)) }
    let entry = first { abs($0) >= greatest * (1 - 1e-9) } ?? 0
    return entry < 0 ? -1 : 1
  }
}
