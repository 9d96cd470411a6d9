import Retrieval

extension RMSH.Configuration {
  /// δ in bits for a code length and the training labels.
  ///
  /// - Throws: ``TrainingError/unsuitable(_:)`` when there is no such distance.
  func distance(bits: Int, labels: LabelSets) throws -> Double {
    let distance: Double
    let origin: String
    switch self.distance {
    case .bits(let bits):
      (distance, origin) = (bits, "it was given")
    case .position(let position):
      let wordCount =
        separatedPoints == .labels ? labels.labelCount : labels.frequencies.count
      guard wordCount >= 2 else {
        throw TrainingError.unsuitable(
          "RMSH needs at least 2 points to keep apart, and the training labels give \(wordCount); "
            + "give δ in bits instead.")
      }
      let bounds = CodeDistanceBounds(bits: bits, wordCount: wordCount)
      distance = bounds.distance(at: position)
      origin =
        "position \(position) of the range \(bounds.least) to \(bounds.greatest) "
        + "for \(wordCount) points"
    }
    guard distance > 0, distance <= Double(bits) else {
      throw TrainingError.unsuitable(
        "RMSH needs a distance δ above 0 and up to the code length of \(bits) bits, and δ is "
          + "\(distance): \(origin).")
    }
    return distance
  }

  /// Refuses knobs that make no network, batch or pseudo-code.
  ///
  /// - Throws: ``TrainingError/unsuitable(_:)``.
  func check() throws {
    for (name, value, least) in [
      ("epochs", epochs, 1), ("batchSize", batchSize, 2), ("hiddenUnits", hiddenUnits, 1),
      ("pseudoCodeMembers", pseudoCodeMembers, 2),
    ] where value < least {
      throw TrainingError.unsuitable("RMSH needs \(name) of at least \(least), not \(value).")
    }
  }
}
