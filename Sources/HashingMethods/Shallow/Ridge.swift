import Tensors

/// What is added to the diagonal of a scatter matrix Xᵀ X before it is inverted.
public enum Ridge: Sendable, Codable, Hashable {
  /// The same number whatever the features, as published code has it.
  case absolute(Double)
  /// A multiple of the mean of the diagonal: the same effect at every scale of the features.
  case relative(Double)

  /// The scatter matrix with the ridge on its diagonal.
  func added(to scatter: DoubleMatrix) -> DoubleMatrix {
    var sum = scatter
    switch self {
    case .absolute(let value): sum.addToDiagonal(value)
    case .relative(let factor): sum.addToDiagonal(factor * scatter.trace / Double(scatter.rows))
    }
    return sum
  }
}
