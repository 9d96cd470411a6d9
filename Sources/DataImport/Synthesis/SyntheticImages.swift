import Retrieval
import Tensors

/// Picture features that are made up: a fixed random non-linear map of the labels and of hidden
/// factors, plus noise.
///
/// x = s(h U) V + σ ε with s(u) = 2u / (1 + |u|), h = Σ (√α v_l + √(1 − α) c w_l) / √k + hidden factors,
/// the sum over the k labels l of the item, and all of U, V, the label vectors v and w, the hidden
/// factors and ε normal. c is a coin of the item, −1 or 1.
///
/// σ is set so that nearest neighbours share labels as often as is asked for. The share α says how
/// much of that a linear map sees: s is odd, so what comes of c w_l alone has mean 0 over the items
/// of any label. Neighbours see it, since items with one coin have each other. Without a wish for
/// the linear probe α is 1, where it comes out well above that of real features; see
/// ``SyntheticFit``.
final class SyntheticImages {
  /// Width of h, and of the layer behind it.
  private static let factorCount = 64
  private static let unitCount = 256
  /// How large the hidden factors are beside the label vectors.
  private static let hiddenShare: Float = 0.5

  let columns: Int
  /// Standard deviation of the noise.
  var noise: Float = 0
  /// α: the share of the labels' signal that is a linear map of label vectors.
  var linearShare: Float = 1
  let labels: LabelSets
  private let root: RandomStream
  private let labelVectors: Matrix
  private let coinVectors: Matrix
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
    coinVectors = normal("labels with a coin", labels.labelCount, Self.factorCount, deviation: 1)
    first = normal(
      "first layer", Self.factorCount, Self.unitCount,
      deviation: 1 / Float(Self.factorCount).squareRoot())
    second = normal(
      "second layer", Self.unitCount, columns, deviation: 1 / Float(Self.unitCount).squareRoot())
  }

  /// The features of items without noise, shape (items, columns).
  func signal(_ items: [Int]) -> Matrix {
    let factors = Matrix(rows: items.count, columns: Self.factorCount)
    let vectors = labelVectorsByCoin
    for (row, item) in items.enumerated() {
      var random = root.stream("item \(item)")
      let share = 1 / Float(max(labels.cardinality(of: item), 1)).squareRoot()
      let own = (0..<labels.labelCount).filter { labels.contains($0, item: item) }
      let vectors = vectors[root.stream("coin \(item)").isHeads ? 0 : 1]
      for factor in 0..<Self.factorCount {
        let sum = own.reduce(Float(0)) { $0 + vectors[$1, factor] }
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

  /// √α v + √(1 − α) c w for both sides of the coin.
  private var labelVectorsByCoin: [Matrix] {
    let (own, mixed) = (linearShare.squareRoot(), (1 - linearShare).squareRoot())
    return [1, -1].map { (side: Float) in
      let vectors = Matrix(rows: labels.labelCount, columns: Self.factorCount)
      for index in vectors.elements.indices {
        vectors.elements[index] =
          own * labelVectors.elements[index] + side * mixed * coinVectors.elements[index]
      }
      return vectors
    }
  }

  /// Bends as tanh does and is the same on every machine.
  private static func squashed(_ x: Float) -> Float { 2 * x / (1 + abs(x)) }

  /// Adds each item's noise times `noise` to its features.
  func addNoise(_ noise: Float, to features: Matrix, of items: [Int]) {
    for (row, item) in items.enumerated() {
      var random = root.stream("noise \(item)")
      let values = features.row(row)
      for column in 0..<columns { values[column] += noise * Float(random.nextNormal()) }
    }
  }

  /// The features of items, shape (items, columns).
  func features(of items: [Int]) -> Matrix {
    let features = signal(items)
    addNoise(noise, to: features, of: items)
    return features
  }

  /// Writes the features of items.
  func copy(_ items: Range<Int>, into target: UnsafeMutablePointer<Float>) {
    let features = features(of: Array(items))
    for index in features.elements.indices { target[index] = features.elements[index] }
  }
}

extension RandomStream {
  /// Whether the first bit of the stream is 1.
  fileprivate var isHeads: Bool {
    var copy = self
    return copy.next() >> 63 == 1
  }
}
