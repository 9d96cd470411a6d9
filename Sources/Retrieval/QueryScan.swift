import HammingKernels

/// Distance and relevance of every item of a retrieval set, for one query at a time.
struct QueryScan {
  private let codes: BinaryCodes
  private let labels: LabelSets
  private let kernels: hamming_kernels

  /// Hamming distance of each item.
  private(set) var distances: [UInt32]
  /// 1 for each item that shares a label with the query, else 0.
  private(set) var relevance: [UInt8]
  /// Number of labels that each item shares with the query; empty when grades are not used.
  private(set) var grades: [UInt32]

  /// Makes room for the scans of one thread.
  init(codes: BinaryCodes, labels: LabelSets, level: SIMDLevel, usesGrades: Bool) {
    self.codes = codes
    self.labels = labels
    kernels = level.kernels
    distances = [UInt32](repeating: 0, count: codes.count)
    relevance = [UInt8](repeating: 0, count: codes.count)
    grades = [UInt32](repeating: 0, count: usesGrades ? codes.count : 0)
  }

  /// Scans the retrieval set for one query.
  mutating func scan(query: Int, codes queries: BinaryCodes, labels queryLabels: LabelSets) {
    kernels.distances(
      Array(queries.rowWords(query)), codes.words, codes.count, codes.wordsPerCode, &distances)
    kernels.relevance(
      Array(queryLabels.rowWords(query)), labels.words, labels.count, labels.wordsPerItem,
      &relevance)
    guard !grades.isEmpty else { return }
    kernels.shared_labels(
      Array(queryLabels.rowWords(query)), labels.words, labels.count, labels.wordsPerItem, &grades)
  }

  /// The ranks of the relevant items in database order, but for a row that is left out.
  func hits(_ histogram: DistanceHistogram, leavingOut row: Int? = nil) -> HitRanks {
    HitRanks(
      distances: distances, relevance: relevance, grades: grades, histogram: histogram,
      leavingOut: row)
  }

  /// The ranking with grades, none of which exceeds the query's number of labels.
  func graded(
    _ ranking: TiedRanking, query: Int, labels queryLabels: LabelSets, leavingOut row: Int? = nil
  ) -> GradedRanking {
    GradedRanking(
      distances: distances, grades: grades, maximumGrade: queryLabels.cardinality(of: query),
      ranking: ranking, leavingOut: row)
  }

  /// Counts the scan by distance.
  var histogram: DistanceHistogram {
    var items = [UInt32](repeating: 0, count: codes.bits + 1)
    var relevant = items
    // Spans, because indexing arrays here costs ten times as much.
    var itemCounts = items.mutableSpan
    var relevantCounts = relevant.mutableSpan
    let distances = distances.span
    let relevance = relevance.span
    for item in distances.indices {
      let distance = Int(distances[item])
      itemCounts[distance] += 1
      relevantCounts[distance] += UInt32(relevance[item])
    }
    return DistanceHistogram(items: items, relevant: relevant)
  }
}
