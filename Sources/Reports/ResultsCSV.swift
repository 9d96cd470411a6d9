import ExperimentKit
import HashingMethods
import ReportedNumbers
import Retrieval

/// The tidy file of all numbers: one line a configuration, code length, task and measure.
enum ResultsCSV {
  static let columns = [
    "experiment", "dataset", "surrogate", "protocol", "database_codes", "task", "method",
    "variant", "fidelity", "bits", "measure", "mean", "sd", "seeds", "worst", "best", "reported",
    "gap", "source",
  ]

  /// The file for the tables of an experiment; holds no times, so a rerun gives the same bytes.
  static func text(experiment: String, tables: [ResultTable]) -> String {
    var document = CSVDocument(columns: columns)
    for table in tables {
      let cutoffs = PrecisionTable.cutoffs(of: table)
      for row in table.rows {
        for bits in table.codeLengths {
          guard let cell = row.cells[bits] else { continue }
          let key = RowKey(experiment: experiment, table: table, row: row, bits: bits)
          for line in lines(of: cell, cutoffs: cutoffs) { document.append(key.fields + line) }
        }
      }
    }
    return document.text
  }

  /// From `measure` on: expected mAP with what papers print, mAP in database order, P@k.
  private static func lines(of cell: ResultTable.Cell, cutoffs: [Int]) -> [[String]] {
    let precision = cell.meanAveragePrecision
    // The first comparison of the manifest that prints this cell; README.md has all of them.
    let reported = cell.reported.first
    let whole =
      summary(MeasureText.meanAveragePrecisionName, precision.expected)
      + [precision.worst.fixed(decimals), precision.best.fixed(decimals)]
      + [
        reported?.value.fixed(4) ?? "",
        reported.map { cell.gap(to: $0).fixed(decimals) } ?? "",
        reported.map { "\($0.table.rawValue), \($0.dataset), \($0.method)" } ?? "",
      ]
    let ordered = precision.databaseOrder.map {
      summary(MeasureText.databaseOrderName, $0) + Array(repeating: "", count: 5)
    }
    let tops = cutoffs.compactMap { k in
      cell.precisionAtTop[k].map { top in
        summary(MeasureText.precisionName(k), top.expected)
          + [top.worst.fixed(decimals), top.best.fixed(decimals), "", "", ""]
      }
    }
    return [whole] + (ordered.map { [$0] } ?? []) + tops
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
