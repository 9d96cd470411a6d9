import HammingKernels

/// The mean share of relevant items in the retrieval set over the answerable queries.
///
/// That is the precision of random codes at any cut-off, and nearly their mean average precision.
///
/// - Returns: A share in 0 … 1; 0 when nothing is answerable.
/// - Throws: `RetrievalError` when the two sides have different labels, or `CROSSBIT_SIMD` names
///   no level that runs here.
package func chanceLevel(
  queryLabels: LabelSets, retrievalLabels: LabelSets
) throws(RetrievalError) -> Double {
  guard queryLabels.labelCount == retrievalLabels.labelCount else {
    throw .labelCountMismatch(
      queries: queryLabels.labelCount, retrieval: retrievalLabels.labelCount)
  }
  let kernels = try SIMDLevel.current.kernels
  var relevance = [UInt8](repeating: 0, count: retrievalLabels.count)
  var sum = 0.0
  var answerableCount = 0
  for query in 0..<queryLabels.count {
    kernels.relevance(
      Array(queryLabels.rowWords(query)), retrievalLabels.words, retrievalLabels.count,
      retrievalLabels.wordsPerItem, &relevance)
    let relevantCount = relevance.reduce(0) { $0 + Int($1) }
    guard relevantCount > 0 else { continue }
    answerableCount += 1
    sum += Double(relevantCount) / Double(retrievalLabels.count)
  }
  return sum / Double(max(1, answerableCount))
}
