import CrossModalData
import NeuralNetworks
import Tensors

/// The network of one modality: levels u⁰ … of its features, their fusion, and the hash layer.
struct MDSANNetwork {
  private let levels: MultilevelFeatures
  /// a of the fusion, shape (level units, 1).
  private let attention: Parameter?
  private let hash: Linear
  /// C of each level, shape (embedding units, level units).
  private let classifiers: [Parameter]

  init(
    _ name: String, layout: FeatureLayout, bits: Int, _ configuration: MDSAN.Configuration,
    random: RandomStream
  ) {
    levels = MultilevelFeatures(name, layout: layout, configuration, random: random)
    let (weights, units) = (configuration.initialWeights, configuration.levelUnits)
    attention =
      levels.count == 1
      ? nil
      : Parameter(
        "\(name).attention", rows: units, columns: 1, weights: weights, random: random)
    hash = Linear(
      "\(name).hash", inputs: units, outputs: bits, weights: weights, random: random)
    classifiers =
      configuration.levelWeight == 0
      ? []
      : (0..<levels.count).map { level in
        Parameter(
          "\(name).classifier\(level)", rows: configuration.embeddingUnits, columns: units,
          weights: weights, random: random)
      }
  }

  var parameters: [Parameter] {
    levels.parameters + (attention.map { [$0] } ?? []) + hash.parameters + classifiers
  }

  /// Real codes in −1 … 1, (b, columns) → (b, K), and the levels they come from, (b, units) each.
  ///
  /// w = softmax over levels of tanh(u^l) a, u = Σ_l w_l u^l, code = tanh(W u + bias).
  func callAsFunction(_ x: Variable) -> (codes: Variable, levels: [Variable]) {
    let levels = levels(x)
    guard let attention else { return (hash(levels[0]).tanh(), levels) }
    let scores = levels.map { $0.tanh().multiplied(by: x.tape.parameter(attention)) }
    let fused = Variable.weightedSum(of: levels, by: Variable.joiningColumns(scores).softmax())
    return (hash(fused).tanh(), levels)
  }

  /// Logits of the c labels from each level, (b, c): (C u) Eᵀ / √e with e the embeddings' columns.
  ///
  /// The labels' product E C comes first: they are fewer than the items of a batch on most data.
  func logits(of levels: [Variable], _ embeddings: Variable) -> [Variable] {
    zip(levels, classifiers).map { level, classifier in
      let labels = embeddings.multiplied(by: level.tape.parameter(classifier))
      return level.multiplied(byTransposed: labels)
        .scaled(by: 1 / Float(embeddings.columns).squareRoot())
    }
  }
}

/// The levels of one modality's features, each (b, level units).
///
/// By depth, from the one vector x: u⁰ = ReLU(W₀ x), u¹ = ReLU(P₁ t), u² = ReLU(W₂ t) with the trunk
/// t = ReLU(W₁ x); the single level is u². Given levels: u^l = ReLU(W_l x^l), the vector first.
struct MultilevelFeatures {
  private enum Layers {
    case depth(trunk: Linear, deep: Linear, shallow: Linear, middle: Linear)
    case single(trunk: Linear, deep: Linear)
    case given([(columns: Range<Int>, layer: Linear)])
  }

  private let vector: Range<Int>
  private let layers: Layers
  let parameters: [Parameter]

  init(
    _ name: String, layout: FeatureLayout, _ configuration: MDSAN.Configuration,
    random: RandomStream
  ) {
    vector = layout.vector
    var made: [Linear] = []
    func layer(_ part: String, _ inputs: Int, _ outputs: Int) -> Linear {
      let layer = Linear(
        "\(name).\(part)", inputs: inputs, outputs: outputs,
        weights: configuration.initialWeights, random: random)
      made.append(layer)
      return layer
    }
    let (units, trunkUnits) = (configuration.levelUnits, configuration.trunkUnits)
    if configuration.levels == .given, !layout.levels.isEmpty {
      layers = .given(
        ([layout.vector] + layout.levels).enumerated().map { level, columns in
          (columns, layer("level\(level)", columns.count, units))
        })
    } else {
      let trunk = layer("trunk", vector.count, trunkUnits)
      let deep = layer("deep", trunkUnits, units)
      layers =
        configuration.levels == .single
        ? .single(trunk: trunk, deep: deep)
        : .depth(
          trunk: trunk, deep: deep, shallow: layer("shallow", vector.count, units),
          middle: layer("middle", trunkUnits, units))
    }
    parameters = made.flatMap(\.parameters)
  }

  /// Number of levels.
  var count: Int {
    switch layers {
    case .depth: 3
    case .single: 1
    case .given(let layers): layers.count
    }
  }

  /// The levels of some rows, shallowest or first given one first.
  func callAsFunction(_ x: Variable) -> [Variable] {
    func part(_ columns: Range<Int>) -> Variable {
      columns == 0..<x.columns ? x : x.columns(columns)
    }
    switch layers {
    case .depth(let trunk, let deep, let shallow, let middle):
      let vector = part(vector)
      let t = trunk(vector).relu()
      return [shallow(vector), middle(t), deep(t)].map { $0.relu() }
    case .single(let trunk, let deep):
      return [deep(trunk(part(vector)).relu()).relu()]
    case .given(let layers):
      return layers.map { $0.layer(part($0.columns)).relu() }
    }
  }
}

extension Parameter {
  /// A parameter without a layer, drawn from the stream of its name.
  convenience init(
    _ name: String, rows: Int, columns: Int, weights: Initialiser, random: RandomStream
  ) {
    self.init(name, Matrix(rows: rows, columns: columns))
    var stream = random.stream(name)
    weights.fill(value, using: &stream)
  }
}
