/// The ranks of the relevant items, rising, in one order of the retrieval set; ranks start at 1.
///
/// Every measure of binary relevance is a function of these ranks.
struct HitRanks {
  let ranks: [UInt32]

  /// Ranks by distance and, inside a tie, by position in the database (a stable sort).
  ///
  /// The histogram says where each tie starts, so one pass puts every item in its place.
  ///
  /// - Precondition: `distances` and `relevance` gave `histogram`.
  init(distances: [UInt32], relevance: [UInt8], histogram: DistanceHistogram) {
    var nextRank: [UInt32] = []
    var nextHit: [Int] = []
    var itemCount = 0
    var hitCount = 0
    for (items, hits) in zip(histogram.items, histogram.relevant) {
      nextRank.append(UInt32(itemCount + 1))
      nextHit.append(hitCount)
      itemCount += Int(items)
      hitCount += Int(hits)
    }
    // Irrelevant items write to one slot past the end: a branch would be mispredicted.
    let discarded = hitCount
    var ranks = [UInt32](repeating: 0, count: hitCount + 1)
    do {
      var ranks = ranks.mutableSpan
      var nextRank = nextRank.mutableSpan
      var nextHit = nextHit.mutableSpan
      let distances = distances.span
      let relevance = relevance.span
      for item in distances.indices {
        let distance = Int(distances[item])
        let hit = nextHit[distance]
        let isHit = Int(relevance[item])
        ranks[discarded - isHit * (discarded - hit)] = nextRank[distance]
        nextRank[distance] += 1
        nextHit[distance] = hit + isHit
      }
    }
    ranks.removeLast()
    self.ranks = ranks
  }

  /// Σ over hits of hits so far / rank, divided by the number of hits; nil without hits.
  var averagePrecision: Double? {
    guard !ranks.isEmpty else { return nil }
    var sum = 0.0
    let span = ranks.span
    for position in span.indices { sum += Double(position + 1) / Double(span[position]) }
    return sum / Double(ranks.count)
  }

  /// Precision of the first k items for each k.
  ///
  /// - Precondition: `cutoffs` rise.
  func precision(atRising cutoffs: [Int]) -> [Double] {
    var hits = 0
    return cutoffs.map { k in
      while hits < ranks.count, ranks[hits] <= k { hits += 1 }
      return Double(hits) / Double(k)
    }
  }
}
