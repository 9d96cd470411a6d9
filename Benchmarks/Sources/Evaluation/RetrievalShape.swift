/// The size of one retrieval problem: how many queries search how many items.
struct RetrievalShape: Sendable, Hashable {
  let queryCount: Int
  let itemCount: Int

  /// MIRFlickr, NUS-WIDE and MS COCO as cross-modal papers split them.
  static let all = [
    RetrievalShape(queryCount: 2_000, itemCount: 18_015),
    RetrievalShape(queryCount: 2_100, itemCount: 193_734),
    RetrievalShape(queryCount: 5_000, itemCount: 117_218),
  ]

  /// A web-sized set for Crossbit alone.
  static let large = RetrievalShape(queryCount: 1_000, itemCount: 10_000_000)

  /// Small stand-ins for trying the benchmark out.
  static let quick = [RetrievalShape(queryCount: 200, itemCount: 4_000)]
  static let quickLarge = RetrievalShape(queryCount: 20, itemCount: 200_000)

  /// `2,000 × 18,015`.
  var name: String { "\(grouped(queryCount)) × \(grouped(itemCount))" }
}

/// A count with a comma between thousands.
func grouped(_ count: Int) -> String {
  let digits = Array(String(count))
  return digits.enumerated().reduce(into: "") { text, digit in
    if digit.offset > 0, (digits.count - digit.offset).isMultiple(of: 3) { text += "," }
    text.append(digit.element)
  }
}

/// What all measured problems have in common; `evaluation.py` reads it off the files.
enum Setting {
  /// Labels of the vocabulary.
  static let labelCount = 24
  /// Share of items that carry label c.
  ///
  /// 0.37 · 0.9^c: 3.4 labels an item, and about half of all pairs share one, as on MIRFlickr.
  static let labelShares = (0..<labelCount).map { label in
    (0..<label).reduce(0.37) { share, _ in share * 0.9 }
  }
  /// Code lengths in the order of the tables.
  static let codeLengths = [64, 16, 128]
  /// Cut-offs of the P@k curve.
  static let cutoffs = [1, 10, 100, 1000]
  /// A turn repeats its work until this much time has passed, so that short ones can be measured.
  static let secondsPerTurn = 0.3
  /// Queries whose mAP the programs compare before the first round.
  static let checkedQueries = 20
  /// Largest difference of those values: both sum in Double.
  static let checkTolerance = 1e-9
}
