import CrossModalData
import Retrieval
import Tensors

/// Picture features that are made up: a fixed random non-linear map of the labels and of hidden
/// factors, plus noise.
///
/// x = s(h U) V + σ ε with s(u) = 2u / (1 + |u|), h = (mean of the label vectors of the item + hidden factors) and all
/// of U, V, the label vectors, the hidden factors and ε normal. σ is set so that nearest neighbours
/// share labels as often as is asked for.
final class SyntheticImages {
  /// Width of h, and of the layer behind it.
  private static let factorCount = 64
  private static let unitCount = 256
  /// How large the hidden factors are beside the label vectors.
  private static let hiddenShare: Float = 0.5

  let columns: Int
  /// Standard deviation of the noise.
  private(set) var noise: Float = 0
  private let labels: LabelSets
  private let root: RandomStream
  private let labelVectors: Matrix
  private let first: Matrix
  private let second: Matrix

  init(_ labels: LabelSets, columns: Int, seed: UInt64) {
    self.labels = labels
    self.columns = columns
    let root = RandomStream(seed: seed).stream("pictures")
    self.root = root
    func normal(_ name: String, _ rows: Int, _ columns: Int, deviation: Float) -> Matrix {
      var random = root.stream(name)
      let matrix = Matrix(rows: rows, columns: columns)
      for index in matrix.elements.indices {
        matrix.elements[index] = Float(random.nextNormal()) * deviation
      }
      return matrix
    }
    labelVectors = normal("labels", labels.labelCount, Self.factorCount, deviation: 1)
    first = normal(
      "first layer", Self.factorCount, Self.unitCount,
      deviation: 1 / Float(Self.factorCount).squareRoot())
    second = normal(
      "second layer", Self.unitCount, columns, deviation: 1 / Float(Self.unitCount).squareRoot())
  }

  /// The features of items without noise, shape (items, columns).
  private func signal(_ items: [Int]) -> Matrix {
    let factors = Matrix(rows: items.count, columns: Self.factorCount)
    for (row, item) in items.enumerated() {
      var random = root.stream("item \(item)")
      let share = 1 / Float(max(labels.cardinality(of: item), 1)).squareRoot()
      let own = (0..<labels.labelCount).filter { labels.contains($0, item: item) }
      for factor in 0..<Self.factorCount {
        let sum = own.reduce(Float(0)) { $0 + labelVectors[$1, factor] }
        factors[row, factor] = sum * share + Self.hiddenShare * Float(random.nextNormal())
      }
    }
    let units = Matrix(rows: items.count, columns: Self.unitCount)
    units.setProduct(factors.asFactor, first.asFactor)
    for index in units.elements.indices {
      units.elements[index] = Self.squashed(units.elements[index])
    }
    let features = Matrix(rows: items.count, columns: columns)
    features.setProduct(units.asFactor, second.asFactor)
    return features
  }

  /// Bends as tanh does and is the same on every machine.
  private static func squashed(_ x: Float) -> Float { 2 * x / (1 + abs(x)) }

  /// Adds each item's noise times `noise` to its features.
  private func addNoise(_ noise: Float, to features: Matrix, of items: [Int]) {
    for (row, item) in items.enumerated() {
      var random = root.stream("noise \(item)")
      let values = features.row(row)
      for column in 0..<columns { values[column] += noise * Float(random.nextNormal()) }
    }
  }

  /// Writes the features of items.
  func copy(_ items: Range<Int>, into target: UnsafeMutablePointer<Float>) {
    let items = Array(items)
    let features = signal(items)
    addNoise(noise, to: features, of: items)
    for index in features.elements.indices { target[index] = features.elements[index] }
  }

  // MARK: - The noise

  /// Items of which neighbours are looked for, and how many of them ask.
  private static let sampleCount = 2_000
  private static let askedCount = 500

  /// Sets the noise so that neighbours share labels as often as is asked for.
  ///
  /// - Parameters:
  ///   - wanted: Share of the 5 nearest by cosine that share a label; nil asks for what real
  ///     features reach, see ``usualShare``.
  ///   - seed: Of the sample that is looked at.
  /// - Returns: The agreement that is reached, and that of random items.
  /// - Throws: ``UnreachableAgreement`` when no noise gives it.
  func setNoise(
    agreement wanted: Double?, seed: UInt64
  ) throws(UnreachableAgreement) -> (reached: Double, chance: Double) {
    var random = RandomStream(seed: seed).stream("sample for the noise")
    let eligible = (0..<labels.count).filter { labels.cardinality(of: $0) > 0 }
    let sample = random.nextDistinct(min(Self.sampleCount, eligible.count), below: eligible.count)
      .map { eligible[$0] }
    let plain = signal(sample)
    let unitNoise = Matrix(rows: plain.rows, columns: columns)
    addNoise(1, to: unitNoise, of: sample)
    let noisy = Matrix(rows: plain.rows, columns: columns)
    let chance = chance(sample)
    let wanted = wanted ?? chance + Self.usualShare * (1 - chance)
    func agreement(_ noise: Float) -> Double {
      for index in plain.elements.indices {
        noisy.elements[index] = plain.elements[index] + noise * unitNoise.elements[index]
      }
      return self.agreement(noisy, sample)
    }
    let greatest = agreement(0)
    guard wanted > chance, wanted < greatest else {
      throw UnreachableAgreement(wanted: wanted, range: (chance, greatest))
    }
    // More noise, less agreement: the logarithm of the noise is halved between the two ends.
    var (low, high): (Float, Float) = (1e-3, 1e3)
    for _ in 0..<16 {
      let middle = (low * high).squareRoot()
      if agreement(middle) > wanted { low = middle } else { high = middle }
    }
    noise = (low * high).squareRoot()
    return (agreement(noise), chance)
  }

  /// How far from chance (0) to certainty (1) neighbours share labels in real features: those of
  /// EfficientNet-Lite0 of 730 pictures of MIRFlickr agree in 3,213 of 3,650 cases, chance in 0.48.
  static let usualShare = 0.77

  private func agreement(_ features: Matrix, _ sample: [Int]) -> Double {
    let asked = min(Self.askedCount, sample.count)
    let neighbours = features.nearestByCosine(
      NeighbourAgreement.neighbourCount, askedCount: asked)
    let shared = neighbours.enumerated().reduce(0) { sum, entry in
      sum + entry.element.count { labels.share(sample[entry.offset], sample[$0]) }
    }
    return Double(shared) / Double(asked * NeighbourAgreement.neighbourCount)
  }

  private func chance(_ sample: [Int]) -> Double {
    let half = sample.count / 2
    let shared = (0..<half).count { labels.share(sample[$0], sample[half + $0]) }
    return Double(shared) / Double(max(half, 1))
  }
}

/// An agreement of neighbours at or below chance, or above what features without noise reach.
struct UnreachableAgreement: Error {
  let wanted: Double
  let range: (chance: Double, greatest: Double)
}

extension LabelSets {
  /// Whether two items share a label.
  fileprivate func share(_ one: Int, _ other: Int) -> Bool {
    (0..<labelCount).contains { contains($0, item: one) && contains($0, item: other) }
  }
}
