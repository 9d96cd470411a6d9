public import Tensors

extension Variable {
  /// Mean of (x − sign x)² over all entries, a scalar; the sign of 0 is +1.
  ///
  /// The signs are constants. Gradient: dx = 2 (x − sign x) / count.
  public func quantisationError() -> Variable {
    let signs = tape.scratch(rows: rows, columns: columns)
    for index in signs.elements.indices {
      signs.elements[index] = value.elements[index] < 0 ? -1 : 1
    }
    return squaredDistance(to: tape.constant(signs)).scaled(by: 1 / Float(rows * columns))
  }

  /// ‖mean_i u_i‖² / K of codes of shape (b, K): 0 when each bit is ±1 equally often.
  public func bitBias() -> Variable {
    columnSums().squaredNorm().scaled(by: 1 / (Float(rows * rows) * Float(columns)))
  }
}
