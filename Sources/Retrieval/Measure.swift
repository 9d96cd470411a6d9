/// A number for each query and its mean over queries, with every convention that moves it.
///
/// The name says all of them, so a table, a file and a manifest can use it: `mAP@all`,
/// `mAP@5000(div=hits)`, `P@100`, `R@100`, `lookup(r=2,precision)`, `NDCG@100`, `ACG@100`, `WAP`,
/// `MAP@R`. An item is relevant to a query when they share a label; its grade is the number of
/// labels that they share.
public struct Measure: Sendable, Hashable {
  /// What is computed for one query.
  public var kind: Kind
  /// How queries are averaged.
  public var mean: QueryMean

  /// Creates a measure, by default averaged over the answerable queries.
  public init(_ kind: Kind, mean: QueryMean = .answerable) {
    self.kind = kind
    self.mean = mean
  }

  /// What is computed for one query with R relevant items.
  public enum Kind: Sendable, Hashable {
    /// Precision at each relevant item of the whole list, summed and divided by R.
    case averagePrecision
    /// Precision at the relevant items among the first k, summed and divided.
    case averagePrecisionAt(Cutoff, divisor: Divisor)
    /// Average precision among the first R items, divided by R (Musgrave et al., ECCV 2020).
    case averagePrecisionAtR
    /// Share of relevant items among the first k.
    case precision(k: Int)
    /// Share of the relevant items that are among the first k.
    case recall(k: Int)
    /// What a lookup of all items within a Hamming radius gives.
    case lookup(radius: Int, LookupValue, emptyBall: EmptyBall)
    /// Gain of the first k items, discounted by 1 / log₂(rank + 1), over that of the ideal order
    /// of the whole retrieval set; nil for the whole list.
    case normalizedDiscountedGain(k: Int?, gain: Gain)
    /// Mean grade of the first k items (average cumulative gain).
    case averageGain(k: Int)
    /// Average cumulative gain at each relevant item, summed and divided by R (Zhao et al., CVPR
    /// 2015).
    case weightedAveragePrecision
  }

  /// Where a list is cut.
  public enum Cutoff: Sendable, Hashable {
    /// After k items.
    case rank(Int)
    /// After as many items as there are queries (legacy: what UCCH's first release did).
    case queryCount
  }

  /// What a sum of precisions at the hits among the first k is divided by.
  public enum Divisor: String, Sendable, CaseIterable, Hashable {
    /// The hits among the first k; 0 / 0 is 0.
    case hits
    /// min(k, R).
    case smallerOfCutoffAndTotal = "min"
    /// R.
    case total
    /// Legacy: the first min(k, R) relevant items, wherever they rank, are summed and divided by
    /// their number.
    case firstRelevant
  }

  /// What is read off a Hamming ball.
  public enum LookupValue: String, Sendable, CaseIterable, Hashable {
    /// Share of relevant items in the ball.
    case precision
    /// Share of the relevant items that are in the ball.
    case recall
    /// Harmonic mean of precision and recall.
    case f1 = "F1"
    /// 1 when the ball holds no item, else 0; its mean is the share of empty balls.
    case empty
  }

  /// What an empty ball counts for.
  public enum EmptyBall: String, Sendable, CaseIterable, Hashable {
    /// Precision, recall and F1 are 0.
    case zero
    /// The query is left out of the mean.
    case skip
  }

  /// How a grade g becomes a gain.
  public enum Gain: String, Sendable, CaseIterable, Hashable {
    /// 2ᵍ − 1.
    case exponential = "exp"
    /// g.
    case linear
  }

  /// How queries are averaged; a query without a relevant item is unanswerable.
  public enum QueryMean: String, Sendable, CaseIterable, Hashable {
    /// Unanswerable queries are left out.
    case answerable
    /// Legacy: unanswerable queries count as 0.
    case unanswerableAsZero = "unanswerable=zero"
    /// Legacy: unanswerable queries are left out, and the sum is divided by ten more than there
    /// are others (a counter that starts at 10, in most copies of BMC-SDNU's MATLAB code).
    case tenTooMany = "mean=answerable+10"
  }
}

extension Measure {
  /// Mean average precision over the whole list.
  public static let meanAveragePrecision = Measure(.averagePrecision)

  /// Whether grades enter, and not only relevance.
  var usesGrades: Bool {
    switch kind {
    case .normalizedDiscountedGain, .averageGain, .weightedAveragePrecision: true
    default: false
    }
  }

  /// The least size of the retrieval set, given the number of queries; nil for any.
  func cutoff(queryCount: Int) -> Int? {
    switch kind {
    case .averagePrecisionAt(.rank(let k), _), .precision(let k), .recall(let k),
      .averageGain(let k):
      k
    case .averagePrecisionAt(.queryCount, _): queryCount
    case .normalizedDiscountedGain(let k, _): k
    case .averagePrecision, .averagePrecisionAtR, .lookup, .weightedAveragePrecision: nil
    }
  }
}
