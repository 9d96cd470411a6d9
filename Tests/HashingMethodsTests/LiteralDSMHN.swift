import Foundation
import Retrieval

@testable import HashingMethods

/// The losses of DSMHN as its guide writes them: in Double, a pair and a label at a time.
struct LiteralDSMHN {
  var pairwiseLoss = DSMHN.PairwiseLoss.logistic
  var labelLoss = DSMHN.LabelLoss.sigmoidCrossEntropy
  var hingeMargin = 0.5
  var contrastiveMargin = 0.5
  var balancesClasses = true

  /// ℓ of a pair.
  func term(isSimilar: Bool, _ u: [Double], _ v: [Double]) -> Double {
    let bits = Double(u.count)
    let product = zip(u, v).reduce(0) { $0 + $1.0 * $1.1 }
    let θ = product / bits
    let z = isSimilar ? 1.0 : -1.0
    switch pairwiseLoss {
    case .l1: return abs(z - θ)
    case .l2: return pow(z - θ, 2)
    case .hinge: return max(0, hingeMargin - z * θ)
    case .squaredHinge: return pow(max(0, hingeMargin - z * θ), 2)
    case .logistic:
      // The likelihood of DCMH: log(1 + e^Θ) − s Θ with Θ = ½ u·v.
      return log(1 + exp(product / 2)) - (isSimilar ? product / 2 : 0)
    case .exponential: return exp(-z * θ)
    case .contrastive:
      let distance = (bits - product) / 2
      return (isSimilar ? distance : max(0, contrastiveMargin * bits - distance)) / bits
    }
  }

  /// L_sim.
  func similarityLoss(_ u: [[Double]], _ v: [[Double]], _ sets: [Set<Int>]) -> Double {
    var terms: [Bool: [Double]] = [:]
    for i in u.indices where !sets[i].isEmpty {
      for j in v.indices where !sets[j].isEmpty {
        let isSimilar = !sets[i].isDisjoint(with: sets[j])
        terms[isSimilar, default: []].append(term(isSimilar: isSimilar, u[i], v[j]))
      }
    }
    if balancesClasses { return terms.values.reduce(0) { $0 + Self.mean($1) / 2 } }
    return Self.mean(terms.values.flatMap { $0 })
  }

  /// The part of one stream in L_lab.
  func labelLoss(_ logits: [[Double]], _ sets: [Set<Int>]) -> Double {
    let labelCount = Double(logits[0].count)
    return Self.mean(
      zip(logits, sets).filter { !$1.isEmpty }.map { y, set in
        let l = y.indices.map { set.contains($0) ? 1.0 : 0 }
        switch labelLoss {
        case .sigmoidCrossEntropy:
          return zip(y, l).reduce(0) { sum, pair in
            let probability = 1 / (1 + exp(-pair.0))
            return sum - pair.1 * log(probability) - (1 - pair.1) * log(1 - probability)
          }
        case .softmaxCrossEntropy:
          let sum = y.reduce(0) { $0 + exp($1) }
          return zip(y, l).reduce(0) {
            $0 - $1.1 / Double(set.count) * log(exp($1.0) / sum)
          }
        case .squaredError: return zip(y, l).reduce(0) { $0 + pow($1.1 - $1.0, 2) }
        case .hinge: return zip(y, l).reduce(0) { $0 + max(0, 1 - (2 * $1.1 - 1) * $1.0) }
        }
      }) / labelCount
  }

  /// The part of one modality in L_bal.
  static func bitBias(_ u: [[Double]]) -> Double {
    let bits = u[0].count
    return (0..<bits).reduce(0) { sum, bit in
      sum + pow(mean(u.map { $0[bit] }), 2)
    } / Double(bits)
  }

  /// The part of one modality in L_q.
  static func quantisation(_ u: [[Double]]) -> Double {
    mean(u.joined().map { pow($0 - ($0 < 0 ? -1 : 1), 2) })
  }

  /// The mean; 0 of nothing.
  private static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }
}

extension LabelSets {
  /// Packs sets of labels.
  init(_ sets: [Set<Int>], labelCount: Int) {
    self.init(
      count: sets.count, labelCount: labelCount,
      indicators: sets.flatMap { set in
        (0..<labelCount).map { set.contains($0) ? UInt8(1) : 0 }
      })
  }
}

/// Slopes of a function of a matrix by central differences in Double.
///
/// With steps of 1e-5 rounding and the third derivative contribute less than 1e-9.
func centralDifferences(_ x: [[Double]], of function: ([[Double]]) -> Double) -> [[Double]] {
  let step = 1e-5
  return x.indices.map { row in
    x[row].indices.map { column in
      var (above, below) = (x, x)
      above[row][column] += step
      below[row][column] -= step
      return (function(above) - function(below)) / (2 * step)
    }
  }
}
