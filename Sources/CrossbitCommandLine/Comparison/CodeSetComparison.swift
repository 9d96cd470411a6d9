import CodeSets
import Foundation
import Retrieval

/// Code sets held against each other on the same queries, pair by pair.
struct CodeSetComparison {
  /// A code set under the name that tables print.
  struct Contestant {
    let name: String
    let set: CodeSet
  }

  /// What is compared, and how often it is resampled.
  struct Settings {
    var measure = Measure.meanAveragePrecision
    /// Rounds of the randomisation test and of the bootstrap.
    var rounds = 10_000
    /// Decides all randomness.
    var seed: UInt64 = 0
    /// Share of resampled means inside an interval.
    var confidence = 0.95
  }

  /// Two sets in one task; `first` and `second` are positions among the contestants.
  struct Pair {
    let task: String
    let first: Int
    let second: Int
    /// Queries that both have a value for; means and tests are over these.
    let queryCount: Int
    let firstMean: Double
    let secondMean: Double
    /// Mean of the first minus that of the second.
    let difference: Double
    let interval: ClosedRange<Double>
    /// Two-sided p-value of the paired randomisation test.
    let pValue: Double
    /// The same after Holm's correction over all pairs.
    var adjustedPValue: Double
  }

  let contestants: [Contestant]
  let settings: Settings
  /// Task by task, every pair in the order of the contestants.
  let pairs: [Pair]
  /// Tasks that some set has no codes for.
  let leftOut: [String]

  /// Compares every pair of sets in every task that all of them have.
  ///
  /// - Throws: ``ComparisonProblem`` when the sets are not over the same items, have no task in
  ///   common, or the measure does not fit.
  /// - Precondition: There are two contestants or more.
  init(_ contestants: [Contestant], settings: Settings, threads: Int) throws {
    precondition(contestants.count >= 2, "two sets to compare, not \(contestants.count)")
    guard settings.measure.mean == .answerable else {
      throw ComparisonProblem.unpairedMean(measure: settings.measure.description)
    }
    for contestant in contestants.dropFirst() {
      try ComparisonProblem.checkLabels(contestants[0], contestant)
    }
    self.contestants = contestants
    self.settings = settings
    let tasks = try Self.commonTasks(of: contestants)
    leftOut = tasks.leftOut
    let pairings = try tasks.common.flatMap { task in
      let values = try contestants.map {
        try $0.values(of: settings.measure, task: task, threads: threads)
      }
      return try contestants.indices.flatMap { first in
        try contestants.indices.filter { $0 > first }.map { second in
          try Pairing(task: task, first: first, second: second, values: values)
        }
      }
    }
    let resampled = PairedComparison.resampled(
      pairings.map(\.differences), seed: settings.seed, rounds: settings.rounds,
      confidence: settings.confidence, threads: threads)
    var pairs = try zip(pairings, resampled).map { pairing, resampled in
      guard let resampled else {
        throw ComparisonProblem.nothingToCompare(
          first: contestants[pairing.first].name, second: contestants[pairing.second].name,
          task: pairing.task)
      }
      return Pair(pairing, resampled)
    }
    let adjusted = holmAdjusted(pairs.map(\.pValue))
    for index in pairs.indices { pairs[index].adjustedPValue = adjusted[index] }
    self.pairs = pairs
  }

  /// The tasks of the first set that all have, and all other tasks that some set has.
  private static func commonTasks(
    of contestants: [Contestant]
  ) throws(ComparisonProblem) -> (common: [String], leftOut: [String]) {
    let names = contestants.map { $0.set.tasks.map(\.name) }
    let common = names[0].filter { name in names.allSatisfy { $0.contains(name) } }
    guard !common.isEmpty else {
      throw .noCommonTask(
        zip(contestants, names).map { ComparisonProblem.Named(name: $0.name, value: $1) })
    }
    var leftOut: [String] = []
    for name in names.joined() where !common.contains(name) && !leftOut.contains(name) {
      leftOut.append(name)
    }
    return (common, leftOut)
  }
}

/// Two sets in one task before anything is resampled.
private struct Pairing {
  let task: String
  let first: Int
  let second: Int
  let differences: PairedComparison
  /// Means over the queries that both have a value for.
  let means: (first: Double, second: Double)

  /// Pairs two of the lists of values, one list a contestant.
  init(task: String, first: Int, second: Int, values: [[Double?]]) throws(RetrievalError) {
    self.task = task
    self.first = first
    self.second = second
    differences = try PairedComparison(values[first], values[second])
    var sums = (first: 0.0, second: 0.0)
    for case (let first?, let second?) in zip(values[first], values[second]) {
      sums.first += first
      sums.second += second
    }
    let count = Double(max(1, differences.differences.count))
    means = (sums.first / count, sums.second / count)
  }
}

extension CodeSetComparison.Pair {
  fileprivate init(_ pairing: Pairing, _ resampled: PairedComparison.Resampled) {
    self.init(
      task: pairing.task, first: pairing.first, second: pairing.second,
      queryCount: pairing.differences.differences.count, firstMean: pairing.means.first,
      secondMean: pairing.means.second, difference: pairing.differences.meanDifference,
      interval: resampled.interval, pValue: resampled.pValue, adjustedPValue: resampled.pValue)
  }
}

extension CodeSetComparison.Contestant {
  /// The value of each query, expected over ties; nil where it has none.
  fileprivate func values(
    of measure: Measure, task name: String, threads: Int
  ) throws -> [Double?] {
    guard let task = set.tasks.first(where: { $0.name == name }) else { return [] }
    do {
      let result = try evaluate(
        queries: task.queries, queryLabels: set.queryLabels, retrieval: task.retrieval,
        retrievalLabels: set.retrievalLabels,
        measures: MeasureSpecification(databaseOrder: false, measures: [measure]),
        ownRows: task.ownRows, threads: threads)
      return result.measures[0].values
    } catch {
      throw ComparisonProblem.unfitMeasure(
        name: self.name, measure: measure.description, reason: error.description)
    }
  }
}
