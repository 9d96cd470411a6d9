import ElementwiseKernels

extension Variable {
  /// c = a + b, of one shape.
  ///
  /// Gradients: da = dc, db = dc.
  public func plus(_ other: Variable) -> Variable {
    requireShape(of: other)
    let kernels = Elementwise.kernels
    return tape.record(rows: rows, columns: columns, from: [self, other]) { c in
      c.assign(value)
      kernels.blend(
        other.value.elements.baseAddress, c.elements.baseAddress, c.elements.count, 1, 1)
    } backward: { _, dc in
      for input in [self, other] { input.receive { dc.blend(into: $0, factor: 1) } }
    }
  }

  /// c = factor · a.
  ///
  /// Gradient: da = factor · dc.
  public func scaled(by factor: Float) -> Variable {
    let kernels = Elementwise.kernels
    return tape.record(rows: rows, columns: columns, from: [self]) { c in
      kernels.blend(value.elements.baseAddress, c.elements.baseAddress, c.elements.count, factor, 0)
    } backward: { _, dc in
      receive { dc.blend(into: $0, factor: factor) }
    }
  }

  /// c = a ∘ b, element by element, of one shape.
  ///
  /// Gradients: da = b ∘ dc, db = a ∘ dc.
  public func times(_ other: Variable) -> Variable {
    requireShape(of: other)
    let kernels = Elementwise.kernels
    return tape.record(rows: rows, columns: columns, from: [self, other]) { c in
      kernels.product(
        value.elements.baseAddress, other.value.elements.baseAddress, c.elements.baseAddress,
        c.elements.count, 1, 0)
    } backward: { _, dc in
      for (input, factor) in [(self, other), (other, self)] {
        input.receive { d in
          kernels.product(
            factor.value.elements.baseAddress, dc.elements.baseAddress,
            d.target.elements.baseAddress, dc.elements.count, d.scale, d.keep)
        }
      }
    }
  }

  /// c_ik = a_ik w_k, each column times its own factor; w has shape (1, columns).
  ///
  /// Gradients: da_ik = dc_ik w_k, dw_k = Σ_i a_ik dc_ik.
  public func scalingColumns(by factors: Variable) -> Variable {
    precondition(
      factors.rows == 1 && factors.columns == columns,
      "\(columns) columns need factors of shape (1, \(columns)), not "
        + "(\(factors.rows), \(factors.columns))")
    let kernels = Elementwise.kernels
    let (a, w) = (value, factors.value)
    return tape.record(rows: a.rows, columns: a.columns, from: [self, factors]) { c in
      for index in 0..<a.rows {
        kernels.product(
          a.row(index).baseAddress, w.elements.baseAddress, c.row(index).baseAddress, a.columns, 1,
          0)
      }
    } backward: { _, dc in
      receive { da in
        for index in 0..<a.rows {
          kernels.product(
            dc.row(index).baseAddress, w.elements.baseAddress,
            da.target.row(index).baseAddress, a.columns, da.scale, da.keep)
        }
      }
      factors.receive { dw in
        var keep = dw.keep
        for index in 0..<a.rows {
          kernels.product(
            a.row(index).baseAddress, dc.row(index).baseAddress,
            dw.target.elements.baseAddress, a.columns, dw.scale, keep)
          keep = 1
        }
      }
    }
  }

  func requireShape(of other: Variable) {
    precondition(
      rows == other.rows && columns == other.columns,
      "shape (\(rows), \(columns)) meets shape (\(other.rows), \(other.columns))")
  }
}

extension Matrix {
  /// Blends `factor` times this matrix into a gradient of the same shape.
  public func blend(into contribution: Contribution, factor: Float) {
    Elementwise.kernels.blend(
      elements.baseAddress, contribution.target.elements.baseAddress, elements.count,
      contribution.scale * factor, contribution.keep)
  }
}
