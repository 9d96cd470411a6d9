import ExperimentKit
import HashingMethods
import Retrieval

/// The curves as tidy files, means over seeds.
enum CurveCSV {
  private static let tableColumns = Array(ResultsCSV.columns.prefix { $0 != "measure" })

  /// Every file that has at least one line.
  static func files(
    experiment: String, sections: [ReportSection],
    subjects: [(key: SubjectKey, subject: ReportSubject)]
  ) -> [ReportFile] {
    [
      precisionAtTop(experiment: experiment, sections: sections),
      precisionRecall(experiment: experiment, sections: sections),
      further(experiment: experiment, sections: sections),
      learning(experiment: experiment, sections: sections, subjects: subjects),
    ].compactMap { $0 }
  }

  private static func precisionAtTop(
    experiment: String, sections: [ReportSection]
  ) -> ReportFile? {
    var document = CSVDocument(
      columns: tableColumns + ["k", "precision", "sd", "seeds", "worst", "best"])
    let header = document.text
    forEachCell(of: sections) { _, table, row, bits, cell in
      let key = RowKey(experiment: experiment, table: table, row: row, bits: bits).fields
      for (k, precision) in cell.precisionAtTop.sorted(by: { $0.key < $1.key }) {
        document.append(
          key + [String(k)] + fields(of: precision.expected)
            + [precision.worst, precision.best].map { $0.significant(6) })
      }
    }
    return file("curves/precision-at-k.csv", document, header: header)
  }

  private static func precisionRecall(
    experiment: String, sections: [ReportSection]
  ) -> ReportFile? {
    var document = CSVDocument(
      columns: tableColumns + [
        "radius", "precision", "precision_sd", "recall", "recall_sd", "seeds",
      ])
    let header = document.text
    forEachCell(of: sections) { group, table, row, bits, _ in
      let key = RowKey(experiment: experiment, table: table, row: row, bits: bits).fields
      let results = group.results(
        of: SubjectKey(row.subject.subject), bits: bits, task: table.task,
        databaseCodes: row.databaseCodes)
      for point in Curves.precisionRecall(of: results) {
        document.append(
          key + [String(point.radius)] + fields(of: point.precision).dropLast()
            + fields(of: point.recall))
      }
    }
    return file("curves/precision-recall.csv", document, header: header)
  }

  private static func further(experiment: String, sections: [ReportSection]) -> ReportFile? {
    var document = CSVDocument(
      columns: tableColumns + [
        "curve", "ties", "position", "precision", "precision_sd", "recall", "recall_sd", "seeds",
      ])
    let header = document.text
    forEachCell(of: sections) { group, table, row, bits, _ in
      let key = RowKey(experiment: experiment, table: table, row: row, bits: bits).fields
      let results = group.results(
        of: SubjectKey(row.subject.subject), bits: bits, task: table.task,
        databaseCodes: row.databaseCodes)
      for curve in table.curves {
        for (order, points) in Curves.further(curve, of: results) {
          for point in points {
            document.append(
              key
                + [
                  curve.description, order.map(Self.name) ?? "", point.position.significant(6),
                ] + fields(of: point.precision).dropLast() + fields(of: point.recall))
          }
        }
      }
    }
    return file("curves/further-curves.csv", document, header: header)
  }

  /// A tie rule as the names of measures spell it.
  private static func name(_ order: TieOrder) -> String {
    order == .databaseOrder ? MeasureText.databaseOrderTies : order.rawValue
  }

  private static func learning(
    experiment: String, sections: [ReportSection],
    subjects: [(key: SubjectKey, subject: ReportSubject)]
  ) -> ReportFile? {
    var document = CSVDocument(columns: [
      "experiment", "dataset", "surrogate", "protocol", "method", "variant", "fidelity", "bits",
      "stage", "step", "quantity", "mean", "sd", "seeds",
    ])
    let header = document.text
    for group in sections.map(\.group) {
      for (key, subject) in subjects {
        for bits in group.codeLengths {
          for point in Curves.learning(of: group.records(of: key, bits: bits)) {
            document.append(
              [
                experiment, group.dataset.name, group.dataset.surrogate ?? "",
                RowKey.protocolName(dataset: group.dataset, split: group.split),
                subject.subject.method, subject.variant, subject.subject.fidelity?.rawValue ?? "",
                String(bits), point.stage, String(point.step), point.quantity,
              ] + fields(of: point.value))
          }
        }
      }
    }
    return file("curves/learning.csv", document, header: header)
  }

  private static func forEachCell(
    of sections: [ReportSection],
    _ body: (FinishedTrials.Group, ResultTable, ResultTable.Row, Int, ResultTable.Cell) -> Void
  ) {
    for section in sections {
      for table in section.tables.map(\.table) {
        for row in table.rows {
          for bits in table.codeLengths {
            if let cell = row.cells[bits] { body(section.group, table, row, bits, cell) }
          }
        }
      }
    }
  }

  /// Mean, standard deviation and count; six significant digits, as losses can have any size.
  private static func fields(of summary: SeedSummary) -> [String] {
    [
      summary.mean.significant(6), summary.standardDeviation?.significant(6) ?? "",
      String(summary.count),
    ]
  }

  private static func file(_ path: String, _ document: CSVDocument, header: String) -> ReportFile? {
    document.text == header ? nil : ReportFile(path: path, text: document.text)
  }
}
