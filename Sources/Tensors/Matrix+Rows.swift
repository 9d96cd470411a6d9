import ElementwiseKernels

extension Matrix {
  /// Copies rows of another matrix: row i becomes row `indices[i]` of `source`.
  ///
  /// - Precondition: as many indices as rows, and equal column counts.
  public func gatherRows(_ indices: some Collection<Int>, of source: Matrix) {
    precondition(
      indices.count == rows && source.columns == columns,
      "\(indices.count) rows of \(source.columns) columns do not fill shape (\(rows), \(columns))")
    for (position, index) in indices.enumerated() {
      _ = row(position).update(fromContentsOf: source.row(index))
    }
  }

  /// Copies rows into another matrix: row `indices[i]` of `target` becomes row i.
  ///
  /// - Precondition: as many indices as rows, and equal column counts.
  public func scatterRows(to target: Matrix, at indices: some Collection<Int>) {
    precondition(
      indices.count == rows && target.columns == columns,
      "\(indices.count) rows do not take shape (\(rows), \(columns))")
    for (position, index) in indices.enumerated() {
      _ = target.row(index).update(fromContentsOf: row(position))
    }
  }

  /// Copies all elements of a matrix of the same shape.
  public func assign(_ source: Matrix) {
    precondition(
      source.rows == rows && source.columns == columns,
      "shape (\(source.rows), \(source.columns)) is not (\(rows), \(columns))")
    _ = elements.update(fromContentsOf: source.elements)
  }

  /// A matrix of its own with the same elements.
  public func copy() -> Matrix {
    let copy = Matrix(rows: rows, columns: columns)
    copy.assign(self)
    return copy
  }

  /// Sets all elements to one value.
  public func fill(_ value: Float) {
    elements.update(repeating: value)
  }

  /// Adds `scale` times the sum of all rows of a matrix to the first row, which is scaled by `keep`.
  ///
  /// - Precondition: shape (1, source.columns).
  public func blendColumnSums(of source: Matrix, scale: Float = 1, keep: Float = 0) {
    precondition(
      rows == 1 && columns == source.columns,
      "column sums of \(source.columns) columns do not fill shape (\(rows), \(columns))")
    let kernels = Elementwise.kernels
    var factor = keep
    if source.rows == 0 && keep == 0 { fill(0) }
    for index in 0..<source.rows {
      kernels.blend(
        source.row(index).baseAddress, elements.baseAddress, columns, scale, factor)
      factor = 1
    }
  }

  /// Whether every element is a finite number.
  public var isFinite: Bool {
    // One bad element makes the sum of zero multiples NaN.
    var sum: Float = 0
    for value in elements { sum += value * 0 }
    return sum == 0
  }
}
