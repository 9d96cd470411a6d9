import NeuralNetworks
import Retrieval
import Tensors

/// The loss of one batch of pairs.
///
/// L = L(u, v) + L(v, u) + L(u, u) + L(v, v) + ½ η [L(c~, u) + L(c~, v)] + λ [q(u) + q(v)]
///
/// with L(anchors, candidates) of `marginTriplets`,
/// pseudo-codes c~ and q the mean of (|x| − 1)² over all entries. The third and the fourth are
/// there where the own modality is used.
struct RMSHLoss {
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
  /// - Returns: L without decay, a scalar, and its parts.
  func callAsFunction(
    _ u: Variable, _ v: Variable, labels: LabelSets, pseudoCodes: PseudoCodes?
  ) -> PairLoss {
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
    let quantisation = u.quantisationError().plus(v.quantisationError())
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
    var parts = [("triplet loss", triplets), ("quantisation", quantisation)]
    if let pseudoLoss { parts.append(("pseudo-code loss", pseudoLoss)) }
    return PairLoss(total: total, parts: parts)
  }

  private func grades(_ tape: Tape, anchors: LabelSets, candidates: LabelSets) -> LabelGrades {
    LabelGrades(
      configuration.grade, anchors: anchors, candidates: candidates,
      writingTo: tape.scratch(rows: anchors.count, columns: candidates.count))
  }
}
