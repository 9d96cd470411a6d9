import Tensors

/// Reconstruction plus penalty (TMM 2019 eq. 22 and the authors' layer `ATanhRe`):
///
/// L = 1/b Σ_i [ ‖x̃_i − x_i‖² / dx + ‖ỹ_i − y_i‖² / dy ] + λ Σ_k α_k⁻² (DBRC-N: λ Σ_k α_k²),
///
/// without the divisors dx and dy under ``DBRH/Configuration/Reduction/sum``.
///
/// The papers print the penalty inside the activation; the authors' code has it in the loss.
struct DBRHLoss {
  let configuration: DBRH.Configuration

  /// - Parameters:
  ///   - pass: Codes and reconstructions of a batch.
  ///   - image: What the pictures should be, (b, dx).
  ///   - text: What the texts should be, (b, dy).
  ///   - scales: α, shape (1, K).
  /// - Returns: L, a scalar.
  func callAsFunction(
    _ pass: DBRHNetwork.Pass, image: Variable, text: Variable, scales: Variable
  ) -> Variable {
    let errors = [(pass.image, image), (pass.text, text)].map { reconstruction, target in
      let divisor = configuration.reduction == .mean ? target.columns : 1
      return reconstruction.squaredDistance(to: target)
        .scaled(by: 1 / Float(target.rows * divisor))
    }
    let reconstruction = errors[0].plus(errors[1])
    guard configuration.scaleLearning == .regularised else { return reconstruction }
    let penalty =
      configuration.activation == .linear ? scales.inverseSquareSum() : scales.squaredNorm()
    return reconstruction.plus(penalty.scaled(by: Float(configuration.penaltyWeight)))
  }
}
