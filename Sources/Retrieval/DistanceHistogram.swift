/// How many items, and how many relevant ones, lie at each distance 0 … K from one query.
struct DistanceHistogram: Sendable, Equatable {
  /// Items at each distance.
  var items: [UInt32]
  /// Relevant items at each distance.
  var relevant: [UInt32]
}
