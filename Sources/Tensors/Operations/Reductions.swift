import ElementwiseKernels

extension Variable {
  /// Σ a, a scalar.
  ///
  /// Gradient: da = ds everywhere.
  public func sum() -> Variable {
    let kernels = Elementwise.kernels
    return tape.record(rows: 1, columns: 1, from: [self]) { s in
      s.elements[0] = Float(kernels.sum(value.elements.baseAddress, value.elements.count))
    } backward: { _, ds in
      receive { da in
        let slope = da.scale * ds.elements[0]
        if da.keep == 0 {
          da.target.fill(slope)
        } else {
          for index in da.target.elements.indices {
            da.target.elements[index] = da.keep * da.target.elements[index] + slope
          }
        }
      }
    }
  }

  /// Σ (a − b)², a scalar over matrices of one shape.
  ///
  /// Gradients: da = 2 (a − b) ds, db = −da.
  public func squaredDistance(to other: Variable) -> Variable {
    requireShape(of: other)
    let kernels = Elementwise.kernels
    return tape.record(rows: 1, columns: 1, from: [self, other]) { s in
      s.elements[0] = Float(
        kernels.squared_distance(
          value.elements.baseAddress, other.value.elements.baseAddress, value.elements.count))
    } backward: { _, ds in
      for (input, sign) in [(self, Float(1)), (other, -1)] {
        input.receive { d in
          kernels.difference(
            value.elements.baseAddress, other.value.elements.baseAddress,
            d.target.elements.baseAddress, value.elements.count,
            d.scale * sign * 2 * ds.elements[0], d.keep)
        }
      }
    }
  }

  /// Σ a², a scalar.
  ///
  /// Gradient: da = 2 a ds.
  public func squaredNorm() -> Variable {
    let kernels = Elementwise.kernels
    return tape.record(rows: 1, columns: 1, from: [self]) { s in
      var total = 0.0
      for element in value.elements { total += Double(element) * Double(element) }
      s.elements[0] = Float(total)
    } backward: { _, ds in
      receive { da in
        kernels.blend(
          value.elements.baseAddress, da.target.elements.baseAddress, value.elements.count,
          da.scale * 2 * ds.elements[0], da.keep)
      }
    }
  }

  /// The sum of all rows, shape (1, columns).
  ///
  /// Gradient: every row of da is ds.
  public func columnSums() -> Variable {
    let kernels = Elementwise.kernels
    return tape.record(rows: 1, columns: columns, from: [self]) { s in
      s.blendColumnSums(of: value)
    } backward: { _, ds in
      receive { da in
        for index in 0..<da.target.rows {
          kernels.blend(
            ds.elements.baseAddress, da.target.row(index).baseAddress, ds.columns, da.scale,
            da.keep)
        }
      }
    }
  }
}
