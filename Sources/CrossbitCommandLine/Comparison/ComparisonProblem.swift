import Retrieval

/// Why code sets cannot be held against each other.
enum ComparisonProblem: Error, Equatable, CustomStringConvertible {
  /// Queries or retrieval sets differ in size.
  case sizeMismatch(Side, first: Named<Int>, second: Named<Int>)
  /// Labels are drawn from vocabularies of different sizes.
  case labelCountMismatch(first: Named<Int>, second: Named<Int>)
  /// A row has other labels.
  case labelMismatch(Side, row: Int, first: Named<[Int]>, second: Named<[Int]>)
  /// No task can be measured in every set.
  case noCommonTask([Named<[String]>])
  /// The measure does not fit a set.
  case unfitMeasure(name: String, measure: String, reason: String)
  /// The means of a measure are no means over queries.
  case unpairedMean(measure: String)
  /// No query has a value on both sides.
  case nothingToCompare(first: String, second: String, task: String)

  /// One of the two sides of retrieval.
  enum Side: String {
    case query, retrieval
  }

  /// What was found in a set.
  struct Named<Value: Equatable & Sendable>: Equatable, Sendable {
    let name: String
    let value: Value
  }

  /// One sentence with what was expected and what was found.
  var description: String {
    switch self {
    case .sizeMismatch(let side, let first, let second):
      let items = side == .query ? "queries" : "items to search"
      return "\(first.name) has \(first.value) \(items) but \(second.name) has \(second.value); "
        + "the same ones in the same order are expected."
    case .labelCountMismatch(let first, let second):
      return "\(first.name) is labelled with \(first.value) labels but \(second.name) with "
        + "\(second.value); the same labels are expected."
    case .labelMismatch(let side, let row, let first, let second):
      let item = side == .query ? "Query \(row)" : "Row \(row) of the retrieval set"
      return "\(item) (counted from 0) has \(Self.words(first.value)) in \(first.name) but "
        + "\(Self.words(second.value)) in \(second.name); the same items in the same order are "
        + "expected."
    case .noCommonTask(let sets):
      let found = sets.map { "\($0.name) has \($0.value.joined(separator: ", "))" }
      return "No task can be measured in every set: \(found.joined(separator: "; "))."
    case .unfitMeasure(let name, let measure, let reason):
      return "\(name): \(measure) does not fit: "
        + "\(reason.prefix(1).lowercased())\(reason.dropFirst())"
    case .unpairedMean(let measure):
      return "\(measure) is a mean with a rule of its own for unanswerable queries, and a "
        + "comparison takes the queries that both answer; name the measure without that rule."
    case .nothingToCompare(let first, let second, let task):
      return "No query of \(task) has a value both in \(first) and in \(second), so they cannot be "
        + "compared."
    }
  }

  private static func words(_ labels: [Int]) -> String {
    switch labels.count {
    case 0: "no label"
    case 1: "label \(labels[0])"
    default: "labels \(labels.map(String.init).joined(separator: ", "))"
    }
  }
}
