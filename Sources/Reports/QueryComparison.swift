package import ExperimentKit
import Foundation
import Retrieval
import Tensors

/// A method held against the best of its column, query by query.
///
/// A query's value is its expected average precision, a mean over the seeds that both have. What is
/// tested is whether other queries would have put the two in the same order; seeds are not resampled.
package struct QueryComparison: Sendable, Equatable {
  /// The method that is not the best.
  package let subject: ReportSubject
  /// The method with the greatest mean of this code length and kind of database codes.
  package let best: ReportSubject
  /// Kind of database codes of both.
  package let databaseCodes: DatabaseCodes
  /// Code length.
  package let bits: Int
  /// Seeds that both have, ascending.
  package let seeds: [UInt64]
  /// Number of queries that both have a value for.
  package let queryCount: Int
  /// Mean difference over queries, the method minus the best.
  package let difference: Double
  /// Paired bootstrap interval of the difference, 95 %.
  package let interval: ClosedRange<Double>
  /// Two-sided p-value of the paired randomisation test.
  package let pValue: Double
  /// The same after Holm's correction over all comparisons of the table.
  package var adjustedPValue: Double

  /// Whether the method lies below the best by more than the choice of queries explains.
  package var isSignificantlyBelow: Bool { difference < 0 && adjustedPValue < Self.level }

  /// Level below which an adjusted p-value counts.
  static let level = 0.05
  /// Rounds of the randomisation test and of the bootstrap.
  static let rounds = 10_000
  /// The same for every pair, so that a p-value does not move when another method is added.
  private static var seed: UInt64 {
    var random = RandomStream(seed: 0).stream("comparison of methods over queries")
    return random.next()
  }
}

extension QueryComparison {
  /// Every method of a table against the best of its column, in the order of code lengths and rows.
  ///
  /// Only methods with the same kind of database codes are compared. A pair without a common seed,
  /// or whose trials keep no values of queries, is left out.
  static func all(
    of rows: [ResultTable.Row], in group: FinishedTrials.Group, task: RetrievalTask
  ) -> [QueryComparison] {
    let compared = group.codeLengths.flatMap { bits in
      DatabaseCodes.allCases.flatMap { kind in
        pairs(of: rows.filter { $0.databaseCodes == kind }, in: group, task: task, bits: bits)
      }
    }
    let resampled = PairedComparison.resampled(
      compared.map(\.values), seed: seed, rounds: rounds,
      threads: ProcessInfo.processInfo.activeProcessorCount)
    var comparisons = zip(compared, resampled).compactMap { pair, resampled in
      resampled.map { QueryComparison(pair, $0) }
    }
    let adjusted = holmAdjusted(comparisons.map(\.pValue))
    for index in comparisons.indices { comparisons[index].adjustedPValue = adjusted[index] }
    return comparisons
  }

  /// A method and the best of its column with their values.
  private struct Pair {
    let row: ResultTable.Row
    let best: ResultTable.Row
    let bits: Int
    let seeds: [UInt64]
    let values: PairedComparison
  }

  private init(_ pair: Pair, _ resampled: PairedComparison.Resampled) {
    self.init(
      subject: pair.row.subject, best: pair.best.subject, databaseCodes: pair.row.databaseCodes,
      bits: pair.bits, seeds: pair.seeds, queryCount: pair.values.differences.count,
      difference: pair.values.meanDifference, interval: resampled.interval,
      pValue: resampled.pValue, adjustedPValue: resampled.pValue)
  }

  /// The best of some rivals at a code length, with each of the others.
  private static func pairs(
    of rivals: [ResultTable.Row], in group: FinishedTrials.Group, task: RetrievalTask, bits: Int
  ) -> [Pair] {
    let finished = rivals.compactMap { row in
      row.cells[bits].map { (row: row, mean: $0.meanAveragePrecision.expected.mean) }
    }
    // Of equal means the first row counts as the best.
    guard
      let greatest = finished.map(\.mean).max(),
      let place = finished.firstIndex(where: { $0.mean == greatest })
    else { return [] }
    let best = finished[place].row
    let bestValues = QueryValues(of: best, in: group, bits: bits, task: task)
    return finished.indices.filter { $0 != place }.compactMap { index in
      let row = finished[index].row
      let values = QueryValues(of: row, in: group, bits: bits, task: task)
      let seeds = Set(values.bySeed.keys).intersection(bestValues.bySeed.keys).sorted()
      // Lists of different lengths are not those of the same queries.
      let paired = try? PairedComparison(values.mean(over: seeds), bestValues.mean(over: seeds))
      guard let paired, !paired.differences.isEmpty else { return nil }
      return Pair(row: row, best: best, bits: bits, seeds: seeds, values: paired)
    }
  }
}

/// Expected average precision of each query, by seed.
private struct QueryValues {
  let bySeed: [UInt64: [Double?]]

  init(
    of row: ResultTable.Row, in group: FinishedTrials.Group, bits: Int, task: RetrievalTask
  ) {
    var bySeed: [UInt64: [Double?]] = [:]
    for record in group.records(of: SubjectKey(row.subject.subject), bits: bits) {
      let result = record.results.first {
        $0.task == task && $0.databaseCodes == row.databaseCodes
      }?.result
      // An older record may lack the values of its queries.
      if let result, result.averagePrecision.count == result.queryCount {
        bySeed[record.seed] = result.averagePrecision
      }
    }
    self.bySeed = bySeed
  }

  /// Mean over seeds for each query; nil where a seed has no value, nothing without seeds.
  func mean(over seeds: [UInt64]) -> [Double?] {
    let lists = seeds.compactMap { bySeed[$0] }
    guard let first = lists.first, lists.allSatisfy({ $0.count == first.count }) else { return [] }
    return first.indices.map { query in
      let values = lists.compactMap { $0[query] }
      return values.count == lists.count
        ? values.reduce(0, +) / Double(values.count) : nil
    }
  }
}
