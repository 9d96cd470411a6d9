/// One measure of one task.
public struct MeasureResult: Sendable, Codable, Hashable {
  /// What was measured.
  public var measure: Measure
  /// Mean over the queries; 0 when none enters it.
  public var mean: TieBounds
  /// Queries that have a value.
  public var queryCount: Int
  /// Expected value of each query in query order; nil where it has none.
  public var values: [Double?]

  /// Creates a result.
  public init(measure: Measure, mean: TieBounds, queryCount: Int, values: [Double?]) {
    self.measure = measure
    self.mean = mean
    self.queryCount = queryCount
    self.values = values
  }
}

/// One curve of one task.
public struct CurveResult: Sendable, Codable, Hashable {
  /// What was measured.
  public var curve: RetrievalCurve
  /// One line for each tie rule that the curve knows.
  public var lines: [CurveLine]

  /// Creates a result.
  public init(curve: RetrievalCurve, lines: [CurveLine]) {
    self.curve = curve
    self.lines = lines
  }
}

/// A curve under one tie rule.
public struct CurveLine: Sendable, Codable, Hashable {
  /// The tie rule; nil where the order inside ties does not matter.
  public var order: TieOrder?
  /// Points by rising position.
  public var points: [CurvePoint]

  /// Creates a line.
  public init(order: TieOrder?, points: [CurvePoint]) {
    self.order = order
    self.points = points
  }
}

/// Precision and recall at one position.
public struct CurvePoint: Sendable, Codable, Hashable {
  /// Radius in bits, level of recall or cut-off k, after the kind of the curve.
  public var position: Double
  /// Precision in 0 … 1.
  public var precision: Double
  /// Recall in 0 … 1.
  public var recall: Double

  /// Creates a point.
  public init(position: Double, precision: Double, recall: Double) {
    self.position = position
    self.precision = precision
    self.recall = recall
  }
}
