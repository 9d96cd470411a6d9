import Retrieval

/// How often neighbours share a label, beside what to expect were the label rows dealt out anew.
///
/// Neighbours form a graph: an edge from each item that asks to each of its neighbours. T is the
/// number of edges whose ends share a label. Under the hypothesis that label rows and items have
/// nothing to do with each other, every order of the label rows is equally likely, and T is a
/// Mantel statistic T = Σ_{i≠j} A_ij B_π(i)π(j) with the edges A, made symmetric, and B_ij = 1
/// where i and j share a label. Its mean and variance over all orders π are known exactly (Mantel
/// 1967, "The detection of disease clustering and a generalized regression approach", Cancer
/// Research 27). With X0 = Σ X_ij, X1 = Σ X_ij², X2 = Σ_i (Σ_j X_ij)² over i ≠ j of n items:
///
///     E[T]  = A0 B0 / n(n−1)
///     E[T²] = 2 A1 B1 / n(n−1) + 4 (A2 − A1)(B2 − B1) / n(n−1)(n−2)
///           + (A0² + 2 A1 − 4 A2)(B0² + 2 B1 − 4 B2) / n(n−1)(n−2)(n−3)
///
/// Unlike a binomial variance this counts items that are near to many others: their one label row
/// decides many edges, which widens the spread by up to a half on real features.
struct DealtLabels {
  /// Number of edges whose ends share a label.
  let sharedCount: Int
  /// Its mean over all orders of the label rows.
  let expectedCount: Double
  /// Its standard deviation over all orders of the label rows; above 0.
  let standardDeviation: Double

  /// Counts shared labels and computes the moments; nil where every order gives the same count,
  /// such as when all items share a label.
  ///
  /// - Parameters:
  ///   - labels: Label sets of at least 4 items.
  ///   - neighbours: Neighbours of the first items, none of them the item itself.
  init?(_ labels: LabelSets, neighbours: [[Int]]) {
    let items = Array(0..<labels.count)
    let n = Double(labels.count)
    precondition(labels.count >= 4, "\(labels.count) items have too few orders")
    // An edge in one direction is ½ in both entries of A, edges in both directions are 1.
    var degrees = [Double](repeating: 0, count: labels.count)
    var oneWayCount = 0.0
    var twoWayCount = 0.0
    var sharedCount = 0
    for (item, near) in neighbours.enumerated() {
      for other in near {
        degrees[item] += 0.5
        degrees[other] += 0.5
        if other < neighbours.count && neighbours[other].contains(item) {
          twoWayCount += 1
        } else {
          oneWayCount += 1
        }
        if labels.share(item, other) { sharedCount += 1 }
      }
    }
    let a0 = oneWayCount + twoWayCount
    let a1 = oneWayCount / 2 + twoWayCount
    let a2 = degrees.reduce(0) { $0 + $1 * $1 }
    let relevant = RelevanceCounts(labels: labels, query: items, retrieval: items).perQuery
    let b0 = Double(relevant.reduce(0, +))
    // B holds only 0 and 1.
    let b1 = b0
    let b2 = relevant.reduce(0) { $0 + Double($1) * Double($1) }
    let pairs = n * (n - 1)
    let mean = a0 * b0 / pairs
    let sameEdge = 2 * a1 * b1 / pairs
    let touchingEdges = 4 * (a2 - a1) * (b2 - b1) / (pairs * (n - 2))
    let apartEdges =
      (a0 * a0 + 2 * a1 - 4 * a2) * (b0 * b0 + 2 * b1 - 4 * b2) / (pairs * (n - 2) * (n - 3))
    let variance = sameEdge + touchingEdges + apartEdges - mean * mean
    // What is left of a variance of 0 after the large terms have cancelled.
    guard variance > 1e-9 * max(1, mean * mean) else { return nil }
    self.sharedCount = sharedCount
    expectedCount = mean
    standardDeviation = variance.squareRoot()
  }
}

extension LabelSets {
  /// Whether two items share a label.
  fileprivate func share(_ first: Int, _ second: Int) -> Bool {
    (0..<wordsPerItem).contains {
      words[first * wordsPerItem + $0] & words[second * wordsPerItem + $0] != 0
    }
  }
}
