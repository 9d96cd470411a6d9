import Tensors

/// The rotation R that brings components closest to their signs.
///
/// Alternates (Gong & Lazebnik, section 2.2)
///
///     B = sign(V R),    Vᵀ B = U Σ Wᵀ,    R = U Wᵀ
///
/// from a random rotation. Either step can only lower ‖B − V R‖². With more bits than components R is
/// (r, K) with orthonormal rows, which the same update solves [inferred: the paper has K ≤ r].
struct QuantisingRotation {
  /// R, shape (r, K).
  let matrix: DoubleMatrix
  /// ‖B − V R‖² of every alternation, a bit of a row, where V has been scaled to ‖V‖² = n K.
  let learningCurve: [LearningCurvePoint]

  /// Learns the rotation.
  ///
  /// - Parameters:
  ///   - components: Features (n, d) and directions (d, r) whose products are stacked to V.
  ///   - bits: K, at least r.
  ///   - stage: Name of the stage, and of the stream that the first rotation is drawn from.
  ///   - iterations: Number of alternations.
  ///   - context: Randomness in, progress out.
  /// - Throws: ``TrainingError``.
  init(
    components: [(features: Matrix, directions: DoubleMatrix)], bits: Int, stage: String,
    iterations: Int, _ context: TrainingContext
  ) throws {
    let count = components.reduce(0) { $0 + $1.directions.columns } / components.count
    let v = Self.stacked(components, columns: count, squaredNorm: Double(bits))
    let rotated = Matrix(rows: v.rows, columns: bits)
    let product = Matrix(rows: count, columns: bits)
    var random = context.random.stream(stage)
    var rotation = try Self.orthonormal(
      .standardNormal(rows: count, columns: bits, using: &random))
    let loop = TrainingLoop(stage: stage, stepCount: iterations, context: context)
    learningCurve = try loop.run { _ in
      rotated.setProduct(v.asFactor, rotation.asMatrix.asFactor)
      // ‖B − V R‖² = n K + ‖V‖² − 2 Σ |V R|, as R Rᵀ = I.
      let loss = 2 - 2 * rotated.meanMagnitude
      for index in rotated.elements.indices {
        rotated.elements[index] = rotated.elements[index] < 0 ? -1 : 1
      }
      product.setProduct(v.transposed, rotated.asFactor)
      rotation = try Self.orthonormal(DoubleMatrix(product, rows: 0..<count))
      return TrainingLoop.Outcome(loss: loss)
    }
    matrix = rotation
  }

  /// U Wᵀ of M = U Σ Wᵀ: the R with orthonormal rows for which tr(Rᵀ M) is greatest.
  private static func orthonormal(_ matrix: DoubleMatrix) throws -> DoubleMatrix {
    try solving("ITQ") {
      let decomposed = try SingularValues(matrix)
      return decomposed.left.timesTransposed(decomposed.right)
    }
  }

  /// V, shape (n, r), scaled to a mean squared norm of its rows.
  private static func stacked(
    _ components: [(features: Matrix, directions: DoubleMatrix)], columns: Int, squaredNorm: Double
  ) -> Matrix {
    let parts = components.map { features, directions in
      let part = Matrix(rows: features.rows, columns: columns)
      part.setProduct(features.asFactor, directions.asMatrix.asFactor)
      return part
    }
    let stack = Matrix(rows: parts.reduce(0) { $0 + $1.rows }, columns: columns)
    var next = 0
    var sum = 0.0
    for part in parts {
      part.scatterRows(to: stack, at: next..<(next + part.rows))
      next += part.rows
      for element in part.elements { sum += Double(element) * Double(element) }
    }
    let scale = Float((squaredNorm * Double(stack.rows) / sum).squareRoot())
    for index in stack.elements.indices { stack.elements[index] *= scale }
    return stack
  }
}
