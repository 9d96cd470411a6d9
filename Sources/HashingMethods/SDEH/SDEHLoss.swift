import NeuralNetworks
import Retrieval
import Tensors

/// What the loss looks at in a batch of b pairs.
struct SDEHBatch {
  let image: SDEHFeatures
  let text: SDEHFeatures
  /// Label semantics s, (b, hidden units).
  let labelSemantics: Variable
  /// Label codes h, (b, K).
  let labelCodes: Variable
  /// Prototypes P, (labels, hidden units).
  let prototypes: Variable
  /// Labels y as 0 and 1, (b, labels).
  let indicators: Matrix
  /// B of the batch, (b, K).
  let binary: Matrix

  /// f, g and h.
  var codes: [Variable] { [image.codes, text.codes, labelCodes] }
}

/// The loss of one batch of pairs: L = a₁ L₁ + a₂ L₂ + a₃ L₃ + a₄ L₄.
///
/// With f, g, h the codes of pictures, texts and labels and F, G, H what they are compared with, c and
/// d the shared and r and q the private parts of pictures and texts:
///
///     L₁ = ½ [S(f, G) + S(g, F)] + w_own [S(f, F) + S(g, G)]
///          + ½ w_label [S(f, H) + S(h, F) + S(g, H) + S(h, G)]
///     L₂ = MMD²(c, d) + MMD²(c, s) + MMD²(d, s)
///     L₃ = E(c Pᵀ) + E(d Pᵀ) + E(s Pᵀ) + w_sep [cos²(c, r) + cos²(d, q)]
///     L₄ = Σ over x of f, g, h: mean of (B − x)² + w_bal · mean over bits of (mean over items of x)²
///
/// S is ``Tensors/Variable/semanticLoss(against:grades:_:)``, E the mean logistic cross-entropy
/// against y, cos² a mean over items.
struct SDEHLoss {
  let configuration: SDEH.Configuration

  /// - Parameters:
  ///   - batch: Features, codes and labels.
  ///   - candidates: F, G and H, each (m, K): the batch's codes, or constants.
  ///   - grades: Similarities of the batch's items with the m candidates.
  /// - Returns: L, a scalar, and its parts before their weights; a part of weight 0 is left out.
  func callAsFunction(
    _ batch: SDEHBatch, candidates: [Variable], grades: LabelGrades
  ) -> PairLoss {
    var total = batch.prototypes.tape.zeros(rows: 1, columns: 1)
    var parts: [(name: String, value: Variable)] = []
    for (name, weight, term) in [
      ("semantic loss", configuration.semanticWeight, { semantic(batch, candidates, grades) }),
      ("discrepancy", configuration.distributionWeight, { discrepancy(batch) }),
      ("classification", configuration.classificationWeight, { classification(batch) }),
      ("code quality", configuration.qualityWeight, { quality(batch) }),
    ] as [(String, Double, () -> Variable)] where weight != 0 {
      let value = term()
      parts.append((name, value))
      total = total.plus(value.scaled(by: Float(weight)))
    }
    return PairLoss(total: total, parts: parts)
  }

  /// L₁.
  private func semantic(
    _ batch: SDEHBatch, _ candidates: [Variable], _ grades: LabelGrades
  ) -> Variable {
    let semantics = MultilevelSemantics(
      form: configuration.semanticForm, isGraded: configuration.gradedSimilarity)
    let (own, label) = (configuration.ownModalityWeight, configuration.labelCodeWeight / 2)
    // Row f, g, h; column F, G, H.
    let weights = [[own, 0.5, label], [0.5, own, label], [label, label, 0]]
    var total = batch.prototypes.tape.zeros(rows: 1, columns: 1)
    for (codes, row) in zip(batch.codes, weights) {
      for (others, weight) in zip(candidates, row) where weight != 0 {
        total = total.plus(
          codes.semanticLoss(against: others, grades: grades, semantics).scaled(by: Float(weight)))
      }
    }
    return total
  }

  /// L₂.
  private func discrepancy(_ batch: SDEHBatch) -> Variable {
    .meanDiscrepancy(of: [batch.image.shared, batch.text.shared, batch.labelSemantics])
  }

  /// L₃.
  private func classification(_ batch: SDEHBatch) -> Variable {
    var total = batch.prototypes.tape.zeros(rows: 1, columns: 1)
    for shared in [batch.image.shared, batch.text.shared, batch.labelSemantics] {
      total = total.plus(
        shared.multiplied(byTransposed: batch.prototypes)
          .logisticCrossEntropy(against: batch.indicators))
    }
    guard configuration.separationWeight != 0 else { return total }
    for features in [batch.image, batch.text] {
      guard let own = features.own else { continue }
      total = total.plus(
        features.shared.squaredCosines(with: own)
          .scaled(by: Float(configuration.separationWeight)))
    }
    return total
  }

  /// L₄.
  private func quality(_ batch: SDEHBatch) -> Variable {
    let tape = batch.prototypes.tape
    let binary = tape.constant(batch.binary)
    var total = tape.zeros(rows: 1, columns: 1)
    for codes in batch.codes {
      let (count, bits) = (Float(codes.rows), Float(codes.columns))
      total = total.plus(codes.squaredDistance(to: binary).scaled(by: 1 / (count * bits)))
      guard configuration.balanceWeight != 0 else { continue }
      total = total.plus(codes.bitBias().scaled(by: Float(configuration.balanceWeight)))
    }
    return total
  }
}

extension Variable {
  /// Mean over rows of cos²(a_i, b_i), a scalar; 0 for a row of zeros.
  ///
  /// Gradient over n rows: da_i = 2 ρ_i (b_i / (|a_i| |b_i|) − ρ_i a_i / |a_i|²) / n with ρ_i the
  /// cosine, and db_i likewise.
  func squaredCosines(with other: Variable) -> Variable {
    precondition(
      rows == other.rows && columns == other.columns && rows >= 1,
      "shape (\(rows), \(columns)) meets shape (\(other.rows), \(other.columns))")
    // Of each row: its cosine, 1 / |a| and 1 / |b|.
    let figures = tape.scratch(rows: rows, columns: 3)
    return tape.record(rows: 1, columns: 1, from: [self, other]) { mean in
      var total = 0.0
      for index in 0..<rows {
        var (product, a, b) = (0.0, 0.0, 0.0)
        for (x, y) in zip(value.row(index), other.value.row(index)) {
          product += Double(x) * Double(y)
          a += Double(x) * Double(x)
          b += Double(y) * Double(y)
        }
        let (shrinkA, shrinkB) = (a == 0 ? 0 : 1 / a.squareRoot(), b == 0 ? 0 : 1 / b.squareRoot())
        let cosine = product * shrinkA * shrinkB
        figures[index, 0] = Float(cosine)
        figures[index, 1] = Float(shrinkA)
        figures[index, 2] = Float(shrinkB)
        total += cosine * cosine
      }
      mean.elements[0] = Float(total / Double(rows))
    } backward: { _, dMean in
      for (input, partner, own) in [(self, other, 1), (other, self, 2)] {
        input.receive { d in
          for index in 0..<rows {
            let (cosine, shrink) = (figures[index, 0], figures[index, own])
            let factor = d.scale * dMean.elements[0] * 2 * cosine / Float(rows)
            let across = factor * shrink * figures[index, 3 - own]
            let along = factor * cosine * shrink * shrink
            let (x, y) = (input.value.row(index), partner.value.row(index))
            let target = d.target.row(index)
            for column in target.indices {
              let old = d.keep == 0 ? 0 : d.keep * target[column]
              target[column] = old + across * y[column] - along * x[column]
            }
          }
        }
      }
    }
  }
}
