import ArgumentParser
import CodeSets
import Foundation
import Retrieval

/// What is to be measured.
struct MeasureArguments: ParsableArguments {
  @Option(
    name: .customLong("measure"),
    help: ArgumentHelp(
      "A measure instead of the usual list; repeatable. Names are listed above.", valueName: "name")
  )
  var measureNames: [String] = []

  @Option(
    name: .customLong("curve"),
    help: ArgumentHelp(
      "A curve instead of the usual list; repeatable. Names are listed above.", valueName: "name"))
  var curveNames: [String] = []

  @Flag(
    inversion: .prefixedNo,
    help: "Whether to measure ties in database order too, which takes a slower pass.")
  var databaseOrder = true

  @Option(help: "Threads to spread the queries over; all cores if absent.")
  var threads: Int?

  /// Number of threads.
  var threadCount: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

  /// Whether nothing is said of what is measured.
  var areUsual: Bool { measureNames.isEmpty && curveNames.isEmpty && databaseOrder }

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("--threads is at least 1, not \(threads).")
    }
  }

  /// The measures of a task, in the order given; the usual ones where none is named.
  ///
  /// - Throws: `RetrievalError` for a name that means nothing.
  func measures(of task: CodeSet.Task) throws(RetrievalError) -> [Measure] {
    guard !measureNames.isEmpty else { return UsualMeasures.measures(of: task) }
    var measures: [Measure] = []
    for name in measureNames {
      let measure = try Measure(name: name)
      if !measures.contains(measure) { measures.append(measure) }
    }
    return measures
  }

  /// The curves of a task, in the order given; the usual ones where none is named.
  ///
  /// - Throws: `RetrievalError` for a name that means nothing.
  func curves(of task: CodeSet.Task) throws(RetrievalError) -> [RetrievalCurve] {
    guard !curveNames.isEmpty else { return UsualMeasures.curves(of: task) }
    var curves: [RetrievalCurve] = []
    for name in curveNames {
      let curve = try RetrievalCurve(name: name)
      if !curves.contains(curve) { curves.append(curve) }
    }
    return curves
  }
}

/// What is measured unless something is named.
enum UsualMeasures {
  /// Measures as far as the retrieval set and the code length allow them.
  static func measures(of task: CodeSet.Task) -> [Measure] {
    let size = task.rankedCount
    var kinds: [Measure.Kind] = [.averagePrecision]
    // 50 and 5000 are the cuts of most papers.
    for k in [50, 5000] where k <= size {
      kinds += Measure.Divisor.allCases.map { .averagePrecisionAt(.rank(k), divisor: $0) }
    }
    kinds.append(.averagePrecisionAtR)
    let cutoffs = [1, 10, 100, 1000].filter { $0 <= size }
    kinds += cutoffs.map { .precision(k: $0) } + cutoffs.map { .recall(k: $0) }
    if task.queries.bits >= 2 {
      kinds += Measure.LookupValue.allCases.map { .lookup(radius: 2, $0, emptyBall: .zero) }
    }
    for gain in Measure.Gain.allCases {
      kinds += [10, 100].filter { $0 <= size }.map { .normalizedDiscountedGain(k: $0, gain: gain) }
    }
    if size >= 100 { kinds.append(.averageGain(k: 100)) }
    kinds.append(.weightedAveragePrecision)
    return kinds.map { Measure($0) }
  }

  /// Curves as far as the retrieval set allows them.
  static func curves(of task: CodeSet.Task) -> [RetrievalCurve] {
    let cutoffs = [1, 5, 10, 50, 100, 500, 1000, 5000].filter { $0 <= task.rankedCount }
    return [.radius(.micro, stopsEarly: false), .radius(.macro, stopsEarly: false)]
      + [.rank(levels: 11)] + (cutoffs.isEmpty ? [] : [.top(cutoffs)])
  }
}

extension CodeSet.Task {
  /// Items that are in every query's ranking.
  var rankedCount: Int {
    retrieval.count - (ownRows?.contains { $0 != nil } == true ? 1 : 0)
  }
}
