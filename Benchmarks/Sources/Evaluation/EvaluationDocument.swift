import Contest
import Foundation

/// The Markdown document of one run.
struct EvaluationDocument {
  /// The code lengths of each shape.
  let groups: [[Comparison]]
  let large: Comparison
  let rounds: Int
  /// Load averages before, between and after the comparisons.
  let loadAverages: [Double]

  var text: String {
    let groups = groups.map { $0.sorted { $0.bits < $1.bits } }
    let comparisons = groups.flatMap { $0 }
    let peer = comparisons.lazy.compactMap(\.peer).first
    let difference = comparisons.compactMap(\.checkDifference).max()
    let agreement = difference.map {
      " All programs were checked before: mAP@all in database order of \(Setting.checkedQueries) "
        + "queries differs by \(String(format: "%.0e", $0)) at most between Crossbit and "
        + "NumPy, and faiss returns the same "
        + "distances."
    }
    let loads = [loadAverages.min(), loadAverages.max()].map { $0.map { number($0, 2) } ?? "–" }
    return """
      # Evaluation

      Written by `make bench`; figures belong to this machine: \(Machine.description), load \
      average \(loads[0]) to \(loads[1]) over the run.\
      \(peer.map { " Peers: \($0.name) (\($0.library))." } ?? "")

      Queries × items, \(Setting.labelCount) labels of which an item has \
      \(number(large.facts.labelsPerQuery, 1)) on average, label c with probability 0.37 · 0.9^c; \
      \(number(large.facts.relevantShare * 100, 0)) % of all pairs share one. Codes follow the \
      labels, with one bit in eight turned. The programs take turns, \(rounds) rounds; figures are \
      **nanoseconds a query–item pair**, medians over rounds with the least and the greatest in \
      brackets, and × is the median of the ratios to Crossbit within a round. One thread where \
      nothing else is said.\(agreement ?? "")

      \(groups.map(section).joined(separator: "\n\n"))

      - **Crossbit**: from packed codes and label sets to `mAP@all` (expected, worst and best), \
      P@k at \(Setting.cutoffs.map(String.init).joined(separator: ", ")) and precision and \
      recall by radius, all queries. **database order too**: also the values that a stable sort gives.\
      \(peer == nil ? "" : Self.peerLegend)

      \(LargeSection(comparison: large).text)

      \(KernelSection(comparisons: comparisons + [large]).text)

      """
  }

  private static let peerLegend = """

    - **NumPy, histograms**: popcounts of packed codes, two `bincount`s a query, expected \
    `mAP@all`; the cheapest way to the exact number in NumPy.
    - **NumPy, argsort loop**: ±1 codes, one product and one `argsort` a query, `mAP@all`.
    - **PyTorch, per-query loop**: the same with `torch.sort`, as cross-modal hashing code does.
    - **faiss**: `IndexBinaryFlat.search` alone, no relevance, no measure; by heap (its default) \
    or by counting (`use_heap = False`).
    - Peers run on the number of queries in their rows; their cost is linear in it.
    """

  private func section(_ group: [Comparison]) -> String {
    guard let first = group.first else { return "" }
    var lines = ["## \(first.shape.name)", ""]
    lines.append(
      "| program | queries | " + group.map { "\($0.bits) bits | ×" }.joined(separator: " | ")
        + " |")
    lines.append("|---|--:|" + String(repeating: "--:|--:|", count: group.count))
    for entry in first.entries {
      var cells = [entry.program.title, grouped(entry.queryCount)]
      for comparison in group {
        guard let entry = comparison.entry(entry.program.name) else { continue }
        cells += [Self.nanoseconds(entry), Self.ratio(comparison.ratio(entry))]
      }
      lines.append("| " + cells.joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n")
  }

  /// The median and the range of an entry.
  static func nanoseconds(_ entry: Comparison.Entry) -> String {
    let values = entry.nanoseconds
    let ends = [values.min() ?? 0, values.max() ?? 0]
    return "\(significant(median(values))) [\(significant(ends[0]))–\(significant(ends[1]))]"
  }

  private static func ratio(_ value: Double) -> String {
    value == 1 ? "1" : significant(value)
  }

  /// A number with about three digits.
  static func significant(_ value: Double) -> String {
    number(value, value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3)
  }
}
