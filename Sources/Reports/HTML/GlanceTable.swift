import ExperimentKit
import Retrieval

/// The first screen of a page: each method at the greatest code length, its cost and its gap.
struct GlanceTable {
  private let group: FinishedTrials.Group
  private let tables: [ResultTable]
  private let bits: Int

  /// Takes the tables of one split of one data set; nil where nothing is finished.
  init?(_ section: ReportSection) {
    group = section.group
    tables = section.tables.map(\.table)
    guard let greatest = group.codeLengths.last else { return nil }
    bits = greatest
  }

  /// A row's method with one kind of database codes, in every table of the group.
  private struct Line {
    let subject: ReportSubject
    let databaseCodes: DatabaseCodes

    func row(in table: ResultTable) -> ResultTable.Row? {
      table.rows.first { $0.subject == subject && $0.databaseCodes == databaseCodes }
    }
  }

  private var lines: [Line] {
    var lines: [Line] = []
    for row in tables.flatMap(\.rows) {
      let isNew = !lines.contains {
        $0.subject == row.subject && $0.databaseCodes == row.databaseCodes
      }
      if isNew { lines.append(Line(subject: row.subject, databaseCodes: row.databaseCodes)) }
    }
    return lines.filter { !$0.subject.isReference } + lines.filter(\.subject.isReference)
  }

  /// What the table shows.
  var caption: String {
    let mark = group.dataset.surrogate.map { " (SURROGATE \($0))" } ?? ""
    return "\(group.dataset.name)\(mark), \(group.split.rule): mAP@all at \(bits) bits"
  }

  /// The method with the greatest mean of each task, in a sentence a task.
  var answers: [String] {
    tables.compactMap { table in
      let rows = table.rows.filter {
        !$0.subject.isReference && $0.databaseCodes == .ownModality && $0.cells[bits] != nil
      }
      let ranked = rows.compactMap { row in
        row.cells[bits].map { (row: row, precision: $0.meanAveragePrecision.expected) }
      }
      guard ranked.count > 1, let best = ranked.max(by: { $0.precision.mean < $1.precision.mean })
      else { return nil }
      // Trials of earlier versions keep no values of queries to compare.
      let isCompared = table.comparisons.contains { $0.bits == bits }
      let below = rows.count { table.isSignificantlyBelowBest($0, bits: bits) }
      let significance =
        isCompared
        ? "; significantly below it: \(below) of the other \(rows.count - 1)" : ""
      return "\(group.dataset.name) \(table.task.displayName): \(best.row.subject.title) ("
        + "\(best.row.subject.fidelityText)) has the greatest mAP@all at \(bits) bits, "
        + "\(best.precision.text()), of \(rows.count) methods\(significance)."
    }
  }

  /// The table.
  var printed: PrintedTable {
    let lines = lines
    let hasGaps = tables.map { table in
      lines.contains { gap(of: $0, in: table) != nil }
    }
    var columns: [(title: String, alignment: MarkdownTable.Alignment)] = [("method", .leading)]
    for (table, hasGap) in zip(tables, hasGaps) {
      columns.append((table.task.displayName, .trailing))
      if hasGap { columns.append(("\(table.task.displayName), gap to reported", .trailing)) }
    }
    columns += [("s a trial", .trailing), ("fidelity", .leading)]
    var printed = PrintedTable(columns)
    for line in lines {
      var cells = [
        line.subject.printedTitle + PrintedText(line.databaseCodes == .joint ? ", joint" : "")
      ]
      for (table, hasGap) in zip(tables, hasGaps) {
        let cell = line.row(in: table).map { MainTable.cell(table: table, row: $0, bits: bits) }
        cells.append(cell.map { line.subject.isReference ? $0.asReference : $0 } ?? "–")
        if hasGap { cells.append(PrintedText(gap(of: line, in: table) ?? "–")) }
      }
      cells += [PrintedText(seconds(of: line)), PrintedText(line.subject.fidelityText)]
      printed.append(cells, line.subject.rowKind)
    }
    return printed
  }

  /// Wall-clock seconds of the quickest seed.
  private func seconds(of line: Line) -> String {
    group.quickestSeconds(of: SubjectKey(line.subject.subject), bits: bits)?.fixed(1) ?? "–"
  }

  /// Ours minus the paper's at the greatest code length that the paper prints.
  private func gap(of line: Line, in table: ResultTable) -> String? {
    guard let row = line.row(in: table) else { return nil }
    let length = table.codeLengths.last { row.cells[$0]?.reported.isEmpty == false }
    guard let length, let cell = row.cells[length], let reported = cell.reported.first
    else { return nil }
    let remark = length == bits ? "" : " (\(length) bits)"
    return "\(cell.gap(to: reported).signed(4))\(remark)"
  }

  /// How the signs are to be read; the full tables below carry the whole protocol.
  var legend: String {
    let seeds = Set(tables.flatMap(\.seeds)).count
    var parts = [
      seeds == 1
        ? "one seed, so no ± over seeds" : "± sample standard deviation over \(seeds) seeds",
      "bold: best, underlined: second among methods with the same database codes",
    ]
    let signs = tables.contains { table in
      table.rows.contains { table.isSignificantlyBelowBest($0, bits: bits) }
    }
    if lines.contains(where: { $0.databaseCodes == .joint }) {
      parts.append("joint: the retrieval set is encoded from pairs, an easier task")
    }
    if signs {
      parts.append("\(SignificanceText.sign): significantly below the best, over queries")
    }
    if tables.contains(where: { table in lines.contains { gap(of: $0, in: table) != nil } }) {
      parts.append(
        "gap: ours minus the number of the first table compared with, at these bits unless it "
          + "says others")
    }
    parts += [
      "s a trial: wall-clock seconds of the quickest seed at \(bits) bits, reading, training, "
        + "encoding and measuring",
      "\(group.split.queryCount) queries, \(group.split.trainingCount) training items, "
        + "\(group.split.retrievalCount) searched",
      "exact mean over orders inside ties; the tables below have the whole protocol",
    ]
    return parts.joined(separator: " · ")
  }
}

extension FinishedTrials.Group {
  /// Wall-clock seconds of the quickest trial of a subject: other work on the machine only adds.
  func quickestSeconds(of key: SubjectKey, bits: Int) -> Double? {
    records(of: key, bits: bits).map(\.run.seconds).min()
  }
}

extension TableDrawing {
  /// mAP against seconds a trial at the greatest code length, a marker a method; nil with fewer than
  /// two methods.
  var costAgainstQuality: Plot? {
    guard let bits = table.codeLengths.last else { return nil }
    let series = table.rows.filter { !$0.subject.isReference }.compactMap { row -> Plot.Series? in
      guard
        let cell = row.cells[bits],
        let seconds = group.quickestSeconds(of: SubjectKey(row.subject.subject), bits: bits),
        seconds > 0
      else { return nil }
      let point = Plot.Point(x: seconds, y: cell.meanAveragePrecision.expected.mean)
      return line(of: row) { [point] }
    }
    guard series.count > 1 else { return nil }
    let points = series.flatMap(\.points)
    return Plot(
      title: "\(heading), \(bits) bits", xLabel: "seconds a trial, quickest seed",
      yLabel: "mAP@all", xScale: .logarithmic(covering: points.map(\.x)),
      yScale: .linear(covering: points.map(\.y)), series: series, joinsPoints: false)
  }
}
