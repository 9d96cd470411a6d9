import CodeSets
import ExperimentKit
import Reports
import Retrieval

/// A comparison in aligned columns with its protocol, for a terminal.
struct ComparisonTable {
  let comparison: CodeSetComparison

  /// The sets by letter, a line for each pair and task, and what was done.
  var text: String {
    [sets, pairs, protocolLines].joined(separator: "\n")
  }

  private var sets: String {
    comparison.contestants.indices.map { index in
      let contestant = comparison.contestants[index]
      return "\(Self.letter(index))  \(contestant.name) (\(contestant.set.bits) bits)\n"
    }.joined()
  }

  /// A, B, … Z, then S27 and so on.
  private static func letter(_ index: Int) -> String {
    guard index < 26 else { return "S\(index + 1)" }
    return String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index)))
  }

  private var pairs: String {
    var table = AlignedColumns([
      ("task", .left), ("pair", .left), ("first", .right), ("second", .right),
      ("difference", .right), ("\(percentage) interval", .right), ("p", .right),
      ("p, Holm", .right),
      ("queries", .right),
    ])
    for pair in comparison.pairs {
      let (low, high) = (pair.interval.lowerBound, pair.interval.upperBound)
      table.append([
        RetrievalTask(rawValue: pair.task)?.displayName ?? pair.task,
        "\(Self.letter(pair.first)) − \(Self.letter(pair.second))", pair.firstMean.fixed(4),
        pair.secondMean.fixed(4), pair.difference.signed(4), "\(low.signed(4)) … \(high.signed(4))",
        pair.pValue.fixed(decimalsOfP), pair.adjustedPValue.fixed(decimalsOfP),
        "\(pair.queryCount)",
      ])
    }
    return table.text
  }

  private var percentage: String {
    "\((comparison.settings.confidence * 100).significant(6)) %"
  }

  /// Decimals that show the least p-value that so many rounds can give.
  private var decimalsOfP: Int { max(4, "\(comparison.settings.rounds)".count - 1) }

  private var protocolLines: String {
    let settings = comparison.settings
    let count = comparison.pairs.count
    return """
      \(settings.measure): \(settings.measure.definition), expected over ties; means over the \
      queries that both sets of a pair have a value for
      difference: first − second · interval: paired bootstrap over queries, percentiles of \
      \(settings.rounds) resamples
      p: two-sided paired randomisation test of the mean difference, \(settings.rounds) rounds, so \
      never below 1/\(settings.rounds + 1) · p, Holm: corrected over the \(count) \
      \(count == 1 ? "comparison" : "comparisons") above · seed \(settings.seed)
      what is tested is the choice of queries for these very codes, not another training · \
      crossbit \(ProgramVersion.current)

      """
  }
}
