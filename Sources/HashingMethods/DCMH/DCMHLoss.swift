import NeuralNetworks
import Tensors

/// The loss of one batch of one modality (DCMH eq. 1, everything but the batch's codes constant):
///
/// J(A) = 1/(b n) { Σ_{i∈A} Σ_{j=1..n} [softplus(½ f_i·g_j) − S_ij ½ f_i·g_j]
///         + γ Σ_{i∈A} ‖B_i − f_i‖² + η ‖Σ_{i∈A} f_i + Σ_{i∉A} f_i^buf‖² }
///
/// The likelihood runs over all n training items of the other modality, and the balance sum over
/// the whole buffer, as in every implementation of the authors.
struct DCMHLoss {
  let similarity: LabelSimilarity
  let quantisationWeight: Float
  let balanceWeight: Float

  /// - Parameters:
  ///   - codes: f of the batch, shape (b, K).
  ///   - items: Training row of each row of `codes`.
  ///   - own: Buffer F, shape (n, K), into which the batch's codes have been written.
  ///   - other: Buffer G of the other modality, shape (n, K).
  ///   - binary: B, shape (n, K).
  /// - Returns: J(A), a scalar.
  func callAsFunction(
    codes: Variable, items: [Int], own: Matrix, other: Matrix, binary: Matrix
  ) -> Variable {
    let tape = codes.tape
    let likelihood = codes.similarityLikelihood(
      against: other, similarity: similarity, items: items)

    let targets = tape.scratch(rows: codes.rows, columns: codes.columns)
    targets.gatherRows(items, of: binary)
    let quantisation = codes.squaredDistance(to: tape.constant(targets))

    // Σ over the rows outside the batch: the whole buffer less the batch.
    let others = tape.scratch(rows: 1, columns: codes.columns)
    others.blendColumnSums(of: own)
    others.blendColumnSums(of: codes.value, scale: -1, keep: 1)
    let balance = codes.columnSums().plus(tape.constant(others)).squaredNorm()

    return
      likelihood
      .plus(quantisation.scaled(by: quantisationWeight))
      .plus(balance.scaled(by: balanceWeight))
      .scaled(by: 1 / (Float(codes.rows) * Float(own.rows)))
  }
}
