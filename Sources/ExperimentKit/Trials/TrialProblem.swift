import HashingMethods

/// Why a trial failed although its data were read.
package enum TrialProblem: Error, Equatable, CustomStringConvertible {
  /// A hash function returned another shape than its contract says.
  case activationShape(
    method: String, view: String, rows: Int, columns: Int, expectedRows: Int, expectedColumns: Int)
  /// A hash function returned something that is no number.
  case undefinedActivation(method: String, view: String, item: Int, bit: Int)
  /// Only joint database codes are asked for, and the method has none.
  case noJointCodes(method: String)
  /// The data on disk are not those that the run was planned for.
  case replanned(expected: String, found: String)

  /// One sentence for the user.
  package var description: String {
    switch self {
    case .activationShape(
      let method, let view, let rows, let columns, let expectedRows, let expectedColumns):
      "\(method) returned activations of shape (\(rows), \(columns)) for \(view) where "
        + "(\(expectedRows), \(expectedColumns)) was expected."
    case .undefinedActivation(let method, let view, let item, let bit):
      "\(method) gave item \(item) an activation for bit \(bit) of its \(view) code that is not a "
        + "number; the training has diverged."
    case .noJointCodes(let method):
      "\(method) has no codes for pairs, and the manifest asks for joint database codes only; add "
        + ".ownModality to EncodeDatabase(…)."
    case .replanned(let expected, let found):
      "The trial is \(found) now, not \(expected): a data file or the program changed during the "
        + "run; run the experiment again."
    }
  }
}
