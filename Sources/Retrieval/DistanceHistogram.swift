/// How many items, and how many relevant ones, lie at each distance from one query.
///
/// A bin is a tie: items at one distance have no order among themselves. Everything that does not
/// depend on the order of the database follows from these two rows of numbers.
struct DistanceHistogram: Sendable, Equatable {
  /// Items at distance 0 … K.
  var items: [UInt32]
  /// Relevant items at distance 0 … K.
  var relevant: [UInt32]

  /// The relevant items at any distance.
  var relevantCount: Int { relevant.reduce(0) { $0 + Int($1) } }

  /// One tie in the ranking.
  struct Tie {
    /// Items ranked before the tie.
    var itemsBefore: Int
    /// Relevant items ranked before the tie.
    var hitsBefore: Int
    /// Items inside.
    var items: Int
    /// Relevant items inside.
    var hits: Int
  }

  /// Visits the ties that hold an item, in rank order.
  @inline(__always)
  func forEachTie(_ visit: (Tie) -> Void) {
    var itemsBefore = 0
    var hitsBefore = 0
    for (items, hits) in zip(items, relevant) where items > 0 {
      visit(
        Tie(itemsBefore: itemsBefore, hitsBefore: hitsBefore, items: Int(items), hits: Int(hits)))
      itemsBefore += Int(items)
      hitsBefore += Int(hits)
    }
  }
}
