import ElementwiseKernels
public import Tensors

/// Layer normalisation (Ba, Kiros & Hinton 2016): every row to mean 0 and variance 1, then a gain and
/// a bias for each column.
public struct LayerNormalisation {
  /// Gain, shape (1, columns), 1 at first.
  public let gain: Parameter
  /// Bias, shape (1, columns), 0 at first.
  public let bias: Parameter

  /// Creates a layer that only normalises.
  ///
  /// - Parameters:
  ///   - name: Prefix of the parameters' names.
  ///   - columns: Columns of x.
  public init(_ name: String, columns: Int) {
    gain = Parameter("\(name).gain", Matrix(rows: 1, columns: columns))
    bias = Parameter("\(name).bias", Matrix(rows: 1, columns: columns))
    gain.value.fill(1)
  }

  /// Both parameters.
  public var parameters: [Parameter] { [gain, bias] }

  /// Applies the layer to x of shape (n, columns).
  public func callAsFunction(_ x: Variable) -> Variable {
    x.normalisingRows(gain: x.tape.parameter(gain), bias: x.tape.parameter(bias))
  }
}

extension Variable {
  /// y_ik = g_k z_ik + b_k with z_ik = (x_ik − μ_i) / √(σ²_i + ε), ε = 10⁻⁵.
  ///
  /// μ_i and σ²_i are mean and variance (divisor: columns) of row i; g and b have shape (1, columns).
  /// Gradients, with dz = g ∘ dy and means taken over row i:
  /// dx_i = (dz_i − mean(dz_i) − z_i mean(dz_i ∘ z_i)) / √(σ²_i + ε), dg = Σ_i z_i ∘ dy_i,
  /// db = Σ_i dy_i.
  public func normalisingRows(gain: Variable, bias: Variable) -> Variable {
    precondition(
      gain.rows == 1 && gain.columns == columns && bias.rows == 1 && bias.columns == columns,
      "\(columns) columns need gain and bias of shape (1, \(columns))")
    let kernels = Elementwise.kernels
    let normal = tape.scratch(rows: rows, columns: columns)
    let factors = tape.scratch(rows: rows, columns: 1)
    let count = Double(columns)
    let (g, b) = (gain.value.elements, bias.value.elements)
    return tape.record(rows: rows, columns: columns, from: [self, gain, bias]) { y in
      for index in 0..<y.rows {
        let (x, z, output) = (value.row(index), normal.row(index), y.row(index))
        var sum = 0.0
        for element in x { sum += Double(element) }
        let mean = sum / count
        var squares = 0.0
        for element in x { squares += (Double(element) - mean) * (Double(element) - mean) }
        let factor = Float(1 / (squares / count + 1e-5).squareRoot())
        factors.elements[index] = factor
        let middle = Float(mean)
        for column in x.indices {
          z[column] = (x[column] - middle) * factor
          output[column] = g[column] * z[column] + b[column]
        }
      }
    } backward: { _, dy in
      receive { dx in
        for index in 0..<dy.rows {
          let (slope, z, target) = (dy.row(index), normal.row(index), dx.target.row(index))
          var sum = 0.0
          var along = 0.0
          for column in z.indices {
            let dz = Double(g[column] * slope[column])
            sum += dz
            along += dz * Double(z[column])
          }
          let (mean, tilt) = (Float(sum / count), Float(along / count))
          let factor = dx.scale * factors.elements[index]
          for column in z.indices {
            let old = dx.keep == 0 ? 0 : dx.keep * target[column]
            target[column] = old + factor * (g[column] * slope[column] - mean - tilt * z[column])
          }
        }
      }
      gain.receive { dg in
        var keep = dg.keep
        for index in 0..<dy.rows {
          kernels.product(
            normal.row(index).baseAddress, dy.row(index).baseAddress,
            dg.target.elements.baseAddress, dy.columns, dg.scale, keep)
          keep = 1
        }
      }
      bias.receive { db in
        db.target.blendColumnSums(of: dy, scale: db.scale, keep: db.keep)
      }
    }
  }
}
