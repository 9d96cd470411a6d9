/// What is wrong with codes, labels or measures handed to the evaluator.
public enum RetrievalError: Error, Sendable, Hashable {
  /// Queries and retrieval set have codes of different lengths.
  case codeLengthMismatch(queries: CodeShape, retrieval: CodeShape)
  /// A set has not one label set for each code.
  case rowCountMismatch(set: ItemSet, codes: Int, labels: Int)
  /// Queries and retrieval set are labelled from different vocabularies.
  case labelCountMismatch(queries: Int, retrieval: Int)
  /// A cut-off is below 1 or beyond the retrieval set.
  case cutoffOutOfRange(k: Int, retrievalCount: Int)
  /// A Hamming radius is below 0 or beyond the code length.
  case radiusOutOfRange(radius: Int, bits: Int)
  /// A curve by recall has two levels, 0 and 1, at least and 10,001 at most.
  case recallLevelsOutOfRange(Int)
  /// Not every query is told which row of the retrieval set it is itself.
  case ownRowCountMismatch(rows: Int, queries: Int)
  /// The row that is the query itself is no row of the retrieval set.
  case ownRowOutOfRange(query: Int, row: Int, retrievalCount: Int)
  /// Two lists of values are not over the same queries.
  case queryCountMismatch(first: Int, second: Int)
  /// What is asked for cannot be found from histograms alone.
  case needsItems(String)
  /// A name is that of no measure.
  case unknownMeasure(String)
  /// A name is that of no curve.
  case unknownCurve(String)
  /// An activation that is to become a bit is not a number.
  case activationIsNaN(row: Int, bit: Int)
  /// `CROSSBIT_SIMD` holds no level.
  case unknownSIMDLevel(String)
  /// `CROSSBIT_SIMD` holds a level that the processor does not run.
  case unsupportedSIMDLevel(String)

  /// Number of codes and their length in bits.
  public struct CodeShape: Sendable, Hashable {
    /// Number of codes.
    public var count: Int
    /// Code length in bits.
    public var bits: Int

    init(count: Int, bits: Int) {
      self.count = count
      self.bits = bits
    }

    /// The shape of some codes.
    public init(_ codes: BinaryCodes) {
      count = codes.count
      bits = codes.bits
    }
  }

  /// One of the two sides of retrieval.
  public enum ItemSet: String, Sendable, Hashable {
    /// The items that ask.
    case query
    /// The items that are ranked.
    case retrieval
  }
}

extension RetrievalError: CustomStringConvertible {
  /// One sentence with what was expected and what was found.
  public var description: String {
    switch self {
    case .codeLengthMismatch(let queries, let retrieval):
      """
      The codes differ in length: \(queries.count) queries × \(queries.bits) bits against \
      \(retrieval.count) retrieval items × \(retrieval.bits) bits.
      """
    case .rowCountMismatch(let set, let codes, let labels):
      "The \(set.rawValue) set has \(codes) codes but \(labels) label sets; one each is expected."
    case .labelCountMismatch(let queries, let retrieval):
      """
      The queries are labelled with \(queries) labels but the retrieval set with \(retrieval); \
      the same labels are expected.
      """
    case .cutoffOutOfRange(let k, let retrievalCount):
      """
      The cut-off \(k) is out of range: 1 to \(retrievalCount), the size of the retrieval set, \
      is expected.
      """
    case .radiusOutOfRange(let radius, let bits):
      "The radius \(radius) is out of range: 0 to \(bits), the code length, is expected."
    case .recallLevelsOutOfRange(let levels):
      "The curve PR(rank,\(levels)) is not possible: 2 to 10001 levels of recall are expected."
    case .ownRowCountMismatch(let rows, let queries):
      """
      There are \(rows) rows of queries in the retrieval set but \(queries) queries; one row each \
      is expected.
      """
    case .ownRowOutOfRange(let query, let row, let retrievalCount):
      """
      Query \(query) is said to be row \(row) of the retrieval set; 0 to \(retrievalCount - 1) \
      is expected.
      """
    case .queryCountMismatch(let first, let second):
      """
      The methods to compare have values for \(first) and \(second) queries; the same queries \
      are expected.
      """
    case .needsItems(let what):
      "Histograms of distances do not tell \(what); evaluate the whole retrieval set at once for that."
    case .unknownMeasure(let name):
      """
      “\(name)” names no measure; mAP@all, mAP@k(div=hits), mAP@k(div=min), mAP@k(div=total), \
      mAP@k(div=firstRelevant), MAP@R, P@k, R@k, lookup(r=2,precision), NDCG@k, \
      NDCG@k(gain=linear), ACG@k or WAP is expected.
      """
    case .unknownCurve(let name):
      """
      “\(name)” names no curve; PR(radius,micro), PR(radius,macro), PR(rank,11) or \
      PR(top,1,10,100) is expected.
      """
    case .activationIsNaN(let row, let bit):
      "The activation of row \(row), bit \(bit) is not a number, so it has no sign to keep."
    case .unknownSIMDLevel(let value):
      """
      \(SIMDLevel.variable) is “\(value)”, which is no instruction-set level; one of \
      \(Self.list(SIMDLevel.allCases)) is expected.
      """
    case .unsupportedSIMDLevel(let value):
      """
      \(SIMDLevel.variable) is “\(value)”, which this processor does not run; it runs \
      \(Self.list(SIMDLevel.supported)).
      """
    }
  }

  private static func list(_ levels: [SIMDLevel]) -> String {
    levels.map(\.rawValue).joined(separator: ", ")
  }
}
