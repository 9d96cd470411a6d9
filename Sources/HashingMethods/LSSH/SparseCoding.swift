import Tensors

/// Sparse codes of rows over a dictionary of atoms.
///
/// For each row q of correlations with the atoms, with G the atoms' inner products, it minimises
///
///     ½ s G sᵀ − q sᵀ + ρ max|q| · ‖s‖₁
///
/// which is ½ ‖x − s D‖² + … for atoms D (atoms, d), G = D Dᵀ and q = x Dᵀ. By FISTA from s = 0: a
/// gradient step of length 1/L, L the greatest eigenvalue of G, a soft threshold, and Nesterov's
/// momentum. Beck & Teboulle 2009; the authors of LSSH use Nesterov's method with a line search.
struct SparseCoding {
  private let gram: Matrix
  private let stepLength: Float
  private let sparsity: Float
  private let steps: Int

  /// - Parameters:
  ///   - gram: G, shape (atoms, atoms).
  ///   - sparsity: ρ, in 0 ..< 1.
  ///   - steps: Number of steps.
  /// - Throws: `LinearAlgebraError` where G is not finite.
  init(gram: DoubleMatrix, sparsity: Double, steps: Int) throws(LinearAlgebraError) {
    self.gram = gram.asMatrix
    let greatest = try SymmetricEigen(gram).values.first ?? 0
    // The greatest eigenvalue of the float32 copy may be above that of the original.
    stepLength = greatest > 0 ? Float(1 / (greatest * 1.000_001)) : 0
    self.sparsity = Float(sparsity)
    self.steps = steps
  }

  /// Codes rows.
  ///
  /// - Parameters:
  ///   - correlations: q, shape (b, atoms).
  ///   - codes: Receives s, shape (b, atoms).
  ///   - tape: Lends buffers.
  func code(_ correlations: Matrix, into codes: Matrix, _ tape: Tape) {
    let (rows, atoms) = (correlations.rows, correlations.columns)
    let look = tape.scratch(rows: rows, columns: atoms)
    let gradient = tape.scratch(rows: rows, columns: atoms)
    look.fill(0)
    codes.fill(0)
    let thresholds = (0..<rows).map { index in
      stepLength * sparsity * correlations.row(index).reduce(0) { max($0, abs($1)) }
    }
    var momentum = 1.0
    for _ in 0..<steps {
      gradient.assign(correlations)
      gradient.setProduct(look.asFactor, gram.asFactor, keep: -1)
      let next = (1 + (1 + 4 * momentum * momentum).squareRoot()) / 2
      let factor = Float((momentum - 1) / next)
      momentum = next
      for index in 0..<rows {
        Self.step(
          codes.row(index), look.row(index), gradient.row(index), stepLength, thresholds[index],
          factor)
      }
    }
  }

  /// One step of one row; `look` becomes the point of the next gradient.
  private static func step(
    _ code: UnsafeMutableBufferPointer<Float>, _ look: UnsafeMutableBufferPointer<Float>,
    _ gradient: UnsafeMutableBufferPointer<Float>, _ stepLength: Float, _ threshold: Float,
    _ momentum: Float
  ) {
    for atom in code.indices {
      let moved = look[atom] - stepLength * gradient[atom]
      let shrunk = max(moved - threshold, 0) + min(moved + threshold, 0)
      look[atom] = shrunk + momentum * (shrunk - code[atom])
      code[atom] = shrunk
    }
  }
}
