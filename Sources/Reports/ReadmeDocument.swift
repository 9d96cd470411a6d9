import ExperimentKit
import ReportedNumbers
import Retrieval

/// The page `Results/<experiment>/README.md`.
struct ReadmeDocument {
  let input: ReportInput
  let trials: FinishedTrials
  let sections: [ReportSection]
  let warnings: [String]
  /// The CSV files of curves.
  let curvePaths: [String]

  /// The whole page.
  var text: String {
    var blocks = [opening]
    if !warnings.isEmpty {
      blocks.append("## Warnings\n\n" + warnings.map { "- \($0)\n" }.joined())
    }
    blocks += sections.map { text(of: $0) }
    if !trials.records.isEmpty {
      blocks.append(
        "## Cost\n\n\(CostTable.printed(trials).markdown)\n"
          + Self.small(CostTable.conditions(of: trials)))
      blocks.append(
        "## Configurations\n\n"
          + trials.subjects.map { ConfigurationBlock.markdown(of: $0.subject) }
          .joined(separator: "\n"))
    }
    return blocks.joined(separator: "\n")
  }

  private var opening: String {
    var text = "# \(input.name)\n\n\(input.summary)\n\n"
    if trials.isPartial {
      text += "**Partial: \(trials.records.count) of \(trials.plannedCount) trials.**\n\n"
    }
    text += "Written by\n\n```\n\(input.command)\n```\n\n"
    let curves = curvePaths.map { "[\($0)](\($0))" }
    text += "All numbers: \((["[results.csv](results.csv)"] + curves).joined(separator: ", ")). "
    text += "The same page for a browser: [index.html](index.html). "
    text += "The tables in LaTeX: [tables.tex](tables.tex). "
    text += "How to read them: `Documentation/Reports.md`.\n"
    return text
  }

  private func text(of section: ReportSection) -> String {
    let dataset = section.group.dataset
    let mark = dataset.surrogate.map { " — SURROGATE \($0)" } ?? ""
    var blocks = ["## \(dataset.name), \(section.group.split.rule)\(mark)\n"]
    blocks += section.tables.map { text(of: $0) }
    if !section.learning.isEmpty {
      blocks.append(Self.folded("Learning curves", section.learning.map(\.markdown)))
    }
    return blocks.joined(separator: "\n")
  }

  private func text(of section: ReportSection.TableSection) -> String {
    let table = section.table
    var blocks = [
      "### \(table.dataset.name) \(table.task.displayName): mAP@all\n",
      MainTable.printed(table).markdown,
      ProtocolLine(table: table, measure: .meanAveragePrecision).markdown,
      Self.folded(
        "Worst … best order inside ties (database order)",
        [MainTable.tieBounds(of: table).markdown, Self.small("protocol as above")]),
    ]
    let significance = SignificanceText.printed(table).markdown
    if !significance.isEmpty {
      blocks.append(
        Self.folded(
          "Significance: each method against the best of its column",
          [significance, Self.small(SignificanceText.method)]))
    }
    if let plot = section.byCodeLength { blocks.append(plot.markdown) }
    blocks += section.againstKnob.map(\.markdown)
    blocks += input.comparisons.filter { $0.dataset == table.dataset.name }.compactMap {
      GapTable(comparison: $0, table: table).content?.markdown
    }
    let precision = PrecisionTable.printed(table).markdown
    if !precision.isEmpty {
      blocks += [
        "### \(table.dataset.name) \(table.task.displayName): P@k\n", precision,
        ProtocolLine(table: table, measure: .precisionAtTop).markdown,
      ]
    }
    if !section.precisionAtTop.isEmpty {
      blocks.append(Self.folded("P@k curves", section.precisionAtTop.map(\.markdown)))
    }
    if !section.precisionRecall.isEmpty {
      blocks.append(
        Self.folded(
          "Precision–recall curves by Hamming radius, pooled over all pairs",
          section.precisionRecall.map(\.markdown)))
    }
    let further = FurtherMeasuresTable.printed(table).markdown
    if !further.isEmpty {
      blocks.append(
        Self.folded(
          "Other measures",
          [further, ProtocolLine(table: table, measure: .further(table.measures)).markdown]))
    }
    blocks += section.furtherCurves.filter { !$0.plots.isEmpty }.map {
      Self.folded($0.summary, $0.plots.map(\.markdown))
    }
    return blocks.joined(separator: "\n")
  }

  private static func small(_ text: String) -> String { "<sub>\(text)</sub>\n" }

  private static func folded(_ summary: String, _ blocks: [String]) -> String {
    "<details><summary>\(summary)</summary>\n\n\(blocks.joined(separator: "\n"))\n</details>\n"
  }
}
