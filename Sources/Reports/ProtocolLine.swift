import ExperimentKit
import Retrieval

/// What a table's numbers mean: data, split, features, epochs, measure, seeds.
struct ProtocolLine {
  /// The table it stands under.
  let table: ResultTable
  /// Definition of the measure printed.
  let measure: MeasureText

  /// The parts of the line in a fixed order.
  var parts: [String] {
    let dataset = table.dataset
    let split = table.split
    var parts = [
      "data: \(dataset.name), \(dataset.itemCount) items, \(dataset.labelCount) labels, "
        + "SHA-256 \(dataset.digest.shortDigest)",
      "split: \(split.rule), SHA-256 \(split.digest.shortDigest), \(split.queryCount) queries, "
        + "\(split.trainingCount) training items, \(split.retrievalCount) items searched",
      "overlap: \(split.overlapCount) training items are searched too",
      "features: \(dataset.imageColumns) picture columns, \(dataset.textColumns) text columns"
        + (dataset.furtherFeatures.map { ", for methods that take them \($0)" } ?? ""),
      "\(measure.definition); \(table.answerableCount) of \(table.queryCount) queries are answerable",
      "relevant: shares a label with the query",
    ]
    if table.task.isInsideOneModality { parts.append("a query is not its own answer") }
    parts.append(seedText)
    let methods = Self.methods(of: table)
    if !methods.isEmpty { parts.append("methods: \(methods.joined(separator: "; "))") }
    if measure == .meanAveragePrecision { parts += SignificanceText.legend(of: table) }
    parts.append(
      dataset.surrogate.map { "SURROGATE: the \($0) features are made up" }
        ?? "no surrogate modality")
    return parts
  }

  /// The line.
  var text: String { parts.joined(separator: " · ") }

  /// The line in Markdown, small print.
  var markdown: String { "<sub>\(text)</sub>\n" }

  /// Fidelity, preprocessing and epoch rule of each method, once.
  private static func methods(of table: ResultTable) -> [String] {
    var seen: Set<String> = []
    return table.rows.filter { !$0.subject.isReference }.map { MethodConditions($0.subject).text }
      .filter { seen.insert($0).inserted }
  }

  private var seedText: String {
    let seeds = table.seeds.map { String($0) }.joined(separator: ", ")
    return table.seeds.count == 1
      ? "seed: \(seeds)" : "seeds: \(seeds); mean ± sample standard deviation"
  }
}

/// A measure's name as column headers print it, and its definition.
enum MeasureText: Equatable {
  case meanAveragePrecision
  case precisionAtTop
  /// What a manifest names.
  case further([Measure])

  /// The definition with the rule for ties.
  var definition: String {
    switch self {
    case .meanAveragePrecision:
      "mAP@all(ties=expected): mean over answerable queries of the average precision over the "
        + "whole list by Hamming distance, exact mean over all orders inside ties"
    case .precisionAtTop:
      "P@k(ties=expected): mean over answerable queries of the relevant share of the first k items "
        + "by Hamming distance, exact mean over all orders inside ties"
    case .further(let measures):
      "means over answerable queries of values of the list by Hamming distance, exact means over "
        + "all orders inside ties: "
        + measures.map { "\($0.name(ties: Self.expectedTies)): \($0.definition)" }
        .joined(separator: "; ")
    }
  }

  /// The exact mean over all orders inside ties, as names of measures say it.
  static let expectedTies = "expected"
  /// Ties as the items stand in the data set, as names of measures say it.
  static let databaseOrderTies = "database-order"

  /// Name of mean average precision in CSV.
  static let meanAveragePrecisionName = Measure.meanAveragePrecision.name(ties: expectedTies)
  /// Name of mean average precision with ties in database order in CSV.
  static let databaseOrderName = Measure.meanAveragePrecision.name(ties: databaseOrderTies)

  /// Name of precision at a cut-off in CSV.
  static func precisionName(_ k: Int) -> String {
    Measure(.precision(k: k)).name(ties: expectedTies)
  }
}
