/// Why a decomposition has no result.
package enum LinearAlgebraError: Error, Equatable, CustomStringConvertible {
  /// A matrix that has to be positive definite is not; `order` is that of its first leading minor
  /// that is not.
  case notPositiveDefinite(order: Int)
  /// A LAPACK routine did not converge, or met a number that is not finite.
  case noConvergence(routine: String, info: Int)

  /// Turns LAPACK's `info` into an error; 0 is success.
  static func check(_ info: Int32, _ routine: String) throws(LinearAlgebraError) {
    precondition(info >= 0, "argument \(-info) of \(routine) is wrong")
    if info > 0 { throw .noConvergence(routine: routine, info: Int(info)) }
  }

  /// A clause for the end of a sentence.
  package var description: String {
    switch self {
    case .notPositiveDefinite(let order):
      "a matrix is not positive definite (leading minor \(order))"
    case .noConvergence(let routine, let info): "\(routine) did not converge (info \(info))"
    }
  }
}
