import Reports
import Retrieval

/// Evaluations as comma-separated values with all digits.
enum EvaluationCSV {
  /// One line for each task, measure and tie rule; empty where no query has a value.
  static func measures(_ evaluations: [TaskEvaluation]) -> String {
    var document = CSVDocument(columns: ["task", "measure", "order", "value"])
    for evaluation in evaluations {
      for result in evaluation.measures {
        for (order, value) in result.mean.byOrder {
          document.append([
            evaluation.name, "\(result.measure)", order.rawValue,
            result.queryCount > 0 ? "\(value)" : "",
          ])
        }
      }
    }
    return document.text
  }

  /// One line for each task and query, counted from 0, with the expected value of each measure;
  /// empty where the query has none.
  static func queries(_ evaluations: [TaskEvaluation]) -> String {
    var names: [String] = []
    for result in evaluations.flatMap(\.measures) where !names.contains("\(result.measure)") {
      names.append("\(result.measure)")
    }
    var document = CSVDocument(columns: ["task", "query", "answerable"] + names)
    for evaluation in evaluations {
      // Cut-offs may fit one task and not another.
      let values = names.map { name in
        evaluation.measures.first { "\($0.measure)" == name }?.values
      }
      for (query, isAnswerable) in evaluation.isAnswerable.enumerated() {
        document.append(
          [evaluation.name, "\(query)", isAnswerable ? "1" : "0"]
            + values.map { values in values?[query].map { "\($0)" } ?? "" })
      }
    }
    return document.text
  }
}
