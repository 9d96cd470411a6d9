import ExperimentKit

/// What a page says about the comparisons of a table.
enum SignificanceText {
  /// Sign of a cell that is significantly below the best of its column.
  static let sign = "†"

  /// The part of the line under the table; nothing without a comparison.
  static func legend(of table: ResultTable) -> [String] {
    let count = table.comparisons.count
    guard count > 0 else { return [] }
    let isMarked = table.rows.contains { row in
      table.codeLengths.contains { table.isSignificantlyBelowBest(row, bits: $0) }
    }
    let opening =
      isMarked
      ? "\(sign): significantly below the best of its column among methods with the same database "
        + "codes"
      : "no cell is significantly below the best of its column among methods with the same "
        + "database codes"
    let level = QueryComparison.level.significant(2)
    let closing =
      isMarked ? "; bold needs no sign: the \(sign) of the others say which of them it beats" : ""
    return [
      "\(opening) (p < \(level) after Holm's correction over \(count) "
        + "\(count == 1 ? "comparison" : "comparisons"); paired randomisation test, "
        + "\(QueryComparison.rounds) rounds; about queries, not about seeds)\(closing)"
    ]
  }

  /// A row for each comparison; no rows without a comparison.
  static func printed(_ table: ResultTable) -> PrintedTable {
    var printed = PrintedTable([
      ("method", .leading), ("best of the column", .leading), ("database codes", .leading),
      ("bits", .trailing), ("difference", .trailing), ("95 % interval", .trailing),
      ("p", .trailing), ("p, Holm", .trailing), ("queries", .trailing), ("seeds", .trailing),
    ])
    for comparison in table.comparisons {
      let adjusted = comparison.adjustedPValue.fixed(4)
      printed.append(
        [
          comparison.subject.title, comparison.best.title, comparison.databaseCodes.rawValue,
          String(comparison.bits), comparison.difference.signed(4),
          "\(comparison.interval.lowerBound.signed(4)) … \(comparison.interval.upperBound.signed(4))",
          comparison.pValue.fixed(4), comparison.isSignificantlyBelow ? adjusted + sign : adjusted,
          String(comparison.queryCount), String(comparison.seeds.count),
        ].map { PrintedText($0) })
    }
    return printed
  }

  /// How the numbers of the table are found.
  static let method =
    "difference: mean over queries of the method's expected average precision minus that of "
    + "the best, each a mean over the seeds that both have · interval: paired bootstrap over "
    + "queries, percentiles of \(QueryComparison.rounds) resamples · p: two-sided paired "
    + "randomisation test with \(QueryComparison.rounds) rounds, so never below 1 / "
    + "\(QueryComparison.rounds + 1) · p, Holm: corrected over all rows of this table · the codes are "
    + "taken as they are: whether other seeds would agree, the ± over seeds says"
}
