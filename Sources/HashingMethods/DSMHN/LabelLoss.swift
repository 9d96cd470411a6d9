import Foundation
import Retrieval
import Tensors

extension DSMHN {
  /// ℓ_c(l, y): what it costs to predict the logits y, shape c, from the codes of an item with the
  /// labels l in {0, 1}ᶜ [inferred; that codes are to be good for classification is text].
  public enum LabelLoss: String, Sendable, Codable, CaseIterable, Hashable {
    /// Σ_k log(1 + exp y_k) − l_k y_k: each label by itself.
    case sigmoidCrossEntropy
    /// log Σ_k exp y_k − Σ_k t_k y_k with t = l / Σ l: labels exclude each other, or share out 1.
    case softmaxCrossEntropy
    /// ‖l − y‖².
    case squaredError
    /// Σ_k [1 − (2 l_k − 1) y_k]₊: one against the rest.
    case hinge
  }
}

extension DSMHN.LabelLoss {
  /// The logits with the least loss among those that are the same for every item, shape (1, c).
  ///
  /// With the share p_k = (n_k + 1) / (n + 2) of the n labelled items that have label k: log-odds,
  /// log p, p, and the sign of p − ½. A label that none or all have keeps a finite logit.
  func bestConstants(for labels: LabelSets) -> Matrix {
    let labelled = (0..<labels.count).filter { labels.cardinality(of: $0) > 0 }
    let constants = Matrix(rows: 1, columns: labels.labelCount)
    for label in 0..<labels.labelCount {
      let count = labelled.count { labels.contains(label, item: $0) }
      let p = Float(count + 1) / Float(labelled.count + 2)
      constants[0, label] =
        switch self {
        case .sigmoidCrossEntropy: log(p / (1 - p))
        case .softmaxCrossEntropy: log(p)
        case .squaredError: p
        case .hinge: p < 0.5 ? -1 : 1
        }
    }
    return constants
  }
}

extension Variable {
  /// The mean of ℓ_c(l_i, y_i) / c over the labelled items of a batch; 0 where there are none.
  ///
  /// Gradients, before the division by c and the number of items: σ(y) − l, softmax(y) − t, 2 (y − l), and
  /// 1 − 2l where the hinge is active.
  ///
  /// - Parameters:
  ///   - labels: l of the b items; this variable has their logits y, shape (b, c).
  ///   - loss: ℓ_c.
  /// - Returns: The mean, a scalar.
  func labelLoss(_ labels: LabelSets, _ loss: DSMHN.LabelLoss) -> Variable {
    precondition(
      labels.count == rows && labels.labelCount == columns,
      "logits (\(rows), \(columns)) for \(labels.count) items of \(labels.labelCount) labels")
    let sizes = (0..<rows).map { labels.cardinality(of: $0) }
    let weight = 1 / Float(max(sizes.count { $0 > 0 }, 1) * columns)
    let slopes = tape.scratch(rows: rows, columns: columns)
    return tape.record(rows: 1, columns: 1, from: [self]) { mean in
      slopes.fill(0)
      var total = 0.0
      for item in 0..<rows where sizes[item] > 0 {
        let (y, slope) = (value.row(item), slopes.row(item))
        let partition = loss == .softmaxCrossEntropy ? logSumExp(y) : 0
        total += Double(partition)
        for label in y.indices {
          let l: Float = labels.contains(label, item: item) ? 1 : 0
          switch loss {
          case .sigmoidCrossEntropy:
            let (value, sigmoid) = softplus(y[label])
            total += Double(value - l * y[label])
            slope[label] = sigmoid - l
          case .softmaxCrossEntropy:
            let t = l / Float(sizes[item])
            total -= Double(t * y[label])
            slope[label] = exp(y[label] - partition) - t
          case .squaredError:
            let gap = y[label] - l
            total += Double(gap * gap)
            slope[label] = 2 * gap
          case .hinge:
            let z = 2 * l - 1
            let (excess, isActive) = positivePart(1 - z * y[label])
            total += Double(excess)
            slope[label] = isActive ? -z : 0
          }
        }
      }
      mean.elements[0] = Float(total) * weight
    } backward: { _, dMean in
      receive { slopes.blend(into: $0, factor: weight * dMean.elements[0]) }
    }
  }
}

/// log Σ exp y; the greatest element is taken off first, so that nothing overflows.
private func logSumExp(_ y: UnsafeMutableBufferPointer<Float>) -> Float {
  let greatest = y.reduce(-Float.infinity) { max($0, $1) }
  return greatest + log(y.reduce(0) { $0 + exp($1 - greatest) })
}
