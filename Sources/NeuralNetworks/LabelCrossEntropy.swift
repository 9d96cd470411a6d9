import ElementwiseKernels
import Foundation
public import Tensors

extension Variable {
  /// Mean logistic cross-entropy of logits against 0/1 targets, a scalar.
  ///
  /// (1 / nc) Σ_ik softplus(z_ik) − y_ik z_ik; z is this variable, shape (n, c), y a constant.
  /// Gradient: dz = (σ(z) − y) / nc.
  ///
  /// - Parameter targets: y, shape (n, c); entries between 0 and 1 are allowed.
  /// - Returns: The mean.
  public func logisticCrossEntropy(against targets: Matrix) -> Variable {
    precondition(
      targets.rows == rows && targets.columns == columns,
      "targets (\(targets.rows), \(targets.columns)) for logits (\(rows), \(columns))")
    let kernels = Elementwise.kernels
    let count = Float(value.elements.count)
    // σ(z) − y, kept for the way back.
    let slope = tape.scratch(rows: rows, columns: columns)
    return tape.record(rows: 1, columns: 1, from: [self]) { loss in
      let z = value.elements
      kernels.sigmoid(z.baseAddress, slope.elements.baseAddress, z.count)
      var total = 0.0
      for index in z.indices {
        total += Double(max(z[index], 0) - targets.elements[index] * z[index])
        total += Double(log1p(exp(-abs(z[index]))))
        slope.elements[index] -= targets.elements[index]
      }
      loss.elements[0] = Float(total / Double(count))
    } backward: { _, dLoss in
      receive { slope.blend(into: $0, factor: dLoss.elements[0] / count) }
    }
  }
}
