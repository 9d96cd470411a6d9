/// Sums over some of the queries, in query order.
struct PartialResult: Sendable {
  private var averagePrecision = MeasureSums(mean: .answerable)
  private var precision: [TieBounds]
  private var measures: [MeasureSums]
  private var curves: [CurveSums]
  private var pooled: PooledHistogram

  init(_ specification: MeasureSpecification, bits: Int) {
    precision = [TieBounds](repeating: .zero, count: specification.precisionCutoffs.count)
    measures = specification.measures.map { MeasureSums(mean: $0.mean) }
    curves = specification.curves.map {
      CurveSums($0, bits: bits, databaseOrder: specification.databaseOrder)
    }
    pooled = PooledHistogram(bits: bits)
  }

  /// Adds the pairs of a query, answerable or not.
  mutating func add(_ histogram: DistanceHistogram) {
    pooled.add(histogram)
  }

  /// Adds a query with nothing relevant.
  mutating func addUnanswerable() {
    averagePrecision.addUnanswerable()
    for index in measures.indices { measures[index].addUnanswerable() }
  }

  /// Adds an answerable query; `precision` is P@k at rising cut-offs.
  mutating func add(
    averagePrecision value: TieBounds?, precision values: [TieBounds],
    measures others: [TieBounds?],
    ranking: QueryRanking
  ) {
    averagePrecision.add(value)
    for (index, value) in values.enumerated() { precision[index].add(value) }
    for (index, value) in others.enumerated() { measures[index].add(value) }
    for index in curves.indices { curves[index].add(ranking) }
  }

  /// Adds the queries that follow.
  mutating func append(_ next: PartialResult) {
    averagePrecision.append(next.averagePrecision)
    for (index, value) in next.precision.enumerated() { precision[index].add(value) }
    for (index, sums) in next.measures.enumerated() { measures[index].append(sums) }
    for (index, sums) in next.curves.enumerated() { curves[index].append(sums) }
    pooled.add(next.pooled)
  }

  /// The means, as the specification asks for them.
  func result(_ specification: MeasureSpecification) -> RetrievalResult {
    let answerableCount = averagePrecision.count
    let cutoffs = specification.precisionCutoffs.sorted()
    let precisions = Dictionary(zip(cutoffs, precision)) { first, _ in first }
    return RetrievalResult(
      queryCount: averagePrecision.values.count,
      answerableCount: answerableCount,
      meanAveragePrecision: averagePrecision.meanValue(specification),
      averagePrecision: averagePrecision.values,
      precisionAtTop: specification.precisionCutoffs.compactMap { k in
        precisions[k].map { sum in
          PrecisionAtCutoff(
            k: k, precision: sum.mean(over: Double(answerableCount), specification))
        }
      },
      precisionRecall: specification.precisionRecall ? pooled.precisionRecall : [],
      measures: zip(specification.measures, measures).map { measure, sums in
        MeasureResult(
          measure: measure, mean: sums.meanValue(specification), queryCount: sums.count,
          values: sums.values)
      },
      curves: zip(specification.curves, curves).map { curve, sums in
        CurveResult(
          curve: curve, lines: sums.lines(over: answerableCount, pooled: pooled.precisionRecall))
      })
  }
}

/// One measure over some of the queries.
private struct MeasureSums: Sendable {
  let mean: Measure.QueryMean
  private(set) var values: [Double?] = []
  private(set) var count = 0
  private var sum = TieBounds.zero

  init(mean: Measure.QueryMean) { self.mean = mean }

  mutating func add(_ value: TieBounds?) {
    values.append(value?.expected)
    guard let value else { return }
    count += 1
    sum.add(value)
  }

  mutating func addUnanswerable() {
    add(mean == .unanswerableAsZero ? .zero : nil)
  }

  mutating func append(_ next: MeasureSums) {
    values += next.values
    count += next.count
    sum.add(next.sum)
  }

  func meanValue(_ specification: MeasureSpecification) -> TieBounds {
    sum.mean(over: Double(mean == .tenTooMany ? count + 10 : count), specification)
  }
}

/// One curve over some of the answerable queries.
private struct CurveSums: Sendable {
  private let curve: RetrievalCurve
  private let bits: Int
  private var sums: [CurveLine]

  init(_ curve: RetrievalCurve, bits: Int, databaseOrder: Bool) {
    self.curve = curve
    self.bits = bits
    sums = curve.orders(databaseOrder: databaseOrder).map { order in
      CurveLine(
        order: order,
        points: curve.positions(bits: bits).map {
          CurvePoint(position: $0, precision: 0, recall: 0)
        })
    }
  }

  mutating func add(_ ranking: QueryRanking) {
    for line in sums.indices {
      add(ranking.points(of: curve, order: sums[line].order, bits: bits), to: line)
    }
  }

  mutating func append(_ next: CurveSums) {
    for line in sums.indices { add(next.sums[line].points, to: line) }
  }

  private mutating func add(_ points: [CurvePoint], to line: Int) {
    for (index, point) in points.enumerated() {
      sums[line].points[index].precision += point.precision
      sums[line].points[index].recall += point.recall
    }
  }

  func lines(over count: Int, pooled: [PrecisionRecallPoint]) -> [CurveLine] {
    var lines = sums
    for line in lines.indices {
      for index in lines[line].points.indices {
        if case .radius(.micro, _) = curve {
          lines[line].points[index].precision = pooled[index].precision
          lines[line].points[index].recall = pooled[index].recall
        } else {
          lines[line].points[index].precision /= Double(max(1, count))
          lines[line].points[index].recall /= Double(max(1, count))
        }
      }
    }
    return lines
  }
}

extension TieBounds {
  fileprivate static let zero = TieBounds(expected: 0, worst: 0, best: 0, databaseOrder: 0)

  fileprivate mutating func add(_ other: TieBounds) {
    expected += other.expected
    worst += other.worst
    best += other.best
    databaseOrder = databaseOrder.map { $0 + (other.databaseOrder ?? 0) }
  }

  /// The sum divided by the number of queries, 0 when there is none.
  fileprivate func mean(over count: Double, _ specification: MeasureSpecification) -> TieBounds {
    var mean = divided(by: max(1, count))
    if !specification.databaseOrder { mean.databaseOrder = nil }
    return mean
  }
}
