import Tensors

@testable import HashingMethods

/// The terms of RMSH word for word in Double: a loop over anchors, p and n.
struct LiteralTriplets {
  var distance: Double
  var pushesIrrelevant = true
  var pullsRelevant = true
  var averaging = RMSH.Configuration.Averaging.activeTerms
  var leavesOutOwnRow = false
  /// Grades, one row an anchor; nil for an anchor without labels.
  var grades: [[Double]?]

  /// The loss of codes u and v, one row an item.
  func loss(_ u: [[Double]], _ v: [[Double]]) -> Double {
    let bits = u[0].count
    var triplets: [Double] = []
    var push: [Double] = []
    var pull: [Double] = []
    for (a, row) in grades.enumerated() {
      guard let s = row else { continue }
      func d(_ j: Int) -> Double {
        (Double(bits) - zip(u[a], v[j]).reduce(0) { $0 + $1.0 * $1.1 }) / 2
      }
      let candidates = v.indices.filter { !leavesOutOwnRow || $0 != a }
      for p in candidates {
        for n in candidates where s[p] > s[n] {
          triplets.append(max(0, d(p) - d(n) + distance * (s[p] - s[n])))
        }
        if s[p] == 0 {
          push.append(max(0, distance - d(p)))
        } else {
          pull.append(max(0, d(p) - distance * (1 - s[p])))
        }
      }
    }
    func mean(_ terms: [Double]) -> Double {
      let count = averaging == .allTerms ? terms.count : terms.count { $0 > 0 }
      return count == 0 ? 0 : terms.reduce(0, +) / Double(count) / Double(bits)
    }
    return mean(triplets) + (pushesIrrelevant ? mean(push) : 0) + (pullsRelevant ? mean(pull) : 0)
  }

  /// The slope of the loss by every element of u and v, as central differences.
  ///
  /// Steps of 10⁻⁶ in Double err by about 10⁻⁹, and hardly ever meet the place where a term
  /// becomes active and the mean over active terms jumps.
  func slopes(_ u: [[Double]], _ v: [[Double]]) -> (u: [[Double]], v: [[Double]]) {
    let step = 1e-6
    func slopes(_ x: [[Double]], _ loss: ([[Double]]) -> Double) -> [[Double]] {
      x.indices.map { row in
        x[row].indices.map { column in
          var (above, below) = (x, x)
          above[row][column] += step
          below[row][column] -= step
          return (loss(above) - loss(below)) / (2 * step)
        }
      }
    }
    return (slopes(u) { loss($0, v) }, slopes(v) { loss(u, $0) })
  }
}

/// The rows of a matrix in Double.
func doubleRows(_ matrix: Matrix) -> [[Double]] {
  let values = matrix.values.map(Double.init)
  return (0..<matrix.rows).map { row in
    Array(values[(row * matrix.columns)..<((row + 1) * matrix.columns)])
  }
}
