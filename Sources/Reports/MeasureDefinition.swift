package import Retrieval

extension Measure {
  /// The name with the rule for ties among its options: `mAP@50(div=hits,ties=expected)`.
  func name(ties: String) -> String {
    let name = description
    return name.hasSuffix(")") ? "\(name.dropLast()),ties=\(ties))" : "\(name)(ties=\(ties))"
  }

  /// What the value of one query is, and how queries are averaged where that is not the usual way.
  package var definition: String {
    switch mean {
    case .answerable: valueDefinition
    case .unanswerableAsZero: valueDefinition + ", unanswerable queries count as 0"
    case .tenTooMany: valueDefinition + ", summed over queries and divided by ten too many (legacy)"
    }
  }

  private var valueDefinition: String {
    switch kind {
    case .averagePrecision: "average precision over the whole list"
    case .averagePrecisionAt(let cutoff, .firstRelevant):
      "mean precision at the first min(k, R) of the R relevant items, k = \(Self.words(cutoff)), "
        + "wherever they rank (legacy)"
    case .averagePrecisionAt(let cutoff, let divisor):
      "sum of the precision at the relevant items among the first \(Self.words(cutoff)), over "
        + Self.words(divisor, cutoff)
    case .averagePrecisionAtR:
      "sum of the precision at the relevant items among the first R, over R, the number of relevant "
        + "items"
    case .precision(let k): "relevant share of the first \(k) items"
    case .recall(let k): "share of the relevant items among the first \(k)"
    case .lookup(let radius, let value, let emptyBall):
      Self.words(value, radius) + (value == .empty ? "" : Self.words(emptyBall))
    case .normalizedDiscountedGain(let k, let gain):
      "gain \(gain == .exponential ? "2^g − 1" : "g") of an item that shares g labels, discounted "
        + "by 1/log2(rank + 1), \(k.map { "first \($0) items" } ?? "whole list"), over that of the "
        + "ideal order of the whole retrieval set"
    case .averageGain(let k): "mean number of labels shared of the first \(k) items"
    case .weightedAveragePrecision:
      "mean over the relevant items of the mean number of labels shared up to their rank"
    }
  }

  private static func words(_ cutoff: Cutoff) -> String {
    switch cutoff {
    case .rank(let k): "\(k)"
    case .queryCount: "as many as there are queries (legacy)"
    }
  }

  private static func words(_ divisor: Divisor, _ cutoff: Cutoff) -> String {
    switch divisor {
    case .hits: "their number"
    case .smallerOfCutoffAndTotal, .firstRelevant: "the smaller of this cut-off and R"
    case .total: "R, the number of relevant items"
    }
  }

  private static func words(_ value: LookupValue, _ radius: Int) -> String {
    let ball = "within Hamming radius \(radius)"
    return switch value {
    case .precision: "relevant share of the items \(ball)"
    case .recall: "share of the relevant items that lie \(ball)"
    case .f1: "harmonic mean of precision and recall \(ball)"
    case .empty: "1 where no item lies \(ball), else 0"
    }
  }

  private static func words(_ emptyBall: EmptyBall) -> String {
    switch emptyBall {
    case .zero: ", 0 where there is none"
    case .skip: ", queries without any left out"
    }
  }
}
