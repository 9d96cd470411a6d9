import ElementwiseKernels
public import Tensors

/// RMSprop: a ← ρ a + (1 − ρ) g², W ← W − rate · g / (√a + ε).
///
/// ε stands outside the root, as in Keras 1 (`optimizers.py`, class `RMSprop`).
public struct RMSprop: Optimizer {
  /// Decay ρ of the running mean of squares.
  public let rho: Float
  /// ε, keeps the first steps finite.
  public let epsilon: Float
  private var means = History()

  /// Creates an optimiser without history.
  public init(rho: Float = 0.9, epsilon: Float = 1e-8) {
    self.rho = rho
    self.epsilon = epsilon
  }

  /// Takes one step.
  public mutating func minimise(
    _ loss: Variable, parameters: [Parameter], learningRate: Double
  ) {
    let kernels = Elementwise.kernels
    forEachGradient(loss, parameters: parameters) { parameter in
      let p = parameter.value.elements
      kernels.rmsprop(
        p.baseAddress, parameter.gradient.elements.baseAddress,
        means.matrix(for: parameter).elements.baseAddress, p.count, Float(learningRate), rho,
        epsilon)
    }
  }
}
