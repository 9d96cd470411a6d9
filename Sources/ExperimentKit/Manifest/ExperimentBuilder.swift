/// One line of a manifest, such as `Dataset(.wiki)`.
///
/// A clause may stand several times; what it names is added up.
public protocol ExperimentClause: Sendable {
  /// Adds what the clause names.
  func add(to experiment: inout Experiment)
}

/// Collects the clauses of a manifest; `for`, `if` and `switch` work inside it.
@resultBuilder
public enum ExperimentBuilder {
  /// Takes one clause.
  public static func buildExpression(_ clause: any ExperimentClause) -> [any ExperimentClause] {
    [clause]
  }

  /// Takes a statement that names nothing, such as the change of a knob: `knobs.batchSize = 64`.
  public static func buildExpression(_ statement: Void) -> [any ExperimentClause] { [] }

  /// Joins the lines of a block.
  public static func buildBlock(_ clauses: [any ExperimentClause]...) -> [any ExperimentClause] {
    clauses.flatMap { $0 }
  }

  /// Takes the clauses of an `if` without `else`.
  public static func buildOptional(_ clauses: [any ExperimentClause]?) -> [any ExperimentClause] {
    clauses ?? []
  }

  /// Takes the first branch of an `if` or `switch`.
  public static func buildEither(first: [any ExperimentClause]) -> [any ExperimentClause] { first }

  /// Takes the other branch of an `if` or `switch`.
  public static func buildEither(second: [any ExperimentClause]) -> [any ExperimentClause] {
    second
  }

  /// Joins the rounds of a loop.
  public static func buildArray(_ rounds: [[any ExperimentClause]]) -> [any ExperimentClause] {
    rounds.flatMap { $0 }
  }
}
