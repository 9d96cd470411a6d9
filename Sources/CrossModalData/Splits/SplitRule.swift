/// How the code of a release cuts its items into queries, training items and retrieval set.
///
/// All counts but those of ``perClass(_:seed:)`` are exact.
package enum SplitRule: Sendable, Hashable {
  /// The order in which items stand before they are cut.
  package enum Order: Sendable, Hashable {
    /// As the rows of the file.
    case rows
    /// NumPy's `permutation` after `seed(…)`.
    case numPy(seed: UInt32)
    /// MATLAB's `randperm` as the first draw of a session.
    case freshMATLAB
  }

  /// Which end of the order asks.
  package enum End: Sendable, Hashable {
    case first, last
  }

  /// The items of one end ask, all others are searched, and the first `trainingCount` of those are
  /// trained on; all three lists keep the order.
  case cut(Order, asking: End, queryCount: Int, trainingCount: Int)
  /// Queries and training items are drawn class by class; the seed is ours where the release has
  /// none.
  case perClass(ClassQuotas, seed: UInt32)

  /// Number of queries; for a draw by class the number where no class runs out of items.
  package var queryCount: Int {
    switch self {
    case .cut(_, _, let count, _): count
    case .perClass(let quotas, _): quotas.total(\.query)
    }
  }

  /// Number of training items; for a draw by class the number where no class runs out of items.
  package var trainingCount: Int {
    switch self {
    case .cut(_, _, _, let count): count
    case .perClass(let quotas, _): quotas.total(\.training)
    }
  }

  /// The rule in words, for the protocol line.
  var words: String {
    switch self {
    case .cut(let order, let end, let queryCount, let trainingCount):
      let order =
        switch order {
        case .rows: "rows in the file's order"
        case .numPy(let seed): "rows in the order of NumPy's permutation, seed \(seed)"
        case .freshMATLAB:
          "rows in the order of MATLAB's randperm in a fresh session "
            + "(MT19937, seed \(MersenneTwister.matlabDefaultSeed))"
        }
      return "\(order); the \(end == .first ? "first" : "last") \(queryCount) ask, the others are "
        + "searched, the first \(trainingCount) of these are trained on"
    case .perClass(let quotas, let seed):
      return "\(quotas.words); the release draws without a seed, here NumPy's with seed \(seed); "
        + "all but the queries are searched, in the file's order"
    }
  }
}

/// How many queries and training items each class gives, in the order of the label columns.
package struct ClassQuotas: Sendable, Hashable {
  /// What one class gives.
  package struct Quota: Sendable, Hashable {
    /// Number of queries.
    package let query: Int
    /// Number of training items, drawn after them.
    package let training: Int
  }

  /// Number of label columns.
  package let labelCount: Int
  /// Of the class of the first column.
  package let first: Quota
  /// Of every other class.
  package let others: Quota
  /// Whether training items are filled up to the full number from what is searched, where classes
  /// ran out of items.
  package let fillsTraining: Bool

  func total(_ part: KeyPath<Quota, Int>) -> Int {
    first[keyPath: part] + (labelCount - 1) * others[keyPath: part]
  }

  fileprivate var words: String {
    let quota = "\(others.query) queries, then \(others.training) training items of each class"
    let exception =
      first == others
      ? "" : " (\(first.query) and \(first.training) of the first)"
    let filling = fillsTraining ? ", filled up to \(total(\.training)) training items" : ""
    return "\(quota)\(exception) in the order of the label columns, none drawn twice\(filling)"
  }
}
