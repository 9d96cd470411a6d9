/// Sums over some of the queries, in query order.
struct PartialResult: Sendable {
  private var answerableCount = 0
  private var expectedAveragePrecision: [Double?] = []
  private var averagePrecision = TieBounds.zero
  private var precision: [TieBounds]
  private var pooled: PooledHistogram

  init(bits: Int, cutoffCount: Int) {
    precision = [TieBounds](repeating: .zero, count: cutoffCount)
    pooled = PooledHistogram(bits: bits)
  }

  /// Adds one query; without an average precision it is unanswerable.
  mutating func add(
    averagePrecision value: TieBounds?, precision values: [TieBounds], histogram: DistanceHistogram
  ) {
    pooled.add(histogram)
    expectedAveragePrecision.append(value?.expected)
    guard let value else { return }
    answerableCount += 1
    averagePrecision.add(value)
    for (index, value) in values.enumerated() { precision[index].add(value) }
  }

  /// Adds the queries that follow.
  mutating func append(_ next: PartialResult) {
    answerableCount += next.answerableCount
    expectedAveragePrecision += next.expectedAveragePrecision
    averagePrecision.add(next.averagePrecision)
    for (index, value) in next.precision.enumerated() { precision[index].add(value) }
    pooled.add(next.pooled)
  }

  /// The means over the answerable queries.
  func result(measures: MeasureSpecification, risingCutoffs: [Int]) -> RetrievalResult {
    let mean = { (sum: TieBounds) in
      sum.mean(over: answerableCount, databaseOrder: measures.databaseOrder)
    }
    let curve = Dictionary(zip(risingCutoffs, precision.map(mean))) { first, _ in first }
    return RetrievalResult(
      queryCount: expectedAveragePrecision.count,
      answerableCount: answerableCount,
      meanAveragePrecision: mean(averagePrecision),
      averagePrecision: expectedAveragePrecision,
      precisionAtTop: measures.precisionCutoffs.compactMap { k in
        curve[k].map { PrecisionAtCutoff(k: k, precision: $0) }
      },
      precisionRecall: measures.precisionRecall ? pooled.precisionRecall : [])
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

  /// The sum divided by `count`, 0 when there is nothing to divide.
  fileprivate func mean(over count: Int, databaseOrder isMeasured: Bool) -> TieBounds {
    let divisor = Double(max(1, count))
    return TieBounds(
      expected: expected / divisor, worst: worst / divisor, best: best / divisor,
      databaseOrder: isMeasured ? databaseOrder.map { $0 / divisor } : nil)
  }
}
