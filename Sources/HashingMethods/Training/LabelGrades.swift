import Retrieval
import Tensors

/// How much two label sets share, as a grade in 0 … 1: 0 when they share nothing, 1 when equal.
public enum LabelGrade: String, Sendable, Codable, CaseIterable, Hashable {
  /// Shared labels over all labels of both, |A ∩ B| / |A ∪ B|.
  case jaccard
  /// |A ∩ B| / √(|A| |B|).
  case cosine
  /// Shared labels over the most that any candidate of the batch shares with the anchor.
  case count
}

/// How much each anchor of a batch shares with each candidate.
struct LabelGrades {
  /// Grades s in 0 … 1, (anchors, candidates); 0 exactly where nothing is shared.
  let values: Matrix
  /// Whether an anchor has labels; one without says nothing about similarity and has no loss terms.
  let anchorHasLabels: [Bool]

  /// Grades two lists of label sets, writing to a matrix of shape (anchors, candidates).
  ///
  /// Equal fractions give equal numbers, so that no rounding makes one of two equal grades greater.
  init(
    _ grade: LabelGrade, anchors: LabelSets, candidates: LabelSets,
    writingTo grades: Matrix
  ) {
    precondition(
      grades.rows == anchors.count && grades.columns == candidates.count,
      "grades of \(anchors.count) anchors and \(candidates.count) candidates do not fill shape "
        + "(\(grades.rows), \(grades.columns))")
    let anchorSizes = (0..<anchors.count).map { anchors.cardinality(of: $0) }
    let candidateSizes = (0..<candidates.count).map { candidates.cardinality(of: $0) }
    let wordsPerItem = anchors.wordsPerItem
    for anchor in 0..<anchors.count {
      let row = grades.row(anchor)
      var most = 0
      for candidate in 0..<candidates.count {
        var shared = 0
        for word in 0..<wordsPerItem {
          let common =
            anchors.words[anchor * wordsPerItem + word]
            & candidates.words[candidate * wordsPerItem + word]
          shared += common.nonzeroBitCount
        }
        most = max(most, shared)
        row[candidate] = Self.value(
          grade, shared: shared, sizes: (anchorSizes[anchor], candidateSizes[candidate]))
      }
      if grade == .count && most > 0 {
        for candidate in row.indices { row[candidate] /= Float(most) }
      }
    }
    values = grades
    anchorHasLabels = anchorSizes.map { $0 > 0 }
  }

  /// The grade; for `count` the number shared, which the caller divides.
  private static func value(
    _ grade: LabelGrade, shared: Int, sizes: (Int, Int)
  ) -> Float {
    guard shared > 0 else { return 0 }
    return switch grade {
    case .jaccard: Float(shared) / Float(sizes.0 + sizes.1 - shared)
    // The root of one quotient: √2/2 and 3/√18 would differ in the last bit.
    case .cosine: (Float(shared * shared) / Float(sizes.0 * sizes.1)).squareRoot()
    case .count: Float(shared)
    }
  }
}
