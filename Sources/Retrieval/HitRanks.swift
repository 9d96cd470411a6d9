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
    var next: [(rank: Int, hit: Int)] = []
    next.reserveCapacity(histogram.items.count)
    var itemCount = 0
    var hitCount = 0
    for (items, hits) in zip(histogram.items, histogram.relevant) {
      next.append((rank: itemCount + 1, hit: hitCount))
      itemCount += Int(items)
      hitCount += Int(hits)
    }
    // Irrelevant items write to one slot past the end: a branch here would be mispredicted.
    let discarded = hitCount
    var ranks = [UInt32](repeating: 0, count: hitCount + 1)
    for item in distances.indices {
      let distance = Int(distances[item])
      let (rank, hit) = next[distance]
      let isHit = relevance[item] != 0
      ranks[isHit ? hit : discarded] = UInt32(truncatingIfNeeded: rank)
      next[distance] = (rank + 1, isHit ? hit + 1 : hit)
    }
    ranks.removeLast()
    self.ranks = ranks
  }

  /// Σ over hits of hits so far / rank, divided by the number of hits; nil without hits.
  var averagePrecision: Double? {
    guard !ranks.isEmpty else { return nil }
    var sum = 0.0
    for (position, rank) in ranks.enumerated() { sum += Double(position + 1) / Double(rank) }
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
