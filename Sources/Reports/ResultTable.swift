package import ExperimentKit
package import ReportedNumbers
package import Retrieval

/// The results of one task on one split of one data set: methods down, code lengths across.
package struct ResultTable: Sendable, Equatable {
  /// The data set.
  package let dataset: DatasetProvenance
  /// The split.
  package let split: SplitProvenance
  /// The task.
  package let task: RetrievalTask
  /// Number of queries.
  package let queryCount: Int
  /// Number of queries with something relevant to find.
  package let answerableCount: Int
  /// Code lengths with at least one finished trial, ascending.
  package let codeLengths: [Int]
  /// Seeds with at least one finished trial, ascending.
  package let seeds: [UInt64]
  /// Further measures of the trials, in the order of the manifest.
  package let measures: [Measure]
  /// Further curves of the trials, in the order of the manifest.
  package let curves: [RetrievalCurve]
  /// Methods with own-modality codes, methods with joint codes, then reference points.
  package let rows: [Row]
  /// Each method against the best of its column, by code length.
  package let comparisons: [QueryComparison]

  /// A method or reference point with one kind of database codes.
  package struct Row: Sendable, Equatable {
    /// Who made the codes.
    package let subject: ReportSubject
    /// How the retrieval set was encoded.
    package let databaseCodes: DatabaseCodes
    /// Finished cells by code length.
    package let cells: [Int: Cell]
  }

  /// One configuration at one code length, over its seeds.
  package struct Cell: Sendable, Equatable {
    /// Seeds in ascending order.
    package let seeds: [UInt64]
    /// `mAP@all` over the whole list.
    package let meanAveragePrecision: TieSummary
    /// P@k for each cut-off, ascending.
    package let precisionAtTop: [Int: TieSummary]
    /// The further measures that every seed has.
    package let measures: [Measure: TieSummary]
    /// What papers print for this cell, in the order of the comparisons.
    package let reported: [ReportedNumber]

    /// Our mean minus the paper's value.
    package func gap(to reported: ReportedNumber) -> Double {
      meanAveragePrecision.expected.mean - reported.value
    }
  }

  /// One measure over seeds, under every tie order.
  package struct TieSummary: Sendable, Equatable {
    /// Exact mean over tie orders.
    package let expected: SeedSummary
    /// Ties in database order; nil where a trial did not measure it.
    package let databaseOrder: SeedSummary?
    /// Mean over seeds of the least value.
    package let worst: Double
    /// Mean over seeds of the greatest value.
    package let best: Double

    init(_ bounds: [TieBounds]) {
      expected = SeedSummary(bounds.map(\.expected))
      let ordered = bounds.compactMap(\.databaseOrder)
      databaseOrder = ordered.count == bounds.count ? SeedSummary(ordered) : nil
      worst = SeedSummary(bounds.map(\.worst)).mean
      best = SeedSummary(bounds.map(\.best)).mean
    }
  }
}

extension ResultTable {
  /// Place of a cell among the methods of its code length.
  package enum Mark: Sendable, Equatable {
    case best, second
  }

  /// The mark of a row at a code length, if it has one.
  ///
  /// Only methods with the same kind of database codes compete: joint codes have seen the query's
  /// modality. Values are compared as printed, with four decimals, so equal prints share a mark; the
  /// next lower print is second. A method without a rival gets no mark.
  package func mark(of row: Row, bits: Int) -> Mark? {
    guard !row.subject.isReference, let own = Self.printed(row.cells[bits]) else { return nil }
    let rivals = rows.filter {
      !$0.subject.isReference && $0.databaseCodes == row.databaseCodes
    }.compactMap { Self.printed($0.cells[bits]) }
    guard rivals.count > 1 else { return nil }
    let places = Set(rivals).sorted(by: >)
    return own == places.first ? .best : own == places.dropFirst().first ? .second : nil
  }

  /// The comparison of a cell with the best of its column; nil for the best and where there is none.
  package func comparison(of row: Row, bits: Int) -> QueryComparison? {
    comparisons.first {
      $0.bits == bits && $0.databaseCodes == row.databaseCodes && $0.subject == row.subject
    }
  }

  /// Whether a cell gets a †: significantly below the best, and not printed as the best itself.
  package func isSignificantlyBelowBest(_ row: Row, bits: Int) -> Bool {
    guard let comparison = comparison(of: row, bits: bits) else { return false }
    return comparison.isSignificantlyBelow && mark(of: row, bits: bits) != .best
  }

  /// The mean as tables print it; such texts of 0 … 1 sort like their numbers.
  private static func printed(_ cell: Cell?) -> String? {
    cell?.meanAveragePrecision.expected.mean.fixed(4)
  }

  /// Most seeds that any cell has: the number that complete cells are expected to have.
  var fullSeedCount: Int {
    rows.flatMap(\.cells.values).map(\.seeds.count).max() ?? 0
  }
}
