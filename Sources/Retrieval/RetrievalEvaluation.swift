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
///   - ownRows: For each query the row of the retrieval set that is the query itself, nil where it
///     is none; an item is not its own answer, so that row is left out of the query's ranking.
///   - threads: Threads over which the queries are spread; the result is the same for any number.
/// - Returns: The measures and the average precision of each query.
/// - Throws: `RetrievalError` when shapes disagree, a cut-off is out of range or `CROSSBIT_SIMD`
///   names no level that runs here.
public func evaluate(
  queries: BinaryCodes, queryLabels: LabelSets,
  retrieval: BinaryCodes, retrievalLabels: LabelSets,
  measures: MeasureSpecification, ownRows: [Int?]? = nil, threads: Int = 1
) throws(RetrievalError) -> RetrievalResult {
  try RetrievalEvaluation(
    queries: queries, queryLabels: queryLabels, retrieval: retrieval,
    retrievalLabels: retrievalLabels, measures: measures, ownRows: ownRows, level: .current
  ).result(threads: threads)
}

/// One evaluation with its inputs checked.
struct RetrievalEvaluation: Sendable {
  private let queries: BinaryCodes
  private let queryLabels: LabelSets
  private let retrieval: BinaryCodes
  private let retrievalLabels: LabelSets
  private let measures: MeasureSpecification
  private let ownRows: [Int?]?
  private let usesGrades: Bool
  private let level: SIMDLevel
  private let rankings: RankingMeasures
  /// Nil where histograms are counted item by item.
  private let planes: PlaneHistograms?

  /// Queries that one thread takes at a time.
  ///
  /// Sums are formed inside such a block and then over the blocks in order, so this number can
  /// move the last digit of a mean; the number of threads cannot.
  static let queriesPerBlock = 64

  init(
    queries: BinaryCodes, queryLabels: LabelSets,
    retrieval: BinaryCodes, retrievalLabels: LabelSets,
    measures: MeasureSpecification, ownRows: [Int?]? = nil, level: SIMDLevel
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
    if let ownRows {
      guard ownRows.count == queries.count else {
        throw .ownRowCountMismatch(rows: ownRows.count, queries: queries.count)
      }
      for case let (query, row?) in ownRows.enumerated()
      where !(0..<retrieval.count).contains(row) {
        throw .ownRowOutOfRange(query: query, row: row, retrievalCount: retrieval.count)
      }
    }
    let leftOut = ownRows?.contains { $0 != nil } == true ? 1 : 0
    try measures.check(
      queryCount: queries.count, retrievalCount: retrieval.count - leftOut, bits: queries.bits)
    self.queries = queries
    self.queryLabels = queryLabels
    self.retrieval = retrieval
    self.retrievalLabels = retrievalLabels
    self.measures = measures
    self.ownRows = ownRows
    self.level = level
    usesGrades = measures.measures.contains(where: \.usesGrades)
    planes =
      level.prefersBitPlanes
      ? PlaneHistograms(codes: retrieval, labels: retrievalLabels, level: level) : nil
    rankings = RankingMeasures(
      measures, queryCount: queries.count, retrievalCount: retrieval.count)
  }

  /// Measures all queries.
  func result(threads: Int) -> RetrievalResult {
    var total = PartialResult(measures, bits: queries.bits)
    for start in stride(from: 0, to: queries.count, by: PlaneHistograms.queriesAtOnce) {
      let range = start..<min(queries.count, start + PlaneHistograms.queriesAtOnce)
      let histograms = planes?.histograms(
        queries: range, codes: queries, labels: queryLabels, threads: threads)
      let size = Self.queriesPerBlock
      let blocks = concurrentMap(count: (range.count + size - 1) / size, threads: threads) {
        block in
        let first = start + block * size
        return measure(queries: first..<min(range.upperBound, first + size)) { query in
          histograms?[query - start]
        }
      }
      for block in blocks { total.append(block) }
    }
    return total.result(measures)
  }

  /// Measures some queries, whose histograms may be there already.
  private func measure(
    queries range: Range<Int>, histogram known: (Int) -> DistanceHistogram?
  ) -> PartialResult {
    var partial = PartialResult(measures, bits: queries.bits)
    let scansItems = planes == nil || usesGrades || measures.databaseOrder
    var scan =
      scansItems
      ? QueryScan(codes: retrieval, labels: retrievalLabels, level: level, usesGrades: usesGrades)
      : nil
    for query in range {
      scan?.scan(query: query, codes: queries, labels: queryLabels)
      guard var histogram = known(query) ?? scan?.histogram else { continue }
      let ownRow = ownRows?[query]
      if let ownRow { leave(ownRow, outOf: &histogram, query: query) }
      rankings.add(
        ranking(histogram, of: query, scan: scan, leavingOut: ownRow), histogram, to: &partial)
    }
    return partial
  }

  private func leave(_ row: Int, outOf histogram: inout DistanceHistogram, query: Int) {
    let distance = zip(queries.rowWords(query), retrieval.rowWords(row)).reduce(0) {
      $0 + ($1.0 ^ $1.1).nonzeroBitCount
    }
    histogram.items[distance] -= 1
    let sharesLabel = zip(queryLabels.rowWords(query), retrievalLabels.rowWords(row)).contains {
      $0.0 & $0.1 != 0
    }
    if sharesLabel { histogram.relevant[distance] -= 1 }
  }

  private func ranking(
    _ histogram: DistanceHistogram, of query: Int, scan: QueryScan?, leavingOut ownRow: Int?
  ) -> QueryRanking {
    let ranking = TiedRanking(histogram)
    return QueryRanking(
      ranking: ranking,
      graded: usesGrades
        ? scan?.graded(ranking, query: query, labels: queryLabels, leavingOut: ownRow) : nil,
      hits: measures.databaseOrder ? scan?.hits(histogram, leavingOut: ownRow) : nil)
  }

  /// Counts the items at each distance from each query.
  func histograms(threads: Int) -> [DistanceHistogram] {
    var all: [DistanceHistogram] = []
    all.reserveCapacity(queries.count)
    for start in stride(from: 0, to: queries.count, by: PlaneHistograms.queriesAtOnce) {
      let range = start..<min(queries.count, start + PlaneHistograms.queriesAtOnce)
      if let planes {
        let table = planes.histograms(
          queries: range, codes: queries, labels: queryLabels, threads: threads)
        all += range.indices.map { table[$0 - start] }
      } else {
        all += concurrentMap(count: range.count, threads: threads) { index in
          var scan = QueryScan(
            codes: retrieval, labels: retrievalLabels, level: level, usesGrades: false)
          scan.scan(query: start + index, codes: queries, labels: queryLabels)
          return scan.histogram
        }
      }
    }
    return all
  }
}

extension MeasureSpecification {
  /// Checks that every cut-off and radius fits the data.
  ///
  /// - Throws: `RetrievalError` for the first that does not.
  package func check(
    queryCount: Int, retrievalCount: Int, bits: Int
  ) throws(RetrievalError) {
    var cutoffs = precisionCutoffs
    cutoffs += measures.compactMap { $0.cutoff(queryCount: queryCount) }
    for case .top(let curveCutoffs) in curves { cutoffs += curveCutoffs }
    for k in cutoffs where k < 1 || k > retrievalCount {
      throw .cutoffOutOfRange(k: k, retrievalCount: retrievalCount)
    }
    for measure in measures {
      guard case .lookup(let radius, _, _) = measure.kind else { continue }
      guard (0...bits).contains(radius) else { throw .radiusOutOfRange(radius: radius, bits: bits) }
    }
    for case .rank(let levels) in curves where !(2...10_001 ~= levels) {
      throw .recallLevelsOutOfRange(levels)
    }
  }
}
