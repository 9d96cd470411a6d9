public import Tensors

/// How the weights of a layer start.
public enum Initialiser: Sendable, Codable, Hashable {
  /// All elements equal.
  case constant(Double)
  /// N(0, deviation²).
  case normal(deviation: Double)
  /// Uniform within ±√(6 / (rows + columns)) (Glorot & Bengio 2010), the Keras default.
  case glorotUniform
  /// N(0, 2 / rows) (He et al. 2015), for layers before a ReLU.
  case heNormal

  /// Fills a weight matrix of shape (inputs, outputs).
  public func fill(_ matrix: Matrix, using random: inout some RandomNumberGenerator) {
    switch self {
    case .constant(let value):
      matrix.fill(Float(value))
    case .normal(let deviation):
      Self.fillNormal(matrix, deviation, &random)
    case .glorotUniform:
      let limit = (6 / Double(matrix.rows + matrix.columns)).squareRoot()
      for index in matrix.elements.indices {
        matrix.elements[index] = Float(limit * (2 * random.nextUniform() - 1))
      }
    case .heNormal:
      Self.fillNormal(matrix, (2 / Double(matrix.rows)).squareRoot(), &random)
    }
  }

  private static func fillNormal(
    _ matrix: Matrix, _ deviation: Double, _ random: inout some RandomNumberGenerator
  ) {
    for index in matrix.elements.indices {
      matrix.elements[index] = Float(deviation * random.nextNormal())
    }
  }
}
