import Foundation
import NeuralNetworks
import Retrieval
import Tensors

extension DSMHN {
  /// ℓ(z, θ): what a pair costs whose codes have the scaled product θ = u·v / K in −1 … 1, with
  /// z = 1 for a pair that shares a label and z = −1 for one that shares none.
  ///
  /// That losses plug in is [text], which ones is [inferred]. D = ½ (K − u·v) is the Hamming distance
  /// of codes of ±1, and m and μ are the margins of ``Configuration``.
  public enum PairwiseLoss: String, Sendable, Codable, CaseIterable, Hashable {
    /// |z − θ|.
    case l1
    /// (z − θ)².
    case l2
    /// [m − zθ]₊; with m = 1 it would be `l1`, since |θ| ≤ 1.
    case hinge
    /// [m − zθ]₊²; with m = 1 it would be `l2`.
    case squaredHinge
    /// log(1 + exp(−½ z K θ)), the likelihood of DCMH with the logit ½ u·v.
    case logistic
    /// exp(−zθ).
    case exponential
    /// D / K for a similar pair, [μ − D / K]₊ for another one.
    case contrastive
  }
}

/// ℓ with its constants.
struct PairwiseTerm {
  let loss: DSMHN.PairwiseLoss
  /// K.
  let bits: Int
  /// m.
  let hingeMargin: Float
  /// μ, as a share of K.
  let contrastiveMargin: Float

  /// ℓ(z, θ) and ∂ℓ/∂θ; the subgradient at a kink is 0.
  func callAsFunction(isSimilar: Bool, _ θ: Float) -> (value: Float, slope: Float) {
    let z: Float = isSimilar ? 1 : -1
    switch loss {
    case .l1:
      let gap = θ - z
      return (abs(gap), gap > 0 ? 1 : gap < 0 ? -1 : 0)
    case .l2:
      let gap = θ - z
      return (gap * gap, 2 * gap)
    case .hinge:
      let (excess, isActive) = positivePart(hingeMargin - z * θ)
      return (excess, isActive ? -z : 0)
    case .squaredHinge:
      let (excess, _) = positivePart(hingeMargin - z * θ)
      return (excess * excess, -2 * z * excess)
    case .logistic:
      let factor = z * Float(bits) / 2
      let (value, slope) = softplus(-factor * θ)
      return (value, -factor * slope)
    case .exponential:
      let value = exp(-z * θ)
      return (value, -z * value)
    case .contrastive:
      // D / K = ½ (1 − θ).
      if isSimilar { return ((1 - θ) / 2, -0.5) }
      let (excess, isActive) = positivePart(contrastiveMargin - (1 - θ) / 2)
      return (excess, isActive ? 0.5 : 0)
    }
  }
}

/// [x]₊ and whether x lies above 0; what is not a number stays so.
func positivePart(_ x: Float) -> (value: Float, isActive: Bool) { x <= 0 ? (0, false) : (x, true) }

/// log(1 + exp x) and its slope 1 / (1 + exp −x), without overflow.
func softplus(_ x: Float) -> (value: Float, slope: Float) {
  let small = exp(-abs(x))
  return (max(x, 0) + log1p(small), (x < 0 ? small : 1) / (1 + small))
}

extension Variable {
  /// The mean of ℓ(z_ij, θ_ij) with θ = u vᵀ / K over all pairs of a batch, own pairs among them.
  ///
  /// Class-balanced it is the mean over similar pairs plus the mean over dissimilar ones, halved; a
  /// class without a pair adds 0. An item without labels is in no pair: it says nothing about
  /// similarity.
  ///
  /// Gradients: du = W v / K and dv = Wᵀ u / K with W = ∂L/∂θ.
  ///
  /// - Parameters:
  ///   - other: v, shape (b, K); this variable is u, shape (b, K).
  ///   - labels: Label sets of the b items.
  ///   - term: ℓ.
  ///   - balancesClasses: Whether both classes of pairs weigh the same.
  /// - Returns: The mean, a scalar.
  func pairwiseLoss(
    against other: Variable, labels: LabelSets, _ term: PairwiseTerm, balancesClasses: Bool
  ) -> Variable {
    requireSameItems(other, labels)
    let scale = 1 / Float(columns)
    let similarity = LabelSimilarity(labels)
    let isLabelled = (0..<rows).map { labels.cardinality(of: $0) > 0 }
    // θ first, then W in its place.
    let slopes = tape.scratch(rows: rows, columns: rows)
    return tape.record(rows: 1, columns: 1, from: [self, other]) { loss in
      slopes.setProduct(value.asFactor, other.value.transposed, scale: scale)
      let weights = PairWeights(similarity, isLabelled, balancesClasses: balancesClasses)
      var similarSum = 0.0
      var dissimilarSum = 0.0
      similarity.forEachRow { item, similar in
        let row = slopes.row(item)
        for column in row.indices {
          guard isLabelled[item], isLabelled[column] else {
            row[column] = 0
            continue
          }
          let isSimilar = similar[column] != 0
          let (value, slope) = term(isSimilar: isSimilar, row[column])
          if isSimilar { similarSum += Double(value) } else { dissimilarSum += Double(value) }
          row[column] = slope * (isSimilar ? weights.similar : weights.dissimilar)
        }
      }
      loss.elements[0] = Float(
        similarSum * Double(weights.similar) + dissimilarSum * Double(weights.dissimilar))
    } backward: { _, dLoss in
      let factor = scale * dLoss.elements[0]
      receive { du in
        du.target.setProduct(
          slopes.asFactor, other.value.asFactor, scale: du.scale * factor, keep: du.keep)
      }
      other.receive { dv in
        dv.target.setProduct(
          slopes.transposed, value.asFactor, scale: dv.scale * factor, keep: dv.keep)
      }
    }
  }

  private func requireSameItems(_ other: Variable, _ labels: LabelSets) {
    precondition(
      other.rows == rows && other.columns == columns && labels.count == rows,
      "codes (\(rows), \(columns)) and (\(other.rows), \(other.columns)) do not belong to "
        + "\(labels.count) label sets")
  }
}

/// What a pair weighs in the mean, by its class.
private struct PairWeights {
  let similar: Float
  let dissimilar: Float

  init(_ similarity: LabelSimilarity, _ isLabelled: [Bool], balancesClasses: Bool) {
    let labelledCount = isLabelled.count { $0 }
    var similarCount = 0
    // An item without labels shares none, so every similar pair is one of labelled items.
    similarity.forEachRow { _, similar in
      for bit in similar { similarCount += Int(bit) }
    }
    let pairCount = labelledCount * labelledCount
    let dissimilarCount = pairCount - similarCount
    if balancesClasses {
      similar = similarCount == 0 ? 0 : 0.5 / Float(similarCount)
      dissimilar = dissimilarCount == 0 ? 0 : 0.5 / Float(dissimilarCount)
    } else {
      similar = pairCount == 0 ? 0 : 1 / Float(pairCount)
      dissimilar = similar
    }
  }
}

extension LabelSimilarity {
  /// Visits each item with its row of similarities, in order.
  fileprivate func forEachRow(_ visit: (Int, UnsafeMutableBufferPointer<UInt8>) -> Void) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { row in
      for item in 0..<count {
        writeRow(item, to: row)
        visit(item, row)
      }
    }
  }
}
