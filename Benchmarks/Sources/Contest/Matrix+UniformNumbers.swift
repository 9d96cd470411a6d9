package import Crossbit

extension Matrix {
  /// Fills the matrix with uniform numbers within ±`limit`.
  ///
  /// Every matrix is a SplitMix64 stream of its own seed; `uniform` in `training_step.py` makes the
  /// same numbers bit by bit.
  package func fillUniformly(seed: UInt64, limit: Double) {
    var random = RandomStream(seed: seed)
    for index in elements.indices {
      elements[index] = Float(limit * (2 * random.nextUniform() - 1))
    }
  }
}
