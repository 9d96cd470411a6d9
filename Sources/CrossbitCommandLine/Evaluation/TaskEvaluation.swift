import CodeSets
import Retrieval

/// One task of a code set with what was measured.
struct TaskEvaluation {
  /// `I2T` … or `codes`.
  let name: String
  /// Measures in the order asked for, `mAP@all` among them if it was.
  let measures: [MeasureResult]
  let curves: [CurveResult]
  /// Queries with at least one relevant item.
  let isAnswerable: [Bool]
  /// Queries whose own row is left out of their ranking; nil where nothing was said.
  let ownRowCount: Int?

  /// Measures a task.
  ///
  /// - Throws: `RetrievalError` for a name that means nothing or a cut-off that does not fit.
  init(_ task: CodeSet.Task, of set: CodeSet, _ arguments: MeasureArguments, withCurves: Bool)
    throws(RetrievalError)
  {
    let asked = try arguments.measures(of: task)
    let curves = try arguments.curves(of: task)
    // Mean average precision is measured in any case.
    let further = asked.filter { $0 != .meanAveragePrecision }
    let result = try evaluate(
      queries: task.queries, queryLabels: set.queryLabels, retrieval: task.retrieval,
      retrievalLabels: set.retrievalLabels,
      measures: MeasureSpecification(
        databaseOrder: arguments.databaseOrder, measures: further,
        curves: withCurves ? curves : []),
      ownRows: task.ownRows, threads: arguments.threadCount)
    name = task.name
    measures = asked.compactMap { measure in
      guard measure == .meanAveragePrecision else {
        return result.measures.first { $0.measure == measure }
      }
      return MeasureResult(
        measure: measure, mean: result.meanAveragePrecision, queryCount: result.answerableCount,
        values: result.averagePrecision)
    }
    self.curves = result.curves
    isAnswerable = result.averagePrecision.map { $0 != nil }
    ownRowCount = task.ownRows.map { rows in rows.count { $0 != nil } }
  }

  /// Number of queries with at least one relevant item.
  var answerableCount: Int { isAnswerable.count { $0 } }

  /// The name as tables print it.
  var displayName: String { RetrievalTask(rawValue: name)?.displayName ?? name }
}

extension TieBounds {
  /// The values by tie rule, database order where it was measured.
  var byOrder: [(order: TieOrder, value: Double)] {
    [(.expected, expected), (.worst, worst), (.best, best)]
      + (databaseOrder.map { [(.databaseOrder, $0)] } ?? [])
  }
}
