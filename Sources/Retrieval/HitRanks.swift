/// The ranks of the relevant items, rising, in one order of the retrieval set; ranks start at 1.
///
/// Every measure is a function of these ranks and, where grades matter, of the grades there.
struct HitRanks {
  /// Rank of each relevant item.
  let ranks: [UInt32]
  /// Grade of each relevant item; empty when nobody asked.
  let grades: [UInt32]

  /// Ranks by distance and, inside a tie, by position in the database (a stable sort).
  ///
  /// The histogram says where each tie starts, so one pass puts every item in its place.
  ///
  /// - Parameters:
  ///   - distances: Distance of each item of the database.
  ///   - relevance: 1 for each relevant item, else 0.
  ///   - grades: Grade of each item, or nothing.
  ///   - histogram: What `distances` and `relevance` count to.
  ///   - row: An item that is not ranked, and not in the histogram.
  init(
    distances: [UInt32], relevance: [UInt8], grades: [UInt32] = [], histogram: DistanceHistogram,
    leavingOut row: Int? = nil
  ) {
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
    let skipped = row ?? -1
    // Irrelevant items write to one slot past the end: a branch would be mispredicted.
    let discarded = hitCount
    var ranks = [UInt32](repeating: 0, count: hitCount + 1)
    var hitGrades = [UInt32](repeating: 0, count: grades.isEmpty ? 0 : hitCount + 1)
    do {
      var ranks = ranks.mutableSpan
      var nextRank = nextRank.mutableSpan
      var nextHit = nextHit.mutableSpan
      let distances = distances.span
      let relevance = relevance.span
      let grades = grades.span
      var hitGrades = hitGrades.mutableSpan
      for item in distances.indices {
        if item == skipped { continue }
        let distance = Int(distances[item])
        let hit = nextHit[distance]
        let isHit = Int(relevance[item])
        let slot = discarded - isHit * (discarded - hit)
        ranks[slot] = nextRank[distance]
        if !grades.isEmpty { hitGrades[slot] = grades[item] }
        nextRank[distance] += 1
        nextHit[distance] = hit + isHit
      }
    }
    self.ranks = Array(ranks.dropLast())
    self.grades = Array(hitGrades.dropLast())
  }

  /// Ranks when the relevant items of every tie come last (worst) or first (best).
  init(_ ranking: TiedRanking, relevantFirst: Bool) {
    ranks = ranking.ties.flatMap { tie in
      let start = tie.itemsBefore + (relevantFirst ? 0 : tie.misses)
      return (0..<tie.hits).map { UInt32(start + 1 + $0) }
    }
    grades = []
  }
}
