public import Tensors

/// Moves parameters against the gradient of a loss.
public protocol Optimizer {
  /// Runs the tape backwards from a scalar loss and takes one step.
  ///
  /// - Parameters:
  ///   - loss: Shape (1, 1).
  ///   - parameters: What to change; parameters that the loss does not depend on stay.
  ///   - learningRate: Step size.
  mutating func minimise(
    _ loss: Variable, parameters: [Parameter], learningRate: Double)
}

/// An optimiser as a value of a configuration.
public enum OptimizerChoice: Sendable, Codable, Hashable {
  /// Plain or heavy-ball gradient descent.
  case gradientDescent(decay: Double, momentum: Double)
  /// RMSprop as in Keras 1.
  case rmsprop(rho: Double, epsilon: Double)
  /// Adam with bias correction.
  case adam(beta1: Double, beta2: Double, epsilon: Double)

  /// Adam with the constants its authors recommend (Kingma & Ba 2015, algorithm 1).
  public static let adam = OptimizerChoice.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8)

  /// A fresh optimiser without history.
  public func makeOptimizer() -> any Optimizer {
    switch self {
    case .gradientDescent(let decay, let momentum):
      GradientDescent(decay: Float(decay), momentum: Float(momentum))
    case .rmsprop(let rho, let epsilon):
      RMSprop(rho: Float(rho), epsilon: Float(epsilon))
    case .adam(let beta1, let beta2, let epsilon):
      Adam(beta1: beta1, beta2: beta2, epsilon: Float(epsilon))
    }
  }
}

extension Optimizer {
  /// Computes gradients and hands each fresh one to `step`.
  func forEachGradient(
    _ loss: Variable, parameters: [Parameter], _ step: (Parameter) -> Void
  ) {
    for parameter in parameters { parameter.clearGradient() }
    loss.tape.backward(from: loss)
    for parameter in parameters where parameter.hasGradient { step(parameter) }
  }
}

/// One matrix of history for each parameter, made when it is first needed.
struct History {
  private var matrices: [ObjectIdentifier: Matrix] = [:]

  mutating func matrix(for parameter: Parameter) -> Matrix {
    let key = ObjectIdentifier(parameter)
    if let matrix = matrices[key] { return matrix }
    let matrix = Matrix(rows: parameter.value.rows, columns: parameter.value.columns)
    matrices[key] = matrix
    return matrix
  }
}
