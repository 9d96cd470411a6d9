import ExperimentKit
import Foundation
import ReportedNumbers
import Retrieval

/// The page `Results/<experiment>/index.html`: all of a report in one file, for a browser.
struct ReportPage {
  let input: ReportInput
  let trials: FinishedTrials
  let sections: [ReportSection]
  let warnings: [String]
  /// The other files of the report that a reader may want.
  let paths: [String]

  /// The whole file.
  var text: String {
    let parts = parts
    let content = [opening, glance, links(to: parts)] + parts.flatMap(\.pieces)
    return HTMLPage(
      title: "\(input.name) – Crossbit", summary: input.summary, facts: facts, content: content
    ).text
  }

  private var facts: [PageFact] {
    let last = trials.records.map(\.run.started).max()
    return [
      PageFact(.finishedTrials, String(trials.records.count)),
      PageFact(.plannedTrials, String(trials.plannedCount)),
    ] + (last.map { [PageFact(.lastRecord, String($0.prefix(10)))] } ?? [])
  }

  /// A part of the page below the first screen.
  private struct Part {
    let title: String
    let identifier: String
    /// The heading and what stands below it.
    let pieces: [Markup]

    /// A part, or nothing where it would be empty.
    init?(_ title: String, _ identifier: String, _ pieces: [Markup]) {
      guard !pieces.isEmpty else { return nil }
      self.title = title
      self.identifier = identifier
      self.pieces = [.section(title, identifier: identifier)] + pieces
    }
  }

  private var parts: [Part] {
    [
      Part("Tables", "tables", sections.flatMap { tables(of: $0) }),
      Part("Plots", "plots", sections.flatMap { plots(of: $0) }),
      Part("Learning curves", "learning", learning),
      Part("Cost against quality", "cost", cost),
      Part("Gap to reported numbers", "gaps", gaps),
      Part("Warnings", "warnings", warningList),
      Part(
        "Configurations", "configurations",
        trials.subjects.map { ConfigurationBlock.markup(of: $0.subject) }),
      Part("Files", "files", files),
    ].compactMap(\.self)
  }

  private var opening: Markup {
    var marks: [Markup] = []
    if trials.isPartial {
      marks.append(mark("Partial: \(trials.records.count) of \(trials.plannedCount) trials"))
    }
    for dataset in trials.groups.map(\.dataset) {
      guard let surrogate = dataset.surrogate else { continue }
      marks.append(
        mark("SURROGATE: the \(surrogate) features of \(dataset.name) are made up"))
    }
    if !warnings.isEmpty {
      let words = warnings.count == 1 ? "1 warning" : "\(warnings.count) warnings"
      marks.append(.element("a", ["href": "#warnings"], words))
    }
    let spaced = marks.flatMap { [$0, .text(" ")] }
    return .joined(
      [
        .element("h1", input.name), .text("\n"),
        .element("p", ["class": "lead"], input.summary), .text("\n"),
      ] + (marks.isEmpty ? [] : [.paragraph(spaced)]))
  }

  private func mark(_ words: String) -> Markup { .element("strong", ["class": "mark"], words) }

  /// Which method, at what cost, how sure, compared with what.
  private var glance: Markup {
    let glances = sections.compactMap { GlanceTable($0) }
    guard !glances.isEmpty else { return .paragraph([.text("No trial is finished yet.")]) }
    let answers = glances.flatMap(\.answers)
    let tables = glances.flatMap { glance -> [Markup] in
      [.table(glance.printed, caption: glance.caption), .smallPrint(glance.legend)]
    }
    return .joined((answers.isEmpty ? [] : [.list(answers)]) + tables)
  }

  private func links(to parts: [Part]) -> Markup {
    let items = parts.map { part -> [Markup] in
      [.element("a", ["href": "#\(part.identifier)"], part.title)]
    }
    return .element("nav", ["aria-label": "Parts of the page"], [.list(items)])
  }

  private var warningList: [Markup] {
    warnings.isEmpty ? [] : [.list(warnings)]
  }

  private var files: [Markup] {
    let items = paths.map { path -> [Markup] in [.element("a", ["href": path], path)] }
    return [
      .list(items),
      .paragraph([.text("Written by "), .element("code", input.command), .text(".")]),
    ]
  }
}

// MARK: - Tables

extension ReportPage {
  private func tables(of section: ReportSection) -> [Markup] {
    section.tables.map(\.table).flatMap { table -> [Markup] in
      let name = Self.name(of: table)
      let whole = ProtocolLine(table: table, measure: .meanAveragePrecision)
      var pieces: [Markup] = [
        .element("h3", name), .text("\n"),
        .table(MainTable.printed(table), caption: "mAP@all", of: name),
        .smallPrint(whole.text),
        .folded(
          "Worst … best order inside ties (database order)",
          [
            .table(
              MainTable.tieBounds(of: table),
              caption: "mAP@all in the worst … best order inside ties (database order)", of: name),
            .smallPrint("protocol as above"),
          ]),
      ]
      let significance = SignificanceText.printed(table)
      if !significance.rows.isEmpty {
        pieces.append(
          .folded(
            "Significance: each method against the best of its column",
            [
              .table(significance, caption: "Each method against the best of its column", of: name),
              .smallPrint(SignificanceText.method),
            ]))
      }
      let further: [(summary: String, printed: PrintedTable, measure: MeasureText)] = [
        ("P@k", PrecisionTable.printed(table), .precisionAtTop),
        ("Other measures", FurtherMeasuresTable.printed(table), .further(table.measures)),
      ]
      for (summary, printed, measure) in further where !printed.rows.isEmpty {
        pieces.append(
          .folded(
            summary,
            [
              .table(printed, caption: summary, of: name),
              .smallPrint(ProtocolLine(table: table, measure: measure).text),
            ]))
      }
      return pieces
    }
  }

  /// Data set with its mark, split and task.
  private static func name(of table: ResultTable) -> String {
    "\(table.dataset.plotName), \(table.split.rule), \(table.task.displayName)"
  }

  private var gaps: [Markup] {
    sections.flatMap(\.tables).map(\.table).flatMap { table in
      input.comparisons.filter { $0.dataset == table.dataset.name }.flatMap {
        comparison -> [Markup] in
        guard let content = GapTable(comparison: comparison, table: table).content else {
          return []
        }
        let name = Self.name(of: table)
        return [
          .element("h3", "\(name): \(content.heading.source)"), .text("\n"),
          .paragraph([.text(content.heading.source + content.heading.rest)]),
          .table(
            content.printed, caption: content.heading.source, of: name, isSortable: false),
          .smallPrint(
            content.smallPrint + " of the same data set, split and task under Tables"),
        ]
      }
    }
  }
}

// MARK: - Plots and cost

extension ReportPage {
  private static func figure(_ plot: Plot) -> Markup {
    .joined([
      .element("figure", ["tabindex": "0"], [.plot(plot)]), .text("\n"),
    ])
  }

  private static func folded(_ summary: String, _ plots: [NamedPlot]) -> [Markup] {
    plots.isEmpty ? [] : [.folded(summary, plots.map { figure($0.plot) })]
  }

  private func plots(of section: ReportSection) -> [Markup] {
    section.tables.flatMap { drawn -> [Markup] in
      guard !drawn.plots.isEmpty else { return [] }
      var pieces: [Markup] = [.element("h3", Self.name(of: drawn.table)), .text("\n")]
      let shown = (drawn.byCodeLength.map { [$0] } ?? []) + drawn.againstKnob
      pieces += shown.map { Self.figure($0.plot) }
      pieces += Self.folded("P@k curves", drawn.precisionAtTop)
      pieces += Self.folded(
        "Precision–recall curves by Hamming radius, pooled over all pairs", drawn.precisionRecall)
      for curve in drawn.furtherCurves { pieces += Self.folded(curve.summary, curve.plots) }
      return pieces
    }
  }

  private var learning: [Markup] {
    sections.filter { !$0.learning.isEmpty }.map { section in
      .folded(
        "\(section.group.dataset.plotName), \(section.group.split.rule): "
          + "\(section.learning.count) plots",
        section.learning.map { Self.figure($0.plot) })
    }
  }

  private var cost: [Markup] {
    guard !trials.records.isEmpty else { return [] }
    let plots = sections.flatMap { section in
      section.tables.compactMap {
        TableDrawing(group: section.group, table: $0.table).costAgainstQuality
      }
    }
    return plots.map { Self.figure($0) } + [
      .table(CostTable.printed(trials), caption: "What the trials cost"),
      .smallPrint(CostTable.conditions(of: trials)),
    ]
  }
}
