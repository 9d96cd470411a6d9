/// A matrix that training changes, with room for its gradient.
public final class Parameter {
  /// Name in error messages and snapshots.
  public let name: String
  /// The current values.
  public let value: Matrix
  /// Gradient of the last loss; allocated when it is first needed and reused.
  public private(set) lazy var gradient = Matrix(rows: value.rows, columns: value.columns)
  /// Whether ``gradient`` holds the gradient of the last loss.
  public internal(set) var hasGradient = false
  /// When set, the gradient goes straight into ``value`` if the parameter was used once.
  public var directDescent: DirectDescent?

  /// Wraps initial values.
  public init(_ name: String, _ value: Matrix) {
    self.name = name
    self.value = value
  }

  /// Forgets the gradient without giving back its memory.
  public func clearGradient() { hasGradient = false }
}

/// Plain gradient descent as part of the product that makes the gradient.
///
/// The step W ← (1 − rate · decay) W − rate · dW with dW = xᵀ dy is one `sgemm` with C = W: no
/// gradient is stored, and no second pass over the weights is needed. It holds for a step without
/// momentum, for a parameter that the loss uses once.
public struct DirectDescent: Sendable {
  /// Learning rate.
  public var rate: Float
  /// Weight decay, added to the gradient as `decay · W`.
  public var decay: Float

  /// Creates a step.
  public init(rate: Float, decay: Float) {
    self.rate = rate
    self.decay = decay
  }
}
