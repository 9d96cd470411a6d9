import ArrayFiles
import Retrieval

/// Labels of both sides, read together because classes get one label each over both.
struct LabelReading {
  let queries: LabelSets
  let retrieval: LabelSets
  /// How the numbers were read.
  let reading: String

  /// Labels of one side before they are packed.
  private enum Form {
    /// 0/1, one row an item.
    case matrix(columns: Int)
    /// One number an item.
    case classes
  }

  /// The greatest size of packed labels: as many classes as items, of which there are many.
  private static let largestByteCount = 4 << 30

  /// Reads labels; the numbers of codes tell a row of classes from a matrix of one item.
  ///
  /// - Throws: ``DatasetError`` when the numbers are no labels or the sides do not fit.
  init(
    queries: NumericArray, retrieval: NumericArray, counts: (queries: Int, retrieval: Int)
  ) throws(DatasetError) {
    let forms = (
      try Self.form(of: queries, items: counts.queries),
      try Self.form(of: retrieval, items: counts.retrieval)
    )
    switch forms {
    case (.matrix(let columns), .matrix(let others)):
      guard columns == others else {
        throw retrieval.error(
          expected: "\(columns) labels as in \(queries.name) (\(queries.shapeText))",
          found: "shape \(retrieval.shapeText)"
            + Fit.hint(queries, retrieval) { queries, retrieval in queries[1] == retrieval[1] })
      }
      self.queries = try Self.matrix(queries)
      self.retrieval = try Self.matrix(retrieval)
      reading = "0/1, \(columns) labels"
    case (.classes, .classes):
      let ids = (try Self.classes(queries), try Self.classes(retrieval))
      let labels = Dictionary(
        uniqueKeysWithValues: Set(ids.0 + ids.1).sorted().enumerated().map { ($1, $0) })
      let items = ids.0.count + ids.1.count
      let byteCount = items.multipliedReportingOverflow(by: (labels.count + 63) / 64 * 8)
      guard !byteCount.overflow, byteCount.partialValue <= Self.largestByteCount else {
        throw retrieval.error(
          expected: "classes whose labels take at most \(Self.largestByteCount >> 30) GiB",
          found: "\(labels.count) classes of \(items) items")
      }
      self.queries = Self.sets(ids.0, labels)
      self.retrieval = Self.sets(ids.1, labels)
      reading = "classes, \(labels.count) of them"
    default:
      throw retrieval.error(
        expected: "labels in the form of \(queries.name) (\(queries.shapeText)), both a 0/1 matrix "
          + "or both one class an item",
        found: "shape \(retrieval.shapeText)")
    }
  }

  private static func form(of array: NumericArray, items: Int) throws(DatasetError) -> Form {
    guard !array.shape.isEmpty, array.shape.count <= 2, array.count > 0 else {
      throw array.error(
        expected: "a 0/1 matrix with a row for each item, or one class an item",
        found: array.shape.isEmpty ? "a single value" : "shape \(array.shapeText)")
    }
    // A column of truth values is one label; a column of numbers is a class for each item.
    if array.shape.count == 2, array.shape[1] == 1, array.elementName == "bool" {
      return .matrix(columns: 1)
    }
    guard array.shape.count == 2, array.shape[1] > 1 else { return .classes }
    return array.shape[0] == 1 && items == array.shape[1]
      ? .classes : .matrix(columns: array.shape[1])
  }

  private static func matrix(_ array: NumericArray) throws(DatasetError) -> LabelSets {
    let tally = array.tally()
    let wrong = [tally.firstMinusOne, tally.firstOther].compactMap { $0 }.min()
    if let place = wrong {
      throw array.error(
        expected: "labels of 0/1", found: "\(array.text(place)) at \(array.words(place))")
    }
    return LabelSets(
      count: array.shape[0], labelCount: array.shape[1],
      words: array.packedRows(columns: array.shape[1]))
  }

  private static func classes(_ array: NumericArray) throws(DatasetError) -> [Int] {
    var ids: [Int] = []
    ids.reserveCapacity(array.count)
    for place in 0..<array.count {
      // Beyond 2⁵³ neighbours become one number in a Double.
      guard let id = Int(exactly: array[place]), 0..<(1 << 53) ~= id else {
        throw array.error(
          expected: "one class an item, whole numbers from 0 and below 2^53",
          found: "\(array.text(place)) at \(array.words(place))")
      }
      ids.append(id)
    }
    return ids
  }

  private static func sets(_ ids: [Int], _ labels: [Int: Int]) -> LabelSets {
    let wordsPerItem = (labels.count + 63) / 64
    var words = [UInt64](repeating: 0, count: ids.count * wordsPerItem)
    for (item, id) in ids.enumerated() {
      guard let label = labels[id] else { continue }
      words[item * wordsPerItem + label / 64] = 1 << UInt64(label % 64)
    }
    return LabelSets(count: ids.count, labelCount: labels.count, words: words)
  }
}
