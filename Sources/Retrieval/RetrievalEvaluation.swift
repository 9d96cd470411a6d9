/// Ranks the retrieval set for every query by Hamming distance and measures the rankings.
///
/// An item is relevant to a query when they share a label. A query with no relevant item is
/// unanswerable: it is counted, and left out of the means.
///
/// - Parameters:
///   - queries: Codes of the queries.
///   - queryLabels: Label sets of the queries, in the same order.
///   - retrieval: Codes of the retrieval set, of the same code length, in database order.
///   - retrievalLabels: Label sets of the retrieval set, over the same labels.
///   - measures: What is measured besides mean average precision.
///   - threads: Threads over which the queries are spread; the result is the same for any number.
/// - Returns: The measures and the average precision of each query.
/// - Throws: `RetrievalError` when shapes disagree, a cut-off is out of range or `CROSSBIT_SIMD`
///   names no level that runs here.
package func evaluate(
  queries: BinaryCodes, queryLabels: LabelSets,
  retrieval: BinaryCodes, retrievalLabels: LabelSets,
  measures: MeasureSpecification, threads: Int = 1
) throws(RetrievalError) -> RetrievalResult {
  try RetrievalEvaluation(
    queries: queries, queryLabels: queryLabels, retrieval: retrieval,
    retrievalLabels: retrievalLabels, measures: measures, level: .current
  ).result(threads: threads)
}

/// One evaluation with its inputs checked.
struct RetrievalEvaluation: Sendable {
  private let queries: BinaryCodes
  private let queryLabels: LabelSets
  private let retrieval: BinaryCodes
  private let retrievalLabels: LabelSets
  private let measures: MeasureSpecification
  private let risingCutoffs: [Int]
  private let level: SIMDLevel
  private let harmonic: HarmonicNumbers

  /// Queries that one thread takes at a time.
  ///
  /// Sums are formed inside such a block and then over the blocks in order, so this number can
  /// move the last digit of a mean; the number of threads cannot.
  private static let queriesPerBlock = 64

  init(
    queries: BinaryCodes, queryLabels: LabelSets,
    retrieval: BinaryCodes, retrievalLabels: LabelSets,
    measures: MeasureSpecification, level: SIMDLevel
  ) throws(RetrievalError) {
    guard queries.bits == retrieval.bits else {
      throw .codeLengthMismatch(
        queries: RetrievalError.CodeShape(queries), retrieval: RetrievalError.CodeShape(retrieval))
    }
    guard queries.count == queryLabels.count else {
      throw .rowCountMismatch(set: .query, codes: queries.count, labels: queryLabels.count)
    }
    guard retrieval.count == retrievalLabels.count else {
      throw .rowCountMismatch(
        set: .retrieval, codes: retrieval.count, labels: retrievalLabels.count)
    }
    guard queryLabels.labelCount == retrievalLabels.labelCount else {
      throw .labelCountMismatch(
        queries: queryLabels.labelCount, retrieval: retrievalLabels.labelCount)
    }
    for k in measures.precisionCutoffs where !(1...max(1, retrieval.count)).contains(k) {
      throw .cutoffOutOfRange(k: k, retrievalCount: retrieval.count)
    }
    if let k = measures.precisionCutoffs.first, retrieval.count == 0 {
      throw .cutoffOutOfRange(k: k, retrievalCount: 0)
    }
    self.queries = queries
    self.queryLabels = queryLabels
    self.retrieval = retrieval
    self.retrievalLabels = retrievalLabels
    self.measures = measures
    self.level = level
    risingCutoffs = measures.precisionCutoffs.sorted()
    harmonic = HarmonicNumbers(upTo: retrieval.count)
  }

  /// Measures all queries.
  func result(threads: Int) -> RetrievalResult {
    let size = Self.queriesPerBlock
    let blocks = concurrentMap(count: (queries.count + size - 1) / size, threads: threads) {
      measure(queries: ($0 * size)..<min(queries.count, ($0 + 1) * size))
    }
    var total = PartialResult(bits: queries.bits, cutoffCount: risingCutoffs.count)
    for block in blocks { total.append(block) }
    return total.result(measures: measures, risingCutoffs: risingCutoffs)
  }

  private func measure(queries range: Range<Int>) -> PartialResult {
    var partial = PartialResult(bits: queries.bits, cutoffCount: risingCutoffs.count)
    var scan = QueryScan(codes: retrieval, labels: retrievalLabels, level: level)
    for query in range {
      scan.scan(query: query, codes: queries, labels: queryLabels)
      let histogram = scan.histogram
      var averagePrecision = histogram.averagePrecision(harmonic)
      var precision = averagePrecision == nil ? [] : histogram.precision(atRising: risingCutoffs)
      if measures.databaseOrder, averagePrecision != nil {
        let hits = HitRanks(
          distances: scan.distances, relevance: scan.relevance, histogram: histogram)
        averagePrecision?.databaseOrder = hits.averagePrecision
        for (index, value) in hits.precision(atRising: risingCutoffs).enumerated() {
          precision[index].databaseOrder = value
        }
      }
      partial.add(
        averagePrecision: averagePrecision, precision: precision, histogram: histogram)
    }
    return partial
  }
}
