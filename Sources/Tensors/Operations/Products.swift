extension Variable {
  /// y = x W + b, the dense layer.
  ///
  /// x has shape (n, i), W (i, o), b (1, o), y (n, o).
  /// Gradients: dx = dy Wᵀ, dW = xᵀ dy, db = column sums of dy. dx is made first, because W itself
  /// changes when its gradient goes straight into it (``DirectDescent``).
  public func linear(_ weight: Variable, _ bias: Variable) -> Variable {
    tape.record(rows: rows, columns: weight.columns, from: [self, weight, bias]) { y in
      let b = bias.value.elements
      for index in 0..<y.rows { _ = y.row(index).update(fromContentsOf: b) }
      y.setProduct(value.asFactor, weight.value.asFactor, keep: 1)
    } backward: { _, dy in
      receive { dx in
        dx.target.setProduct(
          dy.asFactor, weight.value.transposed, scale: dx.scale, keep: dx.keep)
      }
      weight.receive { dW in
        dW.target.setProduct(value.transposed, dy.asFactor, scale: dW.scale, keep: dW.keep)
      }
      bias.receive { db in
        db.target.blendColumnSums(of: dy, scale: db.scale, keep: db.keep)
      }
    }
  }

  /// c = a b, the matrix product.
  ///
  /// a has shape (n, k), b (k, m), c (n, m). Gradients: da = dc bᵀ, db = aᵀ dc.
  public func multiplied(by other: Variable) -> Variable {
    tape.record(rows: rows, columns: other.columns, from: [self, other]) { c in
      c.setProduct(value.asFactor, other.value.asFactor)
    } backward: { _, dc in
      receive { da in
        da.target.setProduct(
          dc.asFactor, other.value.transposed, scale: da.scale, keep: da.keep)
      }
      other.receive { db in
        db.target.setProduct(value.transposed, dc.asFactor, scale: db.scale, keep: db.keep)
      }
    }
  }

  /// c = a bᵀ, all inner products of two sets of rows.
  ///
  /// a has shape (n, k), b (m, k), c (n, m). Gradients: da = dc b, db = dcᵀ a.
  public func multiplied(byTransposed other: Variable) -> Variable {
    tape.record(rows: rows, columns: other.rows, from: [self, other]) { c in
      c.setProduct(value.asFactor, other.value.transposed)
    } backward: { _, dc in
      receive { da in
        da.target.setProduct(dc.asFactor, other.value.asFactor, scale: da.scale, keep: da.keep)
      }
      other.receive { db in
        db.target.setProduct(dc.transposed, value.asFactor, scale: db.scale, keep: db.keep)
      }
    }
  }
}
