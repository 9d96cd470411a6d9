import ElementwiseKernels

extension Variable {
  /// y = max(x, 0).
  ///
  /// Gradient: dx = dy where y > 0, else 0 (the subgradient 0 at x = 0).
  public func relu() -> Variable {
    let kernels = Elementwise.kernels
    return tape.record(rows: rows, columns: columns, from: [self]) { y in
      kernels.relu(value.elements.baseAddress, y.elements.baseAddress, y.elements.count)
    } backward: { y, dy in
      receive { dx in
        kernels.relu_backward(
          y.elements.baseAddress, dy.elements.baseAddress, dx.target.elements.baseAddress,
          y.elements.count, dx.scale, dx.keep)
      }
    }
  }

  /// y = tanh(x).
  ///
  /// Gradient: dx = (1 − y²) dy.
  public func tanh() -> Variable {
    let kernels = Elementwise.kernels
    return tape.record(rows: rows, columns: columns, from: [self]) { y in
      kernels.tanh(value.elements.baseAddress, y.elements.baseAddress, y.elements.count)
    } backward: { y, dy in
      receive { dx in
        kernels.tanh_backward(
          y.elements.baseAddress, dy.elements.baseAddress, dx.target.elements.baseAddress,
          y.elements.count, dx.scale, dx.keep)
      }
    }
  }

  /// y = 1 / (1 + exp(−x)).
  ///
  /// Gradient: dx = y (1 − y) dy.
  public func sigmoid() -> Variable {
    let kernels = Elementwise.kernels
    return tape.record(rows: rows, columns: columns, from: [self]) { y in
      kernels.sigmoid(value.elements.baseAddress, y.elements.baseAddress, y.elements.count)
    } backward: { y, dy in
      receive { dx in
        kernels.sigmoid_backward(
          y.elements.baseAddress, dy.elements.baseAddress, dx.target.elements.baseAddress,
          y.elements.count, dx.scale, dx.keep)
      }
    }
  }
}
