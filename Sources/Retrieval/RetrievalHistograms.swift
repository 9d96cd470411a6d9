/// How many items, and how many relevant ones, lie at each distance from each query: all that
/// measures need which know no order inside ties and no grades.
///
/// A retrieval set too large for one machine is cut into shards, each shard's histograms are counted
/// where it lies, and their sum is exactly the histogram of the whole set: the measures of the sum are
/// those of ``evaluate(queries:queryLabels:retrieval:retrievalLabels:measures:ownRows:threads:)`` to
/// the last bit. A query takes 8 bytes for each of its K + 1 distances, whatever the size of the set.
public struct RetrievalHistograms: Sendable, Codable, Equatable {
  /// Code length K.
  public let bits: Int
  /// Number of queries.
  public let queryCount: Int
  /// Number of items counted.
  public private(set) var retrievalCount: Int
  /// Items at each distance, `queryCount` × (`bits` + 1).
  private var items: [UInt32]
  /// Relevant items at each distance.
  private var relevant: [UInt32]

  /// Counts a shard of the retrieval set.
  ///
  /// - Parameters:
  ///   - queries: Codes of the queries.
  ///   - queryLabels: Label sets of the queries, in the same order.
  ///   - retrieval: Codes of the shard.
  ///   - retrievalLabels: Label sets of the shard, over the same labels.
  ///   - threads: Threads over which the queries are spread.
  /// - Throws: `RetrievalError` when shapes disagree or `CROSSBIT_SIMD` names no level that runs here.
  /// - Complexity: As an evaluation without further measures.
  public init(
    queries: BinaryCodes, queryLabels: LabelSets, retrieval: BinaryCodes,
    retrievalLabels: LabelSets, threads: Int = 1
  ) throws(RetrievalError) {
    let evaluation = try RetrievalEvaluation(
      queries: queries, queryLabels: queryLabels, retrieval: retrieval,
      retrievalLabels: retrievalLabels, measures: MeasureSpecification(databaseOrder: false),
      level: .current)
    bits = queries.bits
    queryCount = queries.count
    retrievalCount = retrieval.count
    let histograms = evaluation.histograms(threads: threads)
    items = histograms.flatMap(\.items)
    relevant = histograms.flatMap(\.relevant)
  }

  /// Adds the histograms of another shard for the same queries.
  ///
  /// - Throws: `RetrievalError` when the shards have other code lengths or numbers of queries.
  public mutating func add(_ shard: RetrievalHistograms) throws(RetrievalError) {
    guard shard.queryCount == queryCount else {
      throw .queryCountMismatch(first: queryCount, second: shard.queryCount)
    }
    guard shard.bits == bits else {
      throw .codeLengthMismatch(
        queries: .init(count: queryCount, bits: bits),
        retrieval: .init(count: shard.retrievalCount, bits: shard.bits))
    }
    for index in items.indices {
      items[index] += shard.items[index]
      relevant[index] += shard.relevant[index]
    }
    retrievalCount += shard.retrievalCount
  }

  /// Measures the rankings of all items that were counted.
  ///
  /// - Parameter measures: What is measured besides mean average precision.
  /// - Returns: The measures and the average precision of each query.
  /// - Throws: `RetrievalError` when a cut-off is out of range, or a measure needs the order of the
  ///   items or their grades.
  public func result(_ measures: MeasureSpecification) throws(RetrievalError) -> RetrievalResult {
    if measures.databaseOrder { throw .needsItems("the order of the database") }
    if let graded = measures.measures.first(where: \.usesGrades) {
      throw .needsItems(graded.description)
    }
    try measures.check(queryCount: queryCount, retrievalCount: retrievalCount, bits: bits)
    let rankings = RankingMeasures(
      measures, queryCount: queryCount, retrievalCount: retrievalCount)
    var total = PartialResult(measures, bits: bits)
    let size = RetrievalEvaluation.queriesPerBlock
    for start in stride(from: 0, to: queryCount, by: size) {
      var block = PartialResult(measures, bits: bits)
      for query in start..<min(queryCount, start + size) {
        rankings.add(
          QueryRanking(ranking: TiedRanking(histogram(of: query))), histogram(of: query), to: &block
        )
      }
      total.append(block)
    }
    return total.result(measures)
  }

  private func histogram(of query: Int) -> DistanceHistogram {
    let range = (query * (bits + 1))..<((query + 1) * (bits + 1))
    return DistanceHistogram(items: Array(items[range]), relevant: Array(relevant[range]))
  }
}

/// How the ranking of a query becomes part of the sums.
struct RankingMeasures: Sendable {
  private let measures: MeasureSpecification
  private let queryCount: Int
  private let risingCutoffs: [Int]
  private let tables: RankTables

  init(_ measures: MeasureSpecification, queryCount: Int, retrievalCount: Int) {
    self.measures = measures
    self.queryCount = queryCount
    risingCutoffs = measures.precisionCutoffs.sorted()
    tables = RankTables(
      harmonic: HarmonicNumbers(upTo: retrievalCount),
      discounts: measures.measures.contains(where: \.usesGrades)
        ? RankDiscounts(upTo: retrievalCount) : nil)
  }

  /// Adds a query with its histogram; one with nothing relevant is counted and left out of means.
  ///
  /// The ranking is made only where something is relevant.
  func add(
    _ ranking: @autoclosure () -> QueryRanking, _ histogram: DistanceHistogram,
    to partial: inout PartialResult
  ) {
    partial.add(histogram)
    guard histogram.relevant.contains(where: { $0 > 0 }) else {
      partial.addUnanswerable()
      return
    }
    let ranking = ranking()
    var precision = ranking.ranking.hits(atRising: risingCutoffs)
    for (index, k) in risingCutoffs.enumerated() {
      precision[index].databaseOrder = ranking.hits.map { Double($0.hits(at: k)) }
      precision[index] = precision[index].divided(by: k)
    }
    partial.add(
      averagePrecision: ranking.value(of: .meanAveragePrecision, queryCount: queryCount, tables),
      precision: precision,
      measures: measures.measures.map {
        ranking.value(of: $0, queryCount: queryCount, tables)
      },
      ranking: ranking)
  }
}
