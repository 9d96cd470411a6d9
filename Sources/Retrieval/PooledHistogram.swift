/// Histograms pooled over queries: query–item pairs at each distance.
struct PooledHistogram: Sendable {
  private var items: [Int]
  private var relevant: [Int]

  init(bits: Int) {
    items = [Int](repeating: 0, count: bits + 1)
    relevant = items
  }

  mutating func add(_ histogram: DistanceHistogram) {
    for distance in items.indices {
      items[distance] += Int(histogram.items[distance])
      relevant[distance] += Int(histogram.relevant[distance])
    }
  }

  mutating func add(_ other: PooledHistogram) {
    for distance in items.indices {
      items[distance] += other.items[distance]
      relevant[distance] += other.relevant[distance]
    }
  }

  /// Precision and recall of the pairs within each radius 0 … K (micro average).
  var precisionRecall: [PrecisionRecallPoint] {
    let relevantCount = max(1, relevant.reduce(0, +))
    var itemsInside = 0
    var hitsInside = 0
    return items.indices.map { radius in
      itemsInside += items[radius]
      hitsInside += relevant[radius]
      return PrecisionRecallPoint(
        radius: radius, precision: Double(hitsInside) / Double(max(1, itemsInside)),
        recall: Double(hitsInside) / Double(relevantCount))
    }
  }
}
