package import HashingMethods

/// What a trial is doing.
package enum TrialProgress: Sendable, Codable, Hashable {
  /// Reads the training items.
  case reading
  /// Trains; the point is the newest of the learning curve.
  case training(LearningCurvePoint)
  /// Encodes queries and retrieval set.
  case encoding
  /// Ranks and measures.
  case measuring
}
