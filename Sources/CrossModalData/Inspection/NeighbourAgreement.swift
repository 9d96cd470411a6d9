import Retrieval
package import Tensors

/// How far the nearest neighbours in one modality share labels, beside what chance gives.
///
/// Features of any use put items that share a label near each other. When rows and labels have come
/// apart, neighbours share labels as random items do, and the figure says so before days are spent
/// on training.
///
/// A sample of items with labels and with features other than 0 is drawn; some of them ask, each
/// for its 5 nearest in the sample without itself. Near means a high cosine of features minus their
/// mean over the sample. Centring suits every type of feature alike: tf-idf does no better on the
/// bags of words that were tried (MIRFlickr, NUS-WIDE, MS-COCO) and makes nonsense of dense
/// features, and scaled columns give rare words too much weight.
package struct NeighbourAgreement: Sendable, Hashable {
  /// Path of the features.
  package let path: String
  /// Share of neighbours that share a label with the item that asked.
  package let agreement: Double
  /// The same share of random items.
  package let chance: Double
  /// How many standard deviations the agreement lies above chance, if label rows were dealt out to
  /// the items of the sample at random; see ``DealtLabels``.
  package let deviations: Double
  /// Number of items that asked.
  package let askedCount: Int
  /// Number of items that answered.
  package let sampleCount: Int

  /// Neighbours of an item.
  package static let neighbourCount = 5
  /// Items that ask at most.
  static let largestAskedCount = 1_000
  /// Items that answer at most.
  static let largestSampleCount = 5_000
  /// Numbers of a sample at most: 256 MiB of float32, for very wide features.
  private static let largestElementCount = 64 << 20
  /// With fewer items even useful features need not rise above chance.
  static let leastSampleCount = 200
  /// Deviations that useful features exceed.
  ///
  /// Normal noise does so once in 3 million files. The weakest real modality known here, the
  /// pictures of Wiki, has 13 to 17 over eight samples, and -2.7 to 2.7 over 40 orders of its label
  /// rows; all six real modalities that were shuffled stay within 2.7.
  private static let leastDeviations = 5.0

  /// Whether the neighbours share labels hardly more often than random items.
  package var isDoubtful: Bool { deviations < Self.leastDeviations }

  /// Draws a sample and looks for neighbours; nil with fewer than 200 items to draw from, or where
  /// all or no items share labels.
  ///
  /// - Parameters:
  ///   - source: The features.
  ///   - labels: Labels of the same items.
  ///   - lengths: Number of features other than 0 of each item.
  ///   - seed: Of the sample.
  /// - Throws: ``DatasetError`` when a row cannot be read or holds NaN or infinity.
  init?(of source: FeatureSource, labels: LabelSets, lengths: [Int], seed: UInt64 = 1) throws {
    let eligible = lengths.indices.filter { lengths[$0] > 0 && labels.cardinality(of: $0) > 0 }
    var stream = RandomStream(seed: seed).stream("neighbour agreement")
    let sampleCount = min(
      eligible.count, Self.largestSampleCount,
      max(Self.leastSampleCount, Self.largestElementCount / source.columns))
    guard sampleCount >= Self.leastSampleCount else { return nil }
    let sample = stream.nextDistinct(sampleCount, below: eligible.count).map { eligible[$0] }
    let features = Matrix(rows: sampleCount, columns: source.columns)
    try source.copyRows(sample, into: features)
    let askedCount = min(sampleCount, Self.largestAskedCount)
    let neighbours = features.nearestByCosine(
      Self.neighbourCount, askedCount: askedCount)
    guard let dealt = DealtLabels(labels.selecting(sample), neighbours: neighbours) else {
      return nil
    }
    let edgeCount = Double(askedCount * Self.neighbourCount)
    path = source.path
    agreement = Double(dealt.sharedCount) / edgeCount
    chance = dealt.expectedCount / edgeCount
    deviations = (Double(dealt.sharedCount) - dealt.expectedCount) / dealt.standardDeviation
    self.askedCount = askedCount
    self.sampleCount = sampleCount
  }
}

extension Matrix {
  /// Rows of one product of similarities.
  private static let blockRows = 100

  /// Finds the nearest rows of the first few rows by the cosine of centred rows.
  ///
  /// The matrix is centred and scaled to rows of length 1 in place.
  ///
  /// - Parameters:
  ///   - count: Neighbours of a row, less than `rows`.
  ///   - askedCount: How many of the first rows ask.
  /// - Returns: For each of them its nearest other rows; of equally near ones the earlier first.
  package func nearestByCosine(_ count: Int, askedCount: Int) -> [[Int]] {
    precondition(count < rows && askedCount <= rows, "\(count) neighbours among \(rows) rows")
    centreAndNormaliseRows()
    var neighbours: [[Int]] = []
    for start in stride(from: 0, to: askedCount, by: Self.blockRows) {
      let asked = start..<min(start + Self.blockRows, askedCount)
      let block = Matrix(rows: asked.count, columns: columns)
      block.gatherRows(asked, of: self)
      let similarities = Matrix(rows: asked.count, columns: rows)
      similarities.setProduct(block.asFactor, transposed)
      for (position, item) in asked.enumerated() {
        neighbours.append(similarities.row(position).indicesOfGreatest(count, except: item))
      }
    }
    return neighbours
  }

  private func centreAndNormaliseRows() {
    var sums = [Double](repeating: 0, count: columns)
    for index in 0..<rows {
      let row = row(index)
      for column in 0..<columns { sums[column] += Double(row[column]) }
    }
    let means = sums.map { $0 / Double(rows) }
    for index in 0..<rows {
      let row = row(index)
      var square = 0.0
      for column in 0..<columns {
        let centred = Double(row[column]) - means[column]
        square += centred * centred
      }
      // A row at the mean stays 0: it is equally near to all.
      let scale = square > 0 ? 1 / square.squareRoot() : 0
      for column in 0..<columns {
        row[column] = Float((Double(row[column]) - means[column]) * scale)
      }
    }
  }
}

extension UnsafeMutableBufferPointer<Float> {
  /// Places of the greatest elements, greatest first, of equal ones the earlier first.
  fileprivate func indicesOfGreatest(_ count: Int, except excluded: Int) -> [Int] {
    var best: [Int] = []
    // What a further element must exceed.
    var least = -Float.infinity
    for index in indices where self[index] > least && index != excluded {
      let place = best.firstIndex { self[index] > self[$0] } ?? best.count
      best.insert(index, at: place)
      if best.count > count { best.removeLast() }
      if best.count == count, let last = best.last { least = self[last] }
    }
    return best
  }
}
