import CodeSets
import Retrieval

/// One set of codes measured by every definition in use: why two papers' numbers may differ.
struct DefinitionLadder {
  /// A rung with its value.
  struct Step {
    let rung: Rung
    /// Nil where no query has a value.
    let value: Double?
    /// The value minus `mAP@all`, expected over ties; nil where the rung is another kind of measure.
    let difference: Double?
  }

  /// `I2T` … or `codes`.
  let taskName: String
  /// Code length K.
  let bits: Int
  /// Number of queries.
  let queryCount: Int
  /// Number of queries with at least one relevant item.
  let answerableCount: Int
  /// Number of items searched.
  let retrievalCount: Int
  /// The rungs that fit the retrieval set and the code length.
  let steps: [Step]

  /// Measures a task of a code set.
  ///
  /// - Throws: `RetrievalError` when the codes cannot be measured at all.
  init(_ task: CodeSet.Task, of set: CodeSet, threads: Int) throws(RetrievalError) {
    let rungs = Rung.all.filter { rung in
      let specification = MeasureSpecification(measures: [rung.measure])
      return
        (try? specification.check(
          queryCount: set.queryCount, retrievalCount: task.rankedCount, bits: set.bits)) != nil
    }
    func measured(
      _ distance: Rung.Distance, _ queries: BinaryCodes, _ retrieval: BinaryCodes,
      databaseOrder: Bool
    ) throws(RetrievalError) -> RetrievalResult {
      var measures: [Measure] = []
      for rung in rungs where rung.distance == distance && !measures.contains(rung.measure) {
        measures.append(rung.measure)
      }
      return try evaluate(
        queries: queries, queryLabels: set.queryLabels, retrieval: retrieval,
        retrievalLabels: set.retrievalLabels,
        measures: MeasureSpecification(databaseOrder: databaseOrder, measures: measures),
        ownRows: task.ownRows, threads: threads)
    }
    let plain = try measured(.hamming, task.queries, task.retrieval, databaseOrder: true)
    let recoded = try measured(
      .signFormulaOnZeroesAndOnes, task.queries.followedByZeroes,
      task.retrieval.followedByComplement, databaseOrder: false)
    let reference = plain.meanAveragePrecision.expected
    taskName = task.name
    bits = set.bits
    queryCount = plain.queryCount
    answerableCount = plain.answerableCount
    retrievalCount = task.retrieval.count
    steps = rungs.compactMap { rung in
      let result = rung.distance == .hamming ? plain : recoded
      let measured = result.measures.first { $0.measure == rung.measure }
      return measured?.mean[rung.ties].map { value in
        guard measured?.queryCount != 0 else {
          return Step(rung: rung, value: nil, difference: nil)
        }
        return Step(
          rung: rung, value: value,
          difference: rung.isMeanAveragePrecision ? value - reference : nil)
      }
    }
  }
}

extension TieBounds {
  /// The value under a tie rule; nil where it was not measured.
  fileprivate subscript(order: TieOrder) -> Double? {
    switch order {
    case .expected: expected
    case .worst: worst
    case .best: best
    case .databaseOrder: databaseOrder
    }
  }
}

// The ±1 formula (K − b·b′)/2 on codes of 0 and 1 ranks by the ones that two codes share. Codes of
// 2K bits turn that into a Hamming distance: of (b, 0) and (b′, ¬b′) it is
// Σ [bᵢ ≠ b′ᵢ] + Σ (1 − b′ᵢ) = K + |b| − 2 b·b′, the same ranking with the same ties.
extension BinaryCodes {
  /// Each code with as many zeros behind it.
  fileprivate var followedByZeroes: BinaryCodes {
    doubled { _ in 0 }
  }

  /// Each code with its complement behind it.
  fileprivate var followedByComplement: BinaryCodes {
    doubled { 1 - $0 }
  }

  private func doubled(_ second: (UInt8) -> UInt8) -> BinaryCodes {
    let values = zeroesAndOnes
    let rows = stride(from: 0, to: values.count, by: bits).map { values[$0..<$0 + bits] }
    let indicators = rows.flatMap { row in row + row.map(second) }
    let packed = LabelSets(count: count, labelCount: 2 * bits, indicators: indicators)
    return BinaryCodes(count: count, bits: 2 * bits, words: packed.words)
  }
}
