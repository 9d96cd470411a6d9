import Retrieval
import Tensors

/// The loss of one batch of pairs.
///
/// L = L(u, v) + L(v, u) + L(u, u) + L(v, v) + ½ η [L(c~, u) + L(c~, v)] + λ [q(u) + q(v)]
///     + ½ ω Σ ‖W‖²
///
/// with L(anchors, candidates) of `marginTriplets`,
/// pseudo-codes c~ and q the mean of (|x| − 1)² over all entries. The third and the fourth are
/// there where the own modality is used.
struct RMSHLoss {
  /// The parts of a loss, for the learning curve.
  struct Value {
    let total: Variable
    let triplets: Variable
    let pseudoCodes: Variable?
    let quantisation: Variable
  }

  let configuration: RMSH.Configuration
  let terms: MarginTriplets

  init(_ configuration: RMSH.Configuration, distance: Double) {
    self.configuration = configuration
    terms = MarginTriplets(
      distance: Float(distance), pushesIrrelevant: configuration.pushesIrrelevant,
      pullsRelevant: configuration.pullsRelevant, averaging: configuration.averaging)
  }

  /// - Parameters:
  ///   - u: Codes of the batch's pictures, (b, K).
  ///   - v: Codes of its texts, (b, K).
  ///   - labels: Label sets of its b pairs.
  ///   - pseudoCodes: Pseudo-codes of the batch, nil for none.
  ///   - weights: Parameters that decay.
  /// - Returns: L, a scalar, and its parts.
  func callAsFunction(
    _ u: Variable, _ v: Variable, labels: LabelSets, pseudoCodes: PseudoCodes?,
    weights: [Parameter]
  ) -> Value {
    let tape = u.tape
    let grades = grades(tape, anchors: labels, candidates: labels)
    var triplets =
      u.marginTriplets(against: v, grades: grades, terms, leavesOutOwnRow: false)
      .plus(v.marginTriplets(against: u, grades: grades, terms, leavesOutOwnRow: false))
    if configuration.usesOwnModality {
      for codes in [u, v] {
        triplets = triplets.plus(
          codes.marginTriplets(against: codes, grades: grades, terms, leavesOutOwnRow: true))
      }
    }
    let quantisation = quantisation(u).plus(quantisation(v))
    var total = triplets.plus(quantisation.scaled(by: Float(configuration.quantisationWeight)))

    let pseudoLoss = pseudoCodes.map { pseudoCodes in
      let anchors = pseudoCodes.codes(u, v, configuration.pseudoCodeFusion)
      let grades = self.grades(tape, anchors: pseudoCodes.labels, candidates: labels)
      return anchors.marginTriplets(against: u, grades: grades, terms, leavesOutOwnRow: false)
        .plus(anchors.marginTriplets(against: v, grades: grades, terms, leavesOutOwnRow: false))
        .scaled(by: 0.5)
    }
    if let pseudoLoss {
      total = total.plus(pseudoLoss.scaled(by: Float(configuration.pseudoCodeWeight)))
    }
    if configuration.weightDecay != 0 {
      for weight in weights {
        total = total.plus(
          tape.parameter(weight).squaredNorm().scaled(by: Float(configuration.weightDecay / 2)))
      }
    }
    return Value(
      total: total, triplets: triplets, pseudoCodes: pseudoLoss, quantisation: quantisation)
  }

  private func grades(_ tape: Tape, anchors: LabelSets, candidates: LabelSets) -> LabelGrades {
    LabelGrades(
      configuration.grade, anchors: anchors, candidates: candidates,
      writingTo: tape.scratch(rows: anchors.count, columns: candidates.count))
  }

  /// Mean of (|x| − 1)², as the squared distance to the signs, which are constants.
  private func quantisation(_ codes: Variable) -> Variable {
    let signs = codes.tape.scratch(rows: codes.rows, columns: codes.columns)
    for index in signs.elements.indices {
      signs.elements[index] = codes.value.elements[index] < 0 ? -1 : 1
    }
    return codes.squaredDistance(to: codes.tape.constant(signs))
      .scaled(by: 1 / Float(codes.rows * codes.columns))
  }
}
