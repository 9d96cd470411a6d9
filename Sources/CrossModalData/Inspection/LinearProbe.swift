package import Retrieval
package import Tensors

/// How often a linear map from one modality to the labels names a right one, beside what always
/// naming the most frequent label gives.
///
/// Most hashing methods for features end in a linear map, or start with one. The probe says what is
/// in reach of that, where ``NeighbourAgreement`` says what is near each other: features may do
/// well in one and badly in the other.
///
/// A sample of items with labels and with features other than 0 is drawn. On two thirds of it the
/// 0/1 label matrix Y is regressed on the features X, both minus their means over these items:
/// W = (XᵀX + λI)⁻¹XᵀY. The other items ask: it counts how often the label of the greatest score,
/// of equal scores the earlier one, is one of theirs.
package struct LinearProbe: Sendable, Hashable {
  /// Path of the features.
  package let path: String
  /// Share of items that asked for which a right label was named.
  package let accuracy: Double
  /// The same share when the label most frequent among the fitted items is always named.
  package let chance: Double
  /// Number of items that the map is fitted to.
  package let fittedCount: Int
  /// Number of items that asked.
  package let askedCount: Int

  /// Items in the sample at most: 2,000 are fitted then, 1,000 ask.
  static let largestSampleCount = 3_000
  /// Numbers of a sample at most: 256 MiB of float32, for very wide features.
  private static let largestElementCount = 64 << 20
  /// λ as a share of the mean of the eigenvalues of XᵀX that need not be 0.
  ///
  /// Of eight shares from 0.001 to 10 it loses least where it does worst: at most 0.05 against the
  /// best one, over the twelve modalities of Wiki, UCI's digits, MIRFlickr, Open Clip Art, IAPR TC-12,
  /// NUS-WIDE and MS-COCO that were tried (NumPy, up to 3,000 items). With 0.001, the words of MS-COCO
  /// lose 0.33.
  static let penaltyShare = 0.3

  /// Draws a sample and fits; nil with fewer than 200 items to draw from, or where one label is on
  /// all items of the sample.
  ///
  /// - Parameters:
  ///   - source: The features.
  ///   - labels: Labels of the same items.
  ///   - lengths: Number of features other than 0 of each item.
  ///   - seed: Of the sample.
  /// - Throws: ``DatasetError`` when a row cannot be read or holds NaN or infinity.
  init?(of source: FeatureSource, labels: LabelSets, lengths: [Int], seed: UInt64 = 1) throws {
    let eligible = lengths.indices.filter { lengths[$0] > 0 && labels.cardinality(of: $0) > 0 }
    var stream = RandomStream(seed: seed).stream("linear probe")
    let sampleCount = Self.sampleCount(of: eligible.count, columns: source.columns)
    guard sampleCount >= NeighbourAgreement.leastSampleCount else { return nil }
    let sample = stream.nextDistinct(sampleCount, below: eligible.count).map { eligible[$0] }
    let features = Matrix(rows: sampleCount, columns: source.columns)
    try source.copyRows(sample, into: features)
    let drawn = labels.selecting(sample)
    guard !drawn.itemCounts.contains(sampleCount) else { return nil }
    self.init(path: source.path, features, labels: drawn)
  }

  /// Number of items drawn from those with labels and features; fewer of very wide features.
  package static func sampleCount(of eligibleCount: Int, columns: Int) -> Int {
    min(
      eligibleCount, largestSampleCount,
      max(NeighbourAgreement.leastSampleCount, largestElementCount / columns))
  }

  /// Fits the first two thirds of some rows and asks with the others.
  ///
  /// - Parameters:
  ///   - path: Path of the features.
  ///   - features: One row an item, finite; at least 2 rows.
  ///   - labels: Labels of the same items.
  package init(path: String, _ features: Matrix, labels: LabelSets) {
    precondition(
      features.rows == labels.count && labels.count >= 2,
      "\(features.rows) rows of features for labels of \(labels.count) items")
    let fittedCount = labels.count * 2 / 3
    let asked = fittedCount..<labels.count
    let scores = features.ridgeScores(
      of: labels, fittedCount: fittedCount, penaltyShare: Self.penaltyShare)
    let rightCount = asked.enumerated().count { position, item in
      labels.contains(scores.columnOfGreatest(inRow: position), item: item)
    }
    let frequencies = labels.selecting(0..<fittedCount).itemCounts
    let usual = frequencies.indices.max { frequencies[$0] < frequencies[$1] } ?? 0
    self.path = path
    accuracy = Double(rightCount) / Double(asked.count)
    chance = Double(asked.count { labels.contains(usual, item: $0) }) / Double(asked.count)
    self.fittedCount = fittedCount
    askedCount = asked.count
  }
}

extension Matrix {
  /// Columns of which float64 copies are made at a time: 24 MB for 3,000 rows.
  private static let blockColumns = 1_024

  /// Scores that a ridge regression fitted to the first rows gives the labels of the others.
  ///
  /// With fewer rows than columns W = Xᵀ(XXᵀ + λI)⁻¹Y, the same matrix, takes the smaller system.
  ///
  /// - Parameters:
  ///   - labels: Labels of the rows.
  ///   - fittedCount: How many of the first rows are fitted; at least 1.
  ///   - penaltyShare: λ as a share of the mean eigenvalue; see ``LinearProbe``.
  /// - Returns: Shape (`rows` − `fittedCount`, labels).
  func ridgeScores(
    of labels: LabelSets, fittedCount: Int, penaltyShare: Double
  ) -> DoubleMatrix {
    let frequencies = labels.selecting(0..<fittedCount).itemCounts
      .map { Double($0) / Double(fittedCount) }
    var targets = DoubleMatrix(rows: fittedCount, columns: labels.labelCount)
    for label in 0..<labels.labelCount {
      for item in 0..<fittedCount {
        targets[item, label] = (labels.contains(label, item: item) ? 1 : 0) - frequencies[label]
      }
    }
    let means = columnMeans(ofFirst: fittedCount)
    let asked = fittedCount..<rows
    var scores = DoubleMatrix(rows: asked.count, columns: labels.labelCount)
    if columns <= fittedCount {
      let fitted = centred(0..<fittedCount, 0..<columns, means)
      if let factor = Cholesky(
        penalising: fitted.transposedTimes(fitted), share: penaltyShare, rank: columns)
      {
        let map = factor.solving(fitted.transposedTimes(targets))
        scores = centred(asked, 0..<columns, means).times(map)
      }
    } else {
      var gram = DoubleMatrix(rows: fittedCount, columns: fittedCount)
      var crossing = DoubleMatrix(rows: asked.count, columns: fittedCount)
      for start in stride(from: 0, to: columns, by: Self.blockColumns) {
        let block = start..<min(start + Self.blockColumns, columns)
        let fitted = centred(0..<fittedCount, block, means)
        gram.add(fitted.timesTransposed(fitted))
        crossing.add(centred(asked, block, means).timesTransposed(fitted))
      }
      if let factor = Cholesky(penalising: gram, share: penaltyShare, rank: fittedCount) {
        scores = crossing.times(factor.solving(targets))
      }
    }
    for label in 0..<labels.labelCount {
      for row in 0..<asked.count { scores[row, label] += frequencies[label] }
    }
    return scores
  }

  private func columnMeans(ofFirst count: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: columns)
    for index in 0..<count {
      let row = row(index)
      for column in 0..<columns { sums[column] += Double(row[column]) }
    }
    return sums.map { $0 / Double(count) }
  }

  /// A part in float64, minus the means of its columns.
  private func centred(_ items: Range<Int>, _ part: Range<Int>, _ means: [Double]) -> DoubleMatrix {
    var elements: [Double] = []
    elements.reserveCapacity(items.count * part.count)
    for column in part {
      for item in items { elements.append(Double(self[item, column]) - means[column]) }
    }
    return DoubleMatrix(rows: items.count, columns: part.count, elements: elements)
  }
}

extension Cholesky {
  /// Factors a Gram matrix plus a share of its mean eigenvalue; nil when all fitted rows are equal.
  fileprivate init?(penalising gram: DoubleMatrix, share: Double, rank: Int) {
    var matrix = gram
    matrix.addToDiagonal(share * gram.trace / Double(rank))
    do throws(LinearAlgebraError) { try self.init(matrix) } catch { return nil }
  }
}

extension DoubleMatrix {
  /// The column of the greatest number of a row; of equal ones the first.
  fileprivate func columnOfGreatest(inRow row: Int) -> Int {
    var best = 0
    for column in 1..<max(columns, 1) where self[row, column] > self[row, best] { best = column }
    return best
  }
}
