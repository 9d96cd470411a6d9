import ElementwiseKernels
import Foundation
public import Tensors

/// Adam (Kingma & Ba 2015, algorithm 1): running means of g and g², corrected for their zero start.
public struct Adam: Optimizer {
  /// Decay β₁ of the mean of gradients.
  public let beta1: Double
  /// Decay β₂ of the mean of squared gradients.
  public let beta2: Double
  /// ε beside the root.
  public let epsilon: Float
  private var stepCount = 0
  private var means = History()
  private var squares = History()

  /// Creates an optimiser without history.
  public init(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Float = 1e-8) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }

  /// Takes one step.
  public mutating func minimise(
    _ loss: Variable, parameters: [Parameter], learningRate: Double
  ) {
    stepCount += 1
    let correction1 = Float(1 / (1 - pow(beta1, Double(stepCount))))
    let correction2 = Float(1 / (1 - pow(beta2, Double(stepCount))))
    let kernels = Elementwise.kernels
    forEachGradient(loss, parameters: parameters) { parameter in
      let p = parameter.value.elements
      kernels.adam(
        p.baseAddress, parameter.gradient.elements.baseAddress,
        means.matrix(for: parameter).elements.baseAddress,
        squares.matrix(for: parameter).elements.baseAddress, p.count, Float(learningRate),
        Float(beta1), Float(beta2), epsilon, correction1, correction2)
    }
  }
}
