import ExperimentKit
import HashingMethods
import Retrieval

/// The tables and plots of one split of one data set.
struct ReportSection {
  let group: FinishedTrials.Group
  let tables: [TableSection]
  /// Learning curves, one plot a method and stage.
  let learning: [NamedPlot]

  /// A table with its plots.
  struct TableSection {
    let table: ResultTable
    /// mAP against code length; nil for a single code length.
    let byCodeLength: NamedPlot?
    /// Each measure against the varied knob, one plot a measure.
    let againstKnob: [NamedPlot]
    /// P@k, one plot a code length.
    let precisionAtTop: [NamedPlot]
    /// Precision against recall, one plot a code length.
    let precisionRecall: [NamedPlot]
    /// The further curves, each with one plot a code length.
    let furtherCurves: [CurvePlots]

    var plots: [NamedPlot] {
      (byCodeLength.map { [$0] } ?? []) + againstKnob + precisionAtTop + precisionRecall
        + furtherCurves.flatMap(\.plots)
    }
  }

  /// The plots of one further curve.
  struct CurvePlots {
    /// What the page calls them.
    let summary: String
    let plots: [NamedPlot]
  }

  var plots: [NamedPlot] { tables.flatMap(\.plots) + learning }
}

/// A plot with the file it goes to.
struct NamedPlot {
  /// Path below the experiment's folder.
  let path: String
  let plot: Plot

  /// The plot as an image in Markdown.
  var markdown: String { "![\(plot.title)](\(path))\n" }
}

/// Gives every plot a file name that no other plot has.
struct PlotNames {
  private var taken: Set<String> = []

  /// A path made of the parts, numbered when it is taken already.
  mutating func path(_ parts: [String]) -> String {
    let stem = parts.map(\.slug).filter { !$0.isEmpty }.joined(separator: "-")
    let candidates = [stem] + (2...(taken.count + 2)).map { "\(stem)-\($0)" }
    let name = candidates.first { taken.insert($0).inserted } ?? stem
    return "\(Report.plotFolder)/\(name).svg"
  }
}

extension ReportSection {
  /// Draws the plots of a group's tables.
  init(
    group: FinishedTrials.Group, tables: [ResultTable], trials: FinishedTrials,
    knobAxis: KnobAxis? = nil, names: inout PlotNames
  ) {
    self.group = group
    var sections: [TableSection] = []
    for table in tables {
      let stem = [group.dataset.name, table.task.rawValue]
      let drawing = TableDrawing(group: group, table: table)
      sections.append(
        TableSection(
          table: table,
          byCodeLength: drawing.byCodeLength.map {
            NamedPlot(path: names.path(stem + ["map"]), plot: $0)
          },
          againstKnob: (knobAxis.map { drawing.against($0) } ?? []).map { measure, plot in
            NamedPlot(path: names.path(stem + ["knob", measure]), plot: plot)
          },
          precisionAtTop: table.codeLengths.compactMap { bits in
            drawing.precisionAtTop(bits: bits).map {
              NamedPlot(path: names.path(stem + ["\(bits)", "precision-at-k"]), plot: $0)
            }
          },
          precisionRecall: table.codeLengths.compactMap { bits in
            drawing.precisionRecall(bits: bits).map {
              NamedPlot(path: names.path(stem + ["\(bits)", "precision-recall"]), plot: $0)
            }
          },
          furtherCurves: table.curves.map { curve in
            CurvePlots(
              summary: "\(curve.shortName): \(curve.words)",
              plots: table.codeLengths.compactMap { bits in
                drawing.further(curve, bits: bits).map {
                  NamedPlot(path: names.path(stem + ["\(bits)", curve.shortName]), plot: $0)
                }
              })
          }))
    }
    self.tables = sections
    var learning: [NamedPlot] = []
    for (key, subject) in trials.subjects {
      for (stage, plot) in Self.learningPlots(of: group, key: key, subject: subject) {
        let parts = [
          group.dataset.name, subject.subject.method, subject.variant, "learning", stage,
        ]
        learning.append(NamedPlot(path: names.path(parts), plot: plot))
      }
    }
    self.learning = learning
  }

  /// Loss against step, a line for each code length, one plot a stage with at least two steps.
  private static func learningPlots(
    of group: FinishedTrials.Group, key: SubjectKey, subject: ReportSubject
  ) -> [(stage: String, plot: Plot)] {
    let curves = group.codeLengths.map { bits in
      (
        bits: bits,
        points: Curves.learning(of: group.records(of: key, bits: bits)).filter {
          $0.quantity == "loss"
        }
      )
    }
    var seen: Set<String> = []
    let stages = curves.flatMap(\.points).map(\.stage).filter { seen.insert($0).inserted }
    return stages.compactMap { stage in
      let series = curves.map { curve in
        Plot.Series(
          name: "\(curve.bits) bits",
          points: curve.points.filter { $0.stage == stage }.map {
            .init(x: Double($0.step), y: $0.value.mean)
          }, isReference: false)
      }.filter { $0.points.count > 1 }
      guard !series.isEmpty else { return nil }
      let points = series.flatMap(\.points)
      return (
        stage,
        Plot(
          title: "\(group.dataset.plotName): \(subject.plotTitle), \(stage)", xLabel: "step",
          yLabel: "mean loss", xScale: .linear(covering: points.map(\.x)),
          yScale: lossScale(points.map(\.y)), series: series)
      )
    }
  }

  /// Logarithmic where losses fall by more than a hundred, so that the end can be seen too.
  private static func lossScale(_ losses: [Double]) -> PlotScale {
    guard let least = losses.min(), let greatest = losses.max(), least > 0, greatest > 100 * least
    else { return .linear(covering: losses) }
    return .logarithmic(covering: losses)
  }
}
