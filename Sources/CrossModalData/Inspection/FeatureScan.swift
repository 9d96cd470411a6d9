import ArrayFiles
import Tensors

/// What one pass over a feature dataset finds.
struct FeatureScan {
  /// What makes the features unusable: NaN, infinity or data that cannot be read.
  let fault: DatasetError?
  /// A few facts for each row; nil when not all rows could be read.
  let rows: RowFacts?

  /// Goes over all rows once.
  init(_ source: FeatureSource) throws {
    var facts = RowFacts(rowCount: source.rows)
    var nonFinite: (value: Float, row: Int, column: Int)?
    var valueCount = 0
    var rowCount = 0
    do {
      try source.forEachUncheckedBlock { block, range in
        facts.append(block)
        guard let place = firstNonFinite(in: block) else { return }
        nonFinite = nonFinite ?? (place.value, range.lowerBound + place.row, place.column)
        for row in place.row..<block.rows {
          let count = block.row(row).count { !$0.isFinite }
          valueCount += count
          rowCount += count > 0 ? 1 : 0
        }
      }
    } catch let error as DatasetError {
      fault = error
      rows = nil
      return
    }
    fault = nonFinite.map {
      source.nonFiniteError(
        $0.value, row: $0.row, column: $0.column,
        rest: firstOf(valueCount, "values in \(rowCount) row\(rowCount == 1 ? "" : "s")"))
    }
    rows = facts
  }
}

/// What is kept of every row: how many features are not 0, whether all are equal, a hash.
struct RowFacts {
  /// Number of features other than 0.
  private(set) var lengths: [Int] = []
  /// Whether there are several features and all of them are one number.
  private(set) var isConstant: [Bool] = []
  /// 64-bit hashes of the rows; see ``RowHash``.
  private(set) var hashes: [Int] = []

  fileprivate init(rowCount: Int) {
    lengths.reserveCapacity(rowCount)
    isConstant.reserveCapacity(rowCount)
    hashes.reserveCapacity(rowCount)
  }

  fileprivate mutating func append(_ block: Matrix) {
    for index in 0..<block.rows {
      let row = block.row(index)
      var length = 0
      for element in row { length += element == 0 ? 0 : 1 }
      lengths.append(length)
      isConstant.append(row.count > 1 && row.dropFirst().allSatisfy { $0 == row[0] })
      hashes.append(RowHash.of(row))
    }
  }

  /// Rows that equal an earlier row.
  struct Duplicates {
    /// Number of such rows.
    var count = 0
    /// The first of them, and the row that it equals; nil when there is none.
    var first: (row: Int, earlier: Int)?
  }

  /// Counts the rows that equal an earlier row.
  var duplicates: Duplicates {
    var earliest: [Int: Int] = [:]
    var found = Duplicates()
    for (row, hash) in hashes.enumerated() {
      if let earlier = earliest[hash] {
        found.count += 1
        found.first = found.first ?? (row, earlier)
      } else {
        earliest[hash] = row
      }
    }
    return found
  }
}

/// Hashes by which rows are compared: among a million rows, two different ones meet with
/// probability below 10⁻⁷.
enum RowHash {
  /// The hash of a row's bytes; comparable within one run of the program.
  static func of(_ row: UnsafeMutableBufferPointer<Float>) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(row))
    return hasher.finalize()
  }
}
