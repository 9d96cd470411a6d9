import Retrieval

/// One definition that published code measures by, and who does.
struct Rung: Hashable {
  /// The measure.
  let measure: Measure
  /// The order inside ties.
  let ties: TieOrder
  /// What is ranked by.
  let distance: Distance
  /// Repository and file, short.
  let seenIn: String

  /// How two codes are compared.
  enum Distance: Hashable {
    /// Hamming distance.
    case hamming
    /// (K − b·b′)/2 of codes of 0 and 1, which is the Hamming distance of codes of ±1 only.
    case signFormulaOnZeroesAndOnes
  }

  private init(
    _ kind: Measure.Kind, mean: Measure.QueryMean = .answerable, ties: TieOrder = .expected,
    distance: Distance = .hamming, _ seenIn: String
  ) {
    measure = Measure(kind, mean: mean)
    self.ties = ties
    self.distance = distance
    self.seenIn = seenIn
  }

  /// The measure with its rule for ties and whatever else is not as it should be.
  var name: String {
    // A ball holds whole ties, so their order does not matter.
    if case .lookup = measure.kind { return "\(measure)" }
    var options = ["ties=\(ties == .databaseOrder ? "database-order" : ties.rawValue)"]
    if distance == .signFormulaOnZeroesAndOnes { options.append("codes=0/1 as ±1") }
    return measure.name(adding: options)
  }

  /// Whether the value stands for mean average precision, so that a difference from it means
  /// something.
  var isMeanAveragePrecision: Bool {
    switch measure.kind {
    case .averagePrecision, .averagePrecisionAt, .averagePrecisionAtR: true
    default: false
    }
  }
}

extension Rung {
  /// The definition that the others are held against: `mAP@all`, expected over ties.
  static let reference = Rung(.averagePrecision, "here; TALR")

  /// All rungs, kinds of mean average precision first.
  static let all: [Rung] =
    [reference] + orders + queryMeans + cuts + [
      Rung(.averagePrecisionAtR, "pytorch-metric-learning"),
      Rung(
        .averagePrecision, distance: .signFormulaOnZeroesAndOnes,
        "0/1 codes handed to a ±1 formula such as WendellGul/DCMH utils.py"),
    ] + others

  private static let orders = [
    Rung(
      .averagePrecision, ties: .databaseOrder,
      "stable sorts: MATLAB (DCMH-CVPR2017, BMC-SDNU), faiss"),
    Rung(.averagePrecision, ties: .worst, "least of all orders"),
    Rung(
      .averagePrecision, ties: .best,
      "greatest; unstable sorts lie between: WendellGul/DCMH, torchcmh, DCHMT, DeepHash-pytorch"),
  ]

  private static let queryMeans = [
    Rung(
      .averagePrecision, mean: .unanswerableAsZero,
      "WendellGul/DCMH utils.py and its heirs, DSDH_PyTorch, OrthoHash"),
    Rung(
      .averagePrecision, mean: .tenTooMany, "BMC-SDNU perf_metric4Label.m, 11 of 15 copies"),
  ]

  /// Three cut-offs and the four divisors, then the cut at the number of queries.
  private static let cuts =
    [50, 1000, 5000].flatMap { k in
      Measure.Divisor.allCases.map { divisor in
        Rung(.averagePrecisionAt(.rank(k), divisor: divisor), seen(k, divisor))
      }
    } + [
      Rung(
        .averagePrecisionAt(.queryCount, divisor: .hits), "UCCH before December 2023 (issue 15)")
    ]

  private static func seen(_ k: Int, _ divisor: Measure.Divisor) -> String {
    switch (divisor, k) {
    case (.hits, 50): "BMC-SDNU mAP_multi.m, torchmetrics"
    case (.hits, _): "DeepHash-pytorch utils/tools.py (k by data set), DSDH_PyTorch, OrthoHash"
    case (.smallerOfCutoffAndTotal, _): "–"
    case (.total, _): "trec_eval map_cut, FIRe metrics.py (landmarks)"
    case (.firstRelevant, 5000):
      "clip-based-cross-modal-hash, for TwDH alone"
    case (.firstRelevant, _): "calc_map_k: WendellGul/DCMH utils.py, torchcmh, DCHMT, CPAH"
    }
  }

  private static let others = [
    Rung(
      .lookup(radius: 2, .precision, emptyBall: .zero),
      "thulab/DeepHash, BMC-SDNU prcal.m, torchcmh"),
    Rung(.lookup(radius: 2, .precision, emptyBall: .skip), "nobody by default"),
    Rung(.lookup(radius: 2, .empty, emptyBall: .zero), "rarely printed"),
    Rung(.precision(k: 1), "–"),
    Rung(.precision(k: 1), ties: .worst, "least of all orders"),
    Rung(.precision(k: 1), ties: .best, "greatest of all orders"),
    Rung(.normalizedDiscountedGain(k: 100, gain: .exponential), "TALR"),
    Rung(.normalizedDiscountedGain(k: 100, gain: .linear), "trec_eval, scikit-learn"),
  ]
}

extension Measure {
  /// The name with further options behind its own.
  fileprivate func name(adding options: [String]) -> String {
    let name = description
    let added = options.joined(separator: ",")
    return name.hasSuffix(")") ? "\(name.dropLast()),\(added))" : "\(name)(\(added))"
  }
}
