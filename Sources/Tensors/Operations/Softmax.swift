import ElementwiseKernels
import Foundation

extension Variable {
  /// The softmax of every row: y_ik = exp(x_ik) / Σ_l exp(x_il).
  ///
  /// The greatest entry of a row is taken off first, so that nothing overflows.
  /// Gradient: dx_ik = y_ik (dy_ik − Σ_l dy_il y_il).
  public func softmax() -> Variable {
    tape.record(rows: rows, columns: columns, from: [self]) { y in
      for index in 0..<y.rows {
        let (x, row) = (value.row(index), y.row(index))
        var greatest = -Float.infinity
        for element in x { greatest = max(greatest, element) }
        var sum: Float = 0
        for column in x.indices {
          row[column] = exp(x[column] - greatest)
          sum += row[column]
        }
        for column in x.indices { row[column] /= sum }
      }
    } backward: { y, dy in
      receive { dx in
        for index in 0..<y.rows {
          let (row, slope, target) = (y.row(index), dy.row(index), dx.target.row(index))
          var mean: Float = 0
          for column in row.indices { mean += slope[column] * row[column] }
          for column in row.indices {
            let old = dx.keep == 0 ? 0 : dx.keep * target[column]
            target[column] = old + dx.scale * row[column] * (slope[column] - mean)
          }
        }
      }
    }
  }
}
