/// One measure under every order of the items inside a tie.
public struct TieBounds: Sendable, Codable, Hashable {
  /// Exact mean over all orders.
  public var expected: Double
  /// Least value over all orders.
  public var worst: Double
  /// Greatest value over all orders.
  public var best: Double
  /// Value when ties keep database order (a stable sort); nil when it was not asked for.
  public var databaseOrder: Double?

  /// Creates the values.
  public init(expected: Double, worst: Double, best: Double, databaseOrder: Double? = nil) {
    self.expected = expected
    self.worst = worst
    self.best = best
    self.databaseOrder = databaseOrder
  }
}

/// What is measured besides mean average precision over the whole list.
public struct MeasureSpecification: Sendable, Codable, Hashable {
  /// Cut-offs k of the P@k curve; empty for none.
  public var precisionCutoffs: [Int]
  /// Whether precision and recall of the Hamming balls of radius 0 … K are kept.
  public var precisionRecall: Bool
  /// Whether the value in database order is kept too, which needs a slower pass over the items.
  public var databaseOrder: Bool
  /// Further measures, each with a value for every query.
  public var measures: [Measure]
  /// Further curves.
  public var curves: [RetrievalCurve]

  /// Creates a specification.
  public init(
    precisionCutoffs: [Int] = [], precisionRecall: Bool = false, databaseOrder: Bool = true,
    measures: [Measure] = [], curves: [RetrievalCurve] = []
  ) {
    self.precisionCutoffs = precisionCutoffs
    self.precisionRecall = precisionRecall
    self.databaseOrder = databaseOrder
    self.measures = measures
    self.curves = curves
  }
}

/// Precision of the first k items.
public struct PrecisionAtCutoff: Sendable, Codable, Hashable {
  /// The cut-off.
  public var k: Int
  /// P@k under every tie order, mean over answerable queries.
  public var precision: TieBounds

  /// Creates a point of the curve.
  public init(k: Int, precision: TieBounds) {
    self.k = k
    self.precision = precision
  }
}

/// Precision and recall of a Hamming ball, pooled over all query–item pairs (micro).
public struct PrecisionRecallPoint: Sendable, Codable, Hashable {
  /// Radius in bits.
  public var radius: Int
  /// Relevant share of the pairs inside the ball; 0 when it is empty.
  public var precision: Double
  /// Share of the relevant pairs that lie inside the ball.
  public var recall: Double

  /// Creates a point of the curve.
  public init(radius: Int, precision: Double, recall: Double) {
    self.radius = radius
    self.precision = precision
    self.recall = recall
  }
}

/// All measures of one task on one set of codes.
public struct RetrievalResult: Sendable, Codable, Hashable {
  /// Number of queries.
  public var queryCount: Int
  /// Number of queries with at least one relevant item; only these enter the means.
  public var answerableCount: Int
  /// Mean average precision over the whole ranked list, `mAP@all`; 0 when nothing is answerable.
  public var meanAveragePrecision: TieBounds
  /// Expected average precision of each query in query order; nil where it is unanswerable.
  public var averagePrecision: [Double?]
  /// P@k curve in the order of the specification.
  public var precisionAtTop: [PrecisionAtCutoff]
  /// Precision–recall by radius; empty when not asked for.
  public var precisionRecall: [PrecisionRecallPoint]
  /// Further measures, in the order of the specification.
  public var measures: [MeasureResult]
  /// Further curves, in the order of the specification.
  public var curves: [CurveResult]

  /// Creates a result.
  public init(
    queryCount: Int, answerableCount: Int, meanAveragePrecision: TieBounds,
    averagePrecision: [Double?], precisionAtTop: [PrecisionAtCutoff],
    precisionRecall: [PrecisionRecallPoint], measures: [MeasureResult] = [],
    curves: [CurveResult] = []
  ) {
    self.queryCount = queryCount
    self.answerableCount = answerableCount
    self.meanAveragePrecision = meanAveragePrecision
    self.averagePrecision = averagePrecision
    self.precisionAtTop = precisionAtTop
    self.precisionRecall = precisionRecall
    self.measures = measures
    self.curves = curves
  }
}
