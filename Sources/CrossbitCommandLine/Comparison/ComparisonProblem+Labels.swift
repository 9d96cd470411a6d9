import CodeSets
import Retrieval

extension ComparisonProblem {
  /// Refuses two sets whose labels differ, because they are not over the same items then.
  static func checkLabels(
    _ first: CodeSetComparison.Contestant, _ second: CodeSetComparison.Contestant
  ) throws(ComparisonProblem) {
    let sides: [(Side, LabelSets, LabelSets)] = [
      (.query, first.set.queryLabels, second.set.queryLabels),
      (.retrieval, first.set.retrievalLabels, second.set.retrievalLabels),
    ]
    for (side, one, other) in sides where one.count != other.count {
      throw .sizeMismatch(
        side, first: Named(name: first.name, value: one.count),
        second: Named(name: second.name, value: other.count))
    }
    for (side, one, other) in sides where one != other {
      guard one.labelCount == other.labelCount else {
        throw .labelCountMismatch(
          first: Named(name: first.name, value: one.labelCount),
          second: Named(name: second.name, value: other.labelCount))
      }
      for row in 0..<one.count where one.labels(of: row) != other.labels(of: row) {
        throw .labelMismatch(
          side, row: row, first: Named(name: first.name, value: one.labels(of: row)),
          second: Named(name: second.name, value: other.labels(of: row)))
      }
    }
  }
}

extension LabelSets {
  /// The labels of an item, from 0.
  fileprivate func labels(of item: Int) -> [Int] {
    (0..<labelCount).filter { contains($0, item: item) }
  }
}
