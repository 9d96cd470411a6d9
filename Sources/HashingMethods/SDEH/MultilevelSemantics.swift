import ElementwiseKernels
import Foundation
import Tensors

/// How codes are held against the similarity of label sets.
struct MultilevelSemantics {
  let form: SDEH.Configuration.SemanticForm
  /// Whether similarities between 0 and 1 count as what they are; otherwise as 1.
  let isGraded: Bool
}

extension Variable {
  /// The multilevel semantic loss of this variable's rows against candidates.
  ///
  /// With codes u (b, K), candidates v (m, K), θ = ½ u·v, ρ = cos(u, v) and similarities s, the loss
  /// is the mean of ℓ_ij over the pairs whose anchor i has labels. The likelihood has
  ///
  ///     ℓ = softplus(θ) − [s > 0] θ         where s is 0 or 1, or nothing is graded
  ///     ℓ = ½ K (½ (1 + ρ) − ½ (1 + s))²    where 0 < s < 1
  ///
  /// and the divergence, with ρ₊ = max(ρ, 0) and ε = 10⁻⁵ (MESDCH `loss/multisimilarity.py`),
  ///
  ///     ℓ = (s − ρ₊) log((s + ε) / (ρ₊ + ε)),  s as it is or, without grades, [s > 0]
  ///
  /// Gradients, with W_ij = ½ ∂ℓ/∂θ_ij + ∂ℓ/∂ρ_ij / (|u_i| |v_j|) over the number of pairs:
  /// du_i = Σ_j W_ij v_j − (Σ_j ρ_ij ∂ℓ/∂ρ_ij / |u_i|²) u_i, and dv likewise over i.
  ///
  /// - Parameters:
  ///   - candidates: v, on the same tape; may be this variable.
  ///   - grades: s, and which anchors have labels.
  ///   - semantics: The form of ℓ.
  /// - Returns: The mean, a scalar; 0 where no anchor has labels.
  func semanticLoss(
    against candidates: Variable, grades: LabelGrades, _ semantics: MultilevelSemantics
  ) -> Variable {
    precondition(
      candidates.columns == columns && grades.values.rows == rows
        && grades.values.columns == candidates.rows,
      "codes (\(rows), \(columns)) and (\(candidates.rows), \(candidates.columns)) do not fit "
        + "similarities (\(grades.values.rows), \(grades.values.columns))")
    let pairs = PairSlopes(
      products: tape.scratch(rows: rows, columns: candidates.rows),
      weights: tape.scratch(rows: rows, columns: candidates.rows),
      turns: tape.scratch(rows: rows, columns: 1),
      candidateTurns: tape.scratch(rows: candidates.rows, columns: 1))
    return tape.record(rows: 1, columns: 1, from: [self, candidates]) { loss in
      pairs.products.setProduct(value.asFactor, candidates.value.transposed)
      loss.elements[0] = Float(pairs.loss(value, candidates.value, grades, semantics))
    } backward: { _, dLoss in
      let factor = dLoss.elements[0]
      receive { du in
        du.target.setProduct(
          pairs.weights.asFactor, candidates.value.asFactor, scale: factor * du.scale,
          keep: du.keep)
        pairs.turns.turn(value, factor * du.scale, in: du.target)
      }
      candidates.receive { dv in
        dv.target.setProduct(
          pairs.weights.transposed, value.asFactor, scale: factor * dv.scale, keep: dv.keep)
        pairs.candidateTurns.turn(candidates.value, factor * dv.scale, in: dv.target)
      }
    }
  }
}

/// All pairs of anchors and candidates: inner products, W, and what a cosine takes off each row.
private struct PairSlopes {
  let products: Matrix
  let weights: Matrix
  let turns: Matrix
  let candidateTurns: Matrix

  /// Fills everything but the products, which are there; returns the loss.
  func loss(
    _ u: Matrix, _ v: Matrix, _ grades: LabelGrades, _ semantics: MultilevelSemantics
  ) -> Double {
    let anchors = grades.anchorHasLabels.indices.filter { grades.anchorHasLabels[$0] }
    weights.fill(0)
    turns.fill(0)
    candidateTurns.fill(0)
    guard !anchors.isEmpty, products.columns > 0 else { return 0 }
    let mean = 1 / Float(anchors.count * products.columns)
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: v.rows) { norms in
      for j in 0..<v.rows { norms.initializeElement(at: j, to: v.reciprocalNorm(ofRow: j)) }
      var total = 0.0
      for i in anchors {
        switch semantics.form {
        case .likelihood:
          total += likelihood(row: i, u.columns, grades.values.row(i), semantics.isGraded, mean)
          guard semantics.isGraded else { continue }
        case .divergence: break
        }
        total += cosines(row: i, u, norms, grades.values.row(i), semantics, mean)
      }
      return total * Double(mean)
    }
  }

  /// The logistic terms of an anchor; their ½ ∂ℓ/∂θ goes to the weights.
  private func likelihood(
    row i: Int, _ bits: Int, _ s: UnsafeMutableBufferPointer<Float>, _ isGraded: Bool,
    _ mean: Float
  ) -> Double {
    let (product, weight) = (products.row(i), weights.row(i))
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: s.count) { similar in
      for j in s.indices {
        let isBetween = isGraded && s[j] > 0 && s[j] < 1
        // Far below 0 a dissimilar pair has neither loss nor slope.
        weight[j] = isBetween ? -1000 : 0.5 * product[j]
        similar[j] = s[j] > 0 && !isBetween ? 1 : 0
      }
      let total = Elementwise.kernels.likelihood(
        weight.baseAddress, similar.baseAddress, weight.baseAddress, s.count)
      for j in s.indices { weight[j] *= 0.5 * mean }
      return total
    }
  }

  /// The terms of an anchor that depend on cosines; their slopes are added.
  private func cosines(
    row i: Int, _ u: Matrix, _ norms: UnsafeMutableBufferPointer<Float>,
    _ s: UnsafeMutableBufferPointer<Float>, _ semantics: MultilevelSemantics, _ mean: Float
  ) -> Double {
    let (product, weight) = (products.row(i), weights.row(i))
    let norm = u.reciprocalNorm(ofRow: i)
    let halfBits = 0.5 * Float(u.columns)
    var total = 0.0
    var turn: Float = 0
    for j in s.indices {
      let ρ = product[j] * norm * norms[j]
      let slope: Float
      switch semantics.form {
      case .likelihood:
        guard s[j] > 0 && s[j] < 1 else { continue }
        let error = 0.5 * (ρ - s[j])
        total += Double(halfBits * error * error)
        slope = halfBits * error * mean
      case .divergence:
        let ε: Float = 1e-5
        let target = semantics.isGraded ? s[j] : s[j] > 0 ? 1 : 0
        // Written so that what is not a number stays so.
        let positive = ρ < 0 ? 0 : ρ
        let ratio = log((target + ε) / (positive + ε))
        total += Double((target - positive) * ratio)
        slope = ρ < 0 ? 0 : -(ratio + (target - positive) / (positive + ε)) * mean
      }
      weight[j] += slope * norm * norms[j]
      turn += slope * ρ
      candidateTurns.elements[j] += slope * ρ * norms[j] * norms[j]
    }
    turns.elements[i] = turn * norm * norm
    return total
  }
}

extension Matrix {
  /// 1 / |row|; 0 for a row of zeros, which has no direction.
  fileprivate func reciprocalNorm(ofRow index: Int) -> Float {
    var squares = 0.0
    for element in row(index) { squares += Double(element) * Double(element) }
    return squares == 0 ? 0 : Float(1 / squares.squareRoot())
  }

  /// Takes `factor` times element i of this column off row i of a gradient, along row i of the codes.
  fileprivate func turn(_ codes: Matrix, _ factor: Float, in gradient: Matrix) {
    for index in 0..<rows where elements[index] != 0 {
      let (target, code) = (gradient.row(index), codes.row(index))
      let share = factor * elements[index]
      for bit in code.indices { target[bit] -= share * code[bit] }
    }
  }
}
