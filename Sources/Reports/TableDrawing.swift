import ExperimentKit
import HashingMethods
import Retrieval

/// The plots of one table's rows.
struct TableDrawing {
  let group: FinishedTrials.Group
  let table: ResultTable

  /// mAP against code length on a logarithmic axis; nil for a single code length.
  var byCodeLength: Plot? {
    let series = table.rows.map { row in
      line(of: row) {
        table.codeLengths.compactMap { bits in
          row.cells[bits].map {
            Plot.Point(x: Double(bits), y: $0.meanAveragePrecision.expected.mean)
          }
        }
      }
    }
    guard table.codeLengths.count > 1 else { return nil }
    return plot(
      of: series, title: heading, xLabel: "code length in bits", yLabel: "mAP@all",
      xScale: .logarithmic(at: table.codeLengths.map { Double($0) }))
  }

  /// Mean average precision and every further measure against a varied knob, a line for each method
  /// and code length.
  func against(_ axis: KnobAxis) -> [(measure: String, plot: Plot)] {
    let rows = table.rows.filter { $0.databaseCodes == .ownModality }.compactMap { row in
      axis.position(of: row.subject.subject).map { (place: $0, row: row) }
    }.sorted { $0.place < $1.place }
    guard rows.count > 1 else { return [] }
    var seen: Set<KnobKind> = []
    let kinds = rows.map { KnobKind($0.row.subject.subject) }.filter { seen.insert($0).inserted }
    let measures: [(name: String, value: (ResultTable.Cell) -> Double?)] =
      [("mAP@all", { $0.meanAveragePrecision.expected.mean })]
      + table.measures.map { measure in
        (measure.description, { $0.measures[measure]?.expected.mean })
      }
    return measures.compactMap { name, value in
      let series = kinds.flatMap { kind in
        table.codeLengths.map { bits in
          Plot.Series(
            name: "\(kind.words), \(bits) bits",
            points: rows.filter { KnobKind($0.row.subject.subject) == kind }.compactMap {
              place, row in
              row.cells[bits].flatMap(value).map { Plot.Point(x: place, y: $0) }
            }, isReference: false)
        }
      }.filter { $0.points.count > 1 }
      guard !series.isEmpty else { return nil }
      let points = series.flatMap(\.points)
      return (
        name,
        Plot(
          title: heading, xLabel: axis.label, yLabel: name,
          xScale: .linear(covering: points.map(\.x)), yScale: .linear(covering: points.map(\.y)),
          series: series, marked: axis.marked)
      )
    }
  }

  /// P@k against k on a logarithmic axis; nil with fewer than two cut-offs.
  func precisionAtTop(bits: Int) -> Plot? {
    let series = table.rows.map { row in
      line(of: row) {
        (row.cells[bits]?.precisionAtTop ?? [:]).sorted { $0.key < $1.key }.map {
          Plot.Point(x: Double($0.key), y: $0.value.expected.mean)
        }
      }
    }.filter { $0.points.count > 1 }
    let cutoffs = series.flatMap(\.points).map(\.x)
    guard !cutoffs.isEmpty else { return nil }
    return plot(
      of: series, title: "\(heading), \(bits) bits", xLabel: "k", yLabel: "P@k",
      xScale: .logarithmic(covering: cutoffs))
  }

  /// Precision against recall of Hamming balls; nil when it was not measured.
  func precisionRecall(bits: Int) -> Plot? {
    let series = table.rows.map { row in
      line(of: row) {
        Curves.precisionRecall(
          of: group.results(
            of: SubjectKey(row.subject.subject), bits: bits, task: table.task,
            databaseCodes: row.databaseCodes)
        )
        // A ball without any relevant item, often an empty one, has no place on the curve.
        .filter { $0.recall.mean > 0 }
        .map { Plot.Point(x: $0.recall.mean, y: $0.precision.mean) }
      }
    }.filter { $0.points.count > 1 }
    guard !series.isEmpty else { return nil }
    return plot(
      of: series, title: "\(heading), \(bits) bits", xLabel: "recall", yLabel: "precision",
      xScale: .linear(covering: [0, 1]))
  }

  /// A further curve: precision against recall, or against k on a logarithmic axis.
  ///
  /// Of the tie rules that a curve has, the expected one is drawn, else database order, else the
  /// worst; the axis names it.
  func further(_ curve: RetrievalCurve, bits: Int) -> Plot? {
    let lines = table.rows.map { row in
      Curves.further(
        curve,
        of: group.results(
          of: SubjectKey(row.subject.subject), bits: bits, task: table.task,
          databaseCodes: row.databaseCodes))
    }
    let orders = Set(lines.joined().map(\.order))
    let order = [nil, .expected, .databaseOrder, .worst].first { orders.contains($0) } ?? nil
    let series = zip(table.rows, lines).map { row, lines in
      line(of: row) {
        let points = lines.first { $0.order == order }?.points ?? []
        return points.compactMap { point in
          switch curve {
          case .top: Plot.Point(x: point.position, y: point.precision.mean)
          case .rank: Plot.Point(x: point.position, y: point.precision.mean)
          case .radius:
            // A ball without any relevant item, often an empty one, has no place on the curve.
            point.recall.mean > 0
              ? Plot.Point(x: point.recall.mean, y: point.precision.mean) : nil
          }
        }
      }
    }.filter { $0.points.count > 1 }
    guard !series.isEmpty else { return nil }
    let title = "\(heading), \(bits) bits: \(curve.shortName)"
    if case .top = curve {
      return plot(
        of: series, title: title, xLabel: "k", yLabel: "precision of the first k items",
        xScale: .logarithmic(covering: series.flatMap(\.points).map(\.x)))
    }
    return plot(
      of: series, title: title, xLabel: "recall",
      yLabel: order == nil ? "precision" : "precision, ties in \(order.words)",
      xScale: .linear(covering: [0, 1]))
  }

  var heading: String { "\(table.dataset.plotName), \(table.task.displayName)" }

  func line(of row: ResultTable.Row, points: () -> [Plot.Point]) -> Plot.Series {
    let title = row.subject.plotTitle
    let name = row.databaseCodes == .joint ? "\(title), joint" : title
    return Plot.Series(name: name, points: points(), isReference: row.subject.isReference)
  }

  private func plot(
    of series: [Plot.Series], title: String, xLabel: String, yLabel: String, xScale: PlotScale
  ) -> Plot {
    let shown = series.filter { !$0.isReference || !Self.isFarAbove($0, of: series) }
    return Plot(
      title: title, xLabel: xLabel, yLabel: yLabel, xScale: xScale,
      yScale: .linear(covering: shown.flatMap(\.points).map(\.y)), series: shown)
  }

  /// Whether a reference point would take more than half of the axis for itself.
  ///
  /// The label oracle lies near 1; with it the lines of weak methods could not be told apart.
  private static func isFarAbove(_ reference: Plot.Series, of series: [Plot.Series]) -> Bool {
    let least = series.flatMap(\.points).map(\.y).min() ?? 0
    let methods = series.filter { !$0.isReference }.flatMap(\.points).map(\.y)
    guard let greatest = methods.max(), let own = reference.points.map(\.y).max() else {
      return false
    }
    return own > greatest && own - least > 2 * (greatest - least)
  }
}

/// What one line of a plot against a knob is about: rows of one method, not of two.
private struct KnobKind: Hashable {
  let method: String
  let fidelity: Fidelity?

  init(_ subject: TrialSubject) {
    method = subject.method
    fidelity = subject.fidelity
  }

  /// Identifier and fidelity; the rows' names tell the place on the axis, not the method.
  var words: String { "\(method) (\(fidelity?.rawValue ?? "reference"))" }
}

extension DatasetProvenance {
  /// The name for a plot, which may be seen without its table: a made-up modality is named.
  var plotName: String { surrogate.map { "\(name) (SURROGATE \($0))" } ?? name }
}

extension RetrievalCurve {
  /// The name without a list of cut-offs, which may be long.
  var shortName: String {
    if case .top = self { "PR(top)" } else { description }
  }

  /// What a page calls the plots of the curve.
  var words: String {
    switch self {
    case .radius(.micro, _): "precision–recall by Hamming radius, pooled over all pairs"
    case .radius(.macro, _): "precision–recall by Hamming radius, mean over answerable queries"
    case .rank: "precision–recall by rank, interpolated, mean over answerable queries"
    case .top: "precision of the first k items, mean over answerable queries"
    }
  }
}

extension TieOrder? {
  /// The tie rule in words, for an axis.
  fileprivate var words: String {
    switch self {
    case .databaseOrder: "database order"
    case .worst: "worst order"
    case .best: "best order"
    case .expected, nil: "all orders"
    }
  }
}
