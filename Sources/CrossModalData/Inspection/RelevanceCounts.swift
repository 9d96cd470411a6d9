import Retrieval

/// How many items of the retrieval set are relevant to each query.
///
/// An item is relevant when it shares a label with the query; a query that is searched too does not
/// count itself.
struct RelevanceCounts {
  /// R_i for each query in query order.
  let perQuery: [Int]
  /// N, the number of items searched, for each query in query order.
  let searchedPerQuery: [Int]

  /// Counts by label rather than by pair: one bit set over the retrieval set for each label, and
  /// for each query the union of its labels' sets.
  ///
  /// - Complexity: O(q · labels of a query · N / 64).
  init(labels: LabelSets, query: [Int], retrieval: [Int]) {
    let wordCount = (retrieval.count + 63) / 64
    var bearers = [[UInt64]](
      repeating: [UInt64](repeating: 0, count: wordCount), count: labels.labelCount)
    for (position, item) in retrieval.enumerated() {
      for label in labels.labels(of: item) {
        bearers[label][position / 64] |= 1 << UInt64(position % 64)
      }
    }
    let searched = Set(retrieval)
    var union = [UInt64](repeating: 0, count: wordCount)
    var perQuery: [Int] = []
    var searchedPerQuery: [Int] = []
    for item in query {
      let own = labels.labels(of: item)
      for word in union.indices { union[word] = 0 }
      for label in own {
        for word in union.indices { union[word] |= bearers[label][word] }
      }
      let isSearched = searched.contains(item)
      let relevant = union.reduce(0) { $0 + $1.nonzeroBitCount }
      perQuery.append(relevant - (isSearched && !own.isEmpty ? 1 : 0))
      searchedPerQuery.append(retrieval.count - (isSearched ? 1 : 0))
    }
    self.perQuery = perQuery
    self.searchedPerQuery = searchedPerQuery
  }

  /// Number of queries with nothing relevant.
  var unanswerableCount: Int { perQuery.count { $0 == 0 } }

  /// Expected mAP over the whole list when the order is random; 0 when nothing is answerable.
  ///
  /// Of N items in random order, R relevant, rank k holds a relevant one with probability R/N, and
  /// (k − 1)(R − 1)/(N − 1) of the k − 1 before it are expected to be relevant then. So
  /// E[AP] = (1/N) Σ_k [1 + (k − 1)(R − 1)/(N − 1)] / k = (1/N) [H_N + (N − H_N)(R − 1)/(N − 1)],
  /// with the harmonic number H_N; a little above R/N, the share of relevant items.
  var chanceMeanAveragePrecision: Double {
    var harmonic: [Int: Double] = [:]
    var sum = 0.0
    for (relevant, count) in zip(perQuery, searchedPerQuery) where relevant > 0 {
      let h = harmonic[count] ?? (1...count).reduce(0) { $0 + 1 / Double($1) }
      harmonic[count] = h
      let n = Double(count)
      sum += (h + (count > 1 ? (n - h) * Double(relevant - 1) / (n - 1) : 0)) / n
    }
    let answerableCount = perQuery.count - unanswerableCount
    return answerableCount == 0 ? 0 : sum / Double(answerableCount)
  }
}
