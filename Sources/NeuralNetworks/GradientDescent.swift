import ElementwiseKernels
public import Tensors

/// Gradient descent: v ← μ v + dW + λ W, W ← W − rate · v.
///
/// Without momentum the step becomes part of the product that makes the gradient
/// (``DirectDescent``), for every parameter that the loss uses once.
public struct GradientDescent: Optimizer {
  /// Weight decay λ, on weights and biases alike.
  public let decay: Float
  /// Momentum μ; 0 for plain descent.
  public let momentum: Float
  private var velocities = History()

  /// Creates an optimiser at rest.
  public init(decay: Float = 0, momentum: Float = 0) {
    self.decay = decay
    self.momentum = momentum
  }

  /// Takes one step.
  public mutating func minimise(
    _ loss: Variable, parameters: [Parameter], learningRate: Double
  ) {
    let rate = Float(learningRate)
    let direct = momentum == 0 ? DirectDescent(rate: rate, decay: decay) : nil
    for parameter in parameters { parameter.directDescent = direct }
    defer { for parameter in parameters { parameter.directDescent = nil } }
    let kernels = Elementwise.kernels
    forEachGradient(loss, parameters: parameters) { parameter in
      let p = parameter.value.elements
      let g = parameter.gradient.elements.baseAddress
      if momentum == 0 {
        kernels.sgd(p.baseAddress, g, p.count, rate, decay)
      } else {
        let v = velocities.matrix(for: parameter).elements.baseAddress
        kernels.sgd_momentum(p.baseAddress, g, v, p.count, rate, decay, momentum)
      }
    }
  }
}
