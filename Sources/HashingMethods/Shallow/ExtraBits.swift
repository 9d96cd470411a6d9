import Tensors

/// Where bits come from when a method finds fewer directions than the code length.
///
/// Neither is in the papers, which stay below the number of directions.
public enum ExtraBits: String, Sendable, Codable, CaseIterable, Hashable {
  /// Random projections inside the space of the directions found, the same for both modalities.
  case randomProjections = "random-projections"
  /// The trial stops with a sentence.
  case refused

  /// How directions mix to bits, shape (directions, bits).
  ///
  /// The first bits take a direction each. Each further bit is a sum of all, with standard normal
  /// factors times `weights`.
  ///
  /// - Throws: ``TrainingError/unsuitable(_:)``.
  func mixing(
    weights: [Double], bits: Int, method: String, _ random: RandomStream
  ) throws(TrainingError) -> DoubleMatrix {
    let found = weights.count
    guard bits <= found || (found > 0 && self == .randomProjections) else {
      throw .unsuitable(
        "\(method) finds \(found) directions in these features, too few for \(bits) bits"
          + (found > 0 ? "; shorten the code or allow random projections for the rest." : "."))
    }
    var mixing = DoubleMatrix(rows: found, columns: bits)
    for bit in 0..<min(found, bits) { mixing[bit, bit] = 1 }
    var stream = random.stream("extra bits")
    for bit in min(found, bits)..<bits {
      for direction in 0..<found {
        mixing[direction, bit] = weights[direction] * stream.nextNormal()
      }
    }
    return mixing
  }
}

extension DoubleMatrix {
  /// Standard normal numbers, drawn column after column.
  static func standardNormal(
    rows: Int, columns: Int, using random: inout some RandomNumberGenerator
  ) -> DoubleMatrix {
    DoubleMatrix(
      rows: rows, columns: columns,
      elements: (0..<(rows * columns)).map { _ in random.nextNormal() })
  }
}
