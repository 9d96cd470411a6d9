import NeuralNetworks
import Retrieval
import Tensors

/// The loss of one batch of pairs without decay.
///
/// L = w L_sim + α L_lab + β L_q + γ L_bal
///
/// with L_sim the mean pairwise loss, L_lab the label losses of both streams, L_q the mean of
/// (x − sign x)² over u plus that over v, and L_bal = (‖mean_i u_i‖² + ‖mean_i v_i‖²) / K. A term
/// of weight 0 is not computed.
struct DSMHNLoss {
  let configuration: DSMHN.Configuration
  private let term: PairwiseTerm

  init(_ configuration: DSMHN.Configuration, bits: Int) {
    self.configuration = configuration
    term = PairwiseTerm(
      loss: configuration.pairwiseLoss, bits: bits,
      hingeMargin: Float(configuration.hingeMargin),
      contrastiveMargin: Float(configuration.contrastiveMargin))
  }

  /// - Parameters:
  ///   - u: Codes of the batch's pictures, (b, K).
  ///   - v: Codes of its texts, (b, K).
  ///   - labels: Label sets of its b pairs.
  ///   - classifiers: From codes to labels.
  /// - Returns: L, a scalar, and its terms.
  func callAsFunction(
    _ u: Variable, _ v: Variable, labels: LabelSets, classifiers: DSMHNClassifiers
  ) -> PairLoss {
    var parts: [(name: String, value: Variable)] = []
    var total = u.tape.zeros(rows: 1, columns: 1)
    func add(_ name: String, weight: Double, _ value: @autoclosure () -> Variable) {
      guard weight != 0 else { return }
      let value = value()
      parts.append((name, value))
      total = total.plus(value.scaled(by: Float(weight)))
    }
    add(
      "similarity loss", weight: configuration.similarityWeight,
      u.pairwiseLoss(
        against: v, labels: labels, term, balancesClasses: configuration.balancesClasses))
    add(
      "label loss", weight: configuration.labelWeight,
      classifiers.image(u).labelLoss(labels, configuration.labelLoss)
        .plus(classifiers.text(v).labelLoss(labels, configuration.labelLoss)))
    add(
      "quantisation", weight: configuration.quantisationWeight,
      u.quantisationError().plus(v.quantisationError()))
    add("bit balance", weight: configuration.balanceWeight, u.bitBias().plus(v.bitBias()))
    return PairLoss(total: total, parts: parts)
  }
}
