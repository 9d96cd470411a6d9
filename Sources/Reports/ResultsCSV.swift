import ExperimentKit
import HashingMethods
import ReportedNumbers
import Retrieval

/// The tidy file of all numbers: one line a configuration, code length, task and measure.
enum ResultsCSV {
  static let columns = [
    "experiment", "dataset", "surrogate", "protocol", "database_codes", "task", "method",
    "variant", "fidelity", "bits", "measure", "mean", "sd", "seeds", "worst", "best", "reported",
    "gap", "source", "compared_with", "difference", "ci_low", "ci_high", "p", "p_holm",
  ]

  /// The file for the tables of an experiment; holds no times, so a rerun gives the same bytes.
  static func text(experiment: String, tables: [ResultTable]) -> String {
    var document = CSVDocument(columns: columns)
    for table in tables {
      let cutoffs = PrecisionTable.cutoffs(of: table)
      let measures = table.measures
      for row in table.rows {
        for bits in table.codeLengths {
          guard let cell = row.cells[bits] else { continue }
          let key = RowKey(experiment: experiment, table: table, row: row, bits: bits)
          let whole = whole(cell, comparison: table.comparison(of: row, bits: bits))
          let others =
            databaseOrder(of: cell.meanAveragePrecision, name: MeasureText.databaseOrderName)
            + cutoffs.flatMap { tops(of: cell, k: $0) }
            + measures.flatMap { lines(of: $0, in: cell) }
          for line in [whole] + others {
            let fields = key.fields + line
            document.append(
              fields + Array(repeating: "", count: columns.count - fields.count))
          }
        }
      }
    }
    return document.text
  }

  /// From `measure` on: expected mAP with what papers print and the comparison with the best.
  private static func whole(
    _ cell: ResultTable.Cell, comparison: QueryComparison?
  ) -> [String] {
    let precision = cell.meanAveragePrecision
    // The first comparison of the manifest that prints this cell; README.md has all of them.
    let reported = cell.reported.first
    return summary(MeasureText.meanAveragePrecisionName, precision.expected) + bounds(precision)
      + [
        reported?.value.fixed(4) ?? "",
        reported.map { cell.gap(to: $0).fixed(decimals) } ?? "",
        reported.map { "\($0.table.rawValue), \($0.dataset), \($0.method)" } ?? "",
      ]
      + (comparison.map { comparison in
        ["\(comparison.best.subject.method) \(comparison.best.variant)"]
          + [
            comparison.difference, comparison.interval.lowerBound,
            comparison.interval.upperBound, comparison.pValue, comparison.adjustedPValue,
          ].map { $0.fixed(decimals) }
      } ?? [])
  }

  private static func tops(of cell: ResultTable.Cell, k: Int) -> [[String]] {
    guard let top = cell.precisionAtTop[k] else { return [] }
    return [summary(MeasureText.precisionName(k), top.expected) + bounds(top)]
  }

  /// A further measure in expectation and, where every seed has it, in database order.
  private static func lines(of measure: Measure, in cell: ResultTable.Cell) -> [[String]] {
    guard let value = cell.measures[measure] else { return [] }
    let expected =
      summary(measure.name(ties: MeasureText.expectedTies), value.expected) + bounds(value)
    return [expected]
      + databaseOrder(of: value, name: measure.name(ties: MeasureText.databaseOrderTies))
  }

  private static func databaseOrder(
    of value: ResultTable.TieSummary, name: String
  ) -> [[String]] {
    value.databaseOrder.map { [summary(name, $0)] } ?? []
  }

  private static func bounds(_ value: ResultTable.TieSummary) -> [String] {
    [value.worst.fixed(decimals), value.best.fixed(decimals)]
  }

  private static func summary(_ measure: String, _ summary: SeedSummary) -> [String] {
    [
      measure, summary.mean.fixed(decimals), summary.standardDeviation?.fixed(decimals) ?? "",
      String(summary.count),
    ]
  }

  /// Two digits more than tables print, so that rounding there can be checked.
  static let decimals = 6
}

/// The columns that name a line of a tidy file.
struct RowKey {
  let experiment: String
  let table: ResultTable
  let row: ResultTable.Row
  let bits: Int

  /// `experiment` to `bits`.
  var fields: [String] {
    let subject = row.subject.subject
    return [
      experiment, table.dataset.name, table.dataset.surrogate ?? "",
      Self.protocolName(dataset: table.dataset, split: table.split), row.databaseCodes.rawValue,
      table.task.rawValue, subject.method, row.subject.variant, subject.fidelity?.rawValue ?? "",
      String(bits),
    ]
  }

  /// Split and digests: what makes two lines comparable.
  static func protocolName(dataset: DatasetProvenance, split: SplitProvenance) -> String {
    "\(split.rule); data \(dataset.digest.shortDigest); split \(split.digest.shortDigest)"
  }
}
