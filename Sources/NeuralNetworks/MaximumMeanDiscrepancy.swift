import ElementwiseKernels
public import Tensors

extension Variable {
  /// How far sets of rows are from one distribution: the sum of MMD² over all pairs of sets
  /// (Gretton et al. 2012, equation 5, the biased estimate).
  ///
  ///     MMD²(X, Y) = mean k(x, x′) + mean k(y, y′) − 2 mean k(x, y)
  ///     k(x, y) = Σ_m exp(−‖x − y‖² / (m σ²)),  m ∈ {¼, ½, 1, 2, 4}
  ///
  /// σ² is the mean of ‖z − z′‖² over all pairs of different rows of all sets, held constant.
  ///
  /// Gradient: with the rows of all sets under each other as Z, A_ij the factor of k(z_i, z_j) in the
  /// sum and S_ij = A_ij ∂k/∂‖z_i − z_j‖², dz_i = 4 Σ_j S_ij (z_i − z_j).
  ///
  /// - Parameters:
  ///   - sets: At least two sets of at least one row each, of equally many columns, on one tape.
  ///   - meanSquaredDistance: σ²; nil to measure it.
  /// - Returns: The sum, a scalar; 0, without a gradient, where all rows are alike but for rounding.
  public static func meanDiscrepancy(
    of sets: [Variable], meanSquaredDistance: Double? = nil
  ) -> Variable {
    precondition(
      sets.count >= 2 && sets.allSatisfy { $0.columns == sets[0].columns && $0.rows >= 1 },
      "sets of \(sets.map(\.rows)) rows and \(sets.map(\.columns)) columns have no discrepancy")
    let tape = sets[0].tape
    let sizes = sets.map(\.rows)
    let count = sizes.reduce(0, +)
    let z = tape.scratch(rows: count, columns: sets[0].columns)
    let pulls = tape.scratch(rows: count, columns: sets[0].columns)
    // Inner products, then −‖z_i − z_j‖² / (4 σ²), then S, all in one place.
    let slopes = tape.scratch(rows: count, columns: count)
    let kernel = tape.scratch(rows: count, columns: count)
    return tape.record(rows: 1, columns: 1, from: sets) { loss in
      var position = z.elements.startIndex
      for set in sets {
        let end = position + set.value.elements.count
        _ = z.elements[position..<end].update(fromContentsOf: set.value.elements)
        position = end
      }
      slopes.setProduct(z.asFactor, z.transposed)
      let bandwidth = slopes.becomeSquaredDistances(mean: meanSquaredDistance)
      loss.elements[0] = Float(slopes.becomeKernelSlopes(bandwidth, sizes: sizes, scratch: kernel))
    } backward: { _, dLoss in
      pulls.setProduct(slopes.asFactor, z.asFactor)
      var start = 0
      for set in sets {
        set.receive { dx in
          let factor = 4 * dx.scale * dLoss.elements[0]
          for row in 0..<set.rows {
            let (point, pull) = (z.row(start + row), pulls.row(start + row))
            let target = dx.target.row(row)
            var sum: Float = 0
            for slope in slopes.row(start + row) { sum += slope }
            for column in target.indices {
              let old = dx.keep == 0 ? 0 : dx.keep * target[column]
              target[column] = old + factor * (sum * point[column] - pull[column])
            }
          }
        }
        start += set.rows
      }
    }
  }
}

extension Matrix {
  /// Turns all inner products of some rows into their squared distances.
  ///
  /// - Parameter given: σ², nil to measure it.
  /// - Returns: σ², infinite where no distance is more than rounding.
  fileprivate func becomeSquaredDistances(mean given: Double?) -> Double {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: rows) { norms in
      var normSum = 0.0
      for index in 0..<rows {
        norms.initializeElement(at: index, to: self[index, index])
        normSum += Double(norms[index])
      }
      var sum = 0.0
      for index in 0..<rows {
        let row = row(index)
        for other in row.indices {
          let distance = norms[index] + norms[other] - 2 * row[other]
          // Rounding may leave less than 0; what is not a number has to stay so.
          row[other] = distance < 0 ? 0 : distance
          sum += Double(row[other])
        }
      }
      if let given { return given }
      let mean = sum / Double(rows * (rows - 1))
      return mean <= 1e-6 * normSum / Double(rows) ? .infinity : mean
    }
  }

  /// Turns squared distances into S and returns Σ_ij A_ij k_ij.
  ///
  /// With the bandwidth σ² and e = exp(−D / (4 σ²)) the five kernels are e, e², e⁴, e⁸ and e¹⁶.
  fileprivate func becomeKernelSlopes(_ bandwidth: Double, sizes: [Int], scratch: Matrix) -> Double
  {
    let kernels = Elementwise.kernels
    let rate = Float(1 / (4 * bandwidth))
    kernels.blend(elements.baseAddress, scratch.elements.baseAddress, elements.count, -rate, 0)
    // e = s / (1 − s) for s = σ(x); with x ≤ 0 nothing cancels, as s ≤ ½.
    kernels.sigmoid(scratch.elements.baseAddress, elements.baseAddress, elements.count)
    var total = 0.0
    var rowStart = 0
    for (own, size) in sizes.enumerated() {
      for index in rowStart..<(rowStart + size) {
        let row = row(index)
        var start = 0
        for (other, otherSize) in sizes.enumerated() {
          let pairs = own == other ? sizes.count - 1 : -1
          let factor = Double(pairs) / (Double(size) * Double(otherSize))
          let slopeFactor = Float(-factor) * rate
          var sum: Float = 0
          for column in start..<(start + otherSize) {
            let e = row[column] / (1 - row[column])
            let e2 = e * e
            let e4 = e2 * e2
            let e8 = e4 * e4
            let e16 = e8 * e8
            sum += e + e2 + e4 + e8 + e16
            row[column] = slopeFactor * (e + 2 * e2 + 4 * e4 + 8 * e8 + 16 * e16)
          }
          total += factor * Double(sum)
          start += otherSize
        }
      }
      rowStart += size
    }
    return total
  }
}
