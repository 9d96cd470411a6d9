import ElementwiseKernels
import Tensors

extension Variable {
  /// The weighted sum of equally large matrices, each row with weights of its own.
  ///
  /// y_i = Σ_l w_il u_i^l; u^l has shape (n, m), w (n, number of levels), y (n, m).
  /// Gradients: du_i^l = w_il dy_i, dw_il = dy_i · u_i^l.
  static func weightedSum(of levels: [Variable], by weights: Variable) -> Variable {
    precondition(
      levels.allSatisfy { $0.rows == weights.rows && $0.columns == levels[0].columns }
        && weights.columns == levels.count,
      "weights (\(weights.rows), \(weights.columns)) do not fit \(levels.count) levels of "
        + "\(levels.map(\.rows)) rows and \(levels.map(\.columns)) columns")
    let kernels = Elementwise.kernels
    let w = weights.value
    let values = levels.map(\.value)
    return weights.tape.record(
      rows: w.rows, columns: values[0].columns, from: levels + [weights]
    ) { y in
      for index in 0..<y.rows {
        for (level, u) in values.enumerated() {
          kernels.blend(
            u.row(index).baseAddress, y.row(index).baseAddress, y.columns, w[index, level],
            level == 0 ? 0 : 1)
        }
      }
    } backward: { _, dy in
      for (level, input) in levels.enumerated() {
        input.receive { du in
          for index in 0..<dy.rows {
            kernels.blend(
              dy.row(index).baseAddress, du.target.row(index).baseAddress, dy.columns,
              du.scale * w[index, level], du.keep)
          }
        }
      }
      weights.receive { dw in
        for index in 0..<dy.rows {
          let slope = dy.row(index)
          for (level, u) in values.enumerated() {
            let row = u.row(index)
            var product: Float = 0
            for column in row.indices { product += slope[column] * row[column] }
            let old = dw.keep == 0 ? 0 : dw.keep * dw.target[index, level]
            dw.target[index, level] = old + dw.scale * product
          }
        }
      }
    }
  }
}
