import ArrayFiles
import CodeSets
import CrossModalData
import ExperimentKit
import Reports
import Retrieval

/// An evaluation with all its curves and where its numbers came from, as JSON.
struct EvaluationJSON {
  let set: CodeSet
  let evaluations: [TaskEvaluation]

  /// The document.
  ///
  /// - Throws: `DatasetError` when a file can no longer be read.
  var text: String {
    get throws {
      OrderedJSON.object([
        ("bits", .integer(set.bits)),
        ("queries", .integer(set.queryCount)),
        ("database", .integer(set.retrievalCount)),
        (
          "unlabelled",
          .object([
            ("queries", .integer(set.unlabelledQueryCount)),
            ("database", .integer(set.unlabelledRetrievalCount)),
          ])
        ),
        ("tasks", .object(evaluations.map { ($0.name, Self.json($0)) })),
        ("provenance", try provenance),
      ]).document
    }
  }

  private static func json(_ evaluation: TaskEvaluation) -> OrderedJSON {
    var members: [(key: String, value: OrderedJSON)] = [
      ("answerable", .integer(evaluation.answerableCount))
    ]
    if let count = evaluation.ownRowCount { members.append(("ownRowsLeftOut", .integer(count))) }
    members.append(
      ("measures", .object(evaluation.measures.map { ("\($0.measure)", json($0)) })))
    members.append(("curves", .object(evaluation.curves.map { ("\($0.curve)", json($0)) })))
    return .object(members)
  }

  private static func json(_ result: MeasureResult) -> OrderedJSON {
    let values = result.mean.byOrder.map { order, value in
      (key: order.rawValue, value: result.queryCount > 0 ? OrderedJSON.number(value) : .null)
    }
    return .object(
      values + [
        (key: "queries", value: .integer(result.queryCount)),
        (key: "definition", value: .text(result.measure.definition)),
      ])
  }

  private static func json(_ result: CurveResult) -> OrderedJSON {
    let lines = result.lines.map { line in
      (
        key: line.order?.rawValue ?? "anyOrder",
        value: OrderedJSON.object([
          ("position", .list(line.points.map { .number($0.position) })),
          ("precision", .list(line.points.map { .number($0.precision) })),
          ("recall", .list(line.points.map { .number($0.recall) })),
        ])
      )
    }
    return .object(lines)
  }

  private var provenance: OrderedJSON {
    get throws {
      let digests = try set.files.map { file in
        (key: file, value: OrderedJSON.text(try SHA256.hexDigest(ofFileAt: file)))
      }
      let arrays = set.sources.map { source in
        let shape = source.shape.map { OrderedJSON.integer($0) }
        return (
          key: source.role,
          value: OrderedJSON.object([
            ("file", .text(source.file)), ("name", .text(source.name)), ("shape", .list(shape)),
            ("reading", .text(source.reading)),
          ])
        )
      }
      return .object([
        ("crossbit", .text(ProgramVersion.current)),
        ("sha256", .object(digests)),
        ("arrays", .object(arrays)),
      ])
    }
  }
}
