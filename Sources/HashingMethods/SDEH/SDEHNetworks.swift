import CrossModalData
import NeuralNetworks
import Tensors

/// What a modality's network makes of a batch.
struct SDEHFeatures {
  /// Shared part c, (b, hidden units).
  let shared: Variable
  /// Private part r, (b, hidden units); nil where there is none.
  let own: Variable?
  /// Real codes f in −1 … 1, (b, K).
  let codes: Variable
}

/// The network of one modality.
///
///     u = w ∘ global + (1 − w) ∘ local,  w = σ([global, local] W + b)
///     c = tanh(u W_c + b_c),  r = tanh(u W_r + b_r)
///     c~ = c + softmax(c Pᵀ / √width) P,  f = tanh(c~ W_h + b_h)
///
/// P are the label prototypes, which both modalities share.
struct SDEHNetwork {
  private let branches: SDEHBranches
  private let shared: Linear
  private let own: Linear?
  private let hash: Linear
  private let enhancement: Bool

  init(
    _ name: String, layout: FeatureLayout, bits: Int, _ configuration: SDEH.Configuration,
    random: RandomStream
  ) {
    let width = configuration.hiddenUnits
    func layer(_ part: String, outputs: Int) -> Linear {
      Linear(
        "\(name).\(part)", inputs: width, outputs: outputs, weights: configuration.initialWeights,
        random: random)
    }
    branches = SDEHBranches(name, layout: layout, configuration, random: random)
    shared = layer("shared", outputs: width)
    own = configuration.privatePart ? layer("private", outputs: width) : nil
    hash = layer("hash", outputs: bits)
    enhancement = configuration.enhancement
  }

  var parameters: [Parameter] {
    branches.parameters + shared.parameters + (own?.parameters ?? []) + hash.parameters
  }

  /// Features and codes of a batch, (b, columns); the prototypes have shape (labels, hidden units).
  func callAsFunction(_ x: Variable, prototypes: Variable) -> SDEHFeatures {
    let u = branches(x)
    let c = shared(u).tanh()
    return SDEHFeatures(
      shared: c, own: own.map { $0(u).tanh() }, codes: codes(ofShared: c, prototypes: prototypes))
  }

  /// The codes alone, for new items.
  func encode(_ x: Variable, prototypes: Variable) -> Variable {
    codes(ofShared: shared(branches(x)).tanh(), prototypes: prototypes)
  }

  private func codes(ofShared c: Variable, prototypes: Variable) -> Variable {
    guard enhancement else { return hash(c).tanh() }
    let affinity = c.multiplied(byTransposed: prototypes)
      .scaled(by: 1 / Float(c.columns).squareRoot()).softmax()
    return hash(c.plus(affinity.multiplied(by: prototypes))).tanh()
  }
}

/// The global and the local branch of a modality and the gate between them, columns → hidden units.
///
/// Global: the vector → hidden units, ReLU. Local: parts of `slotWidth` columns attend to each other,
/// then → hidden units, ReLU. The parts are slots, which a dense layer makes of the vector, side by
/// side after attention; or regions or tokens, embedded each alike, as their mean after attention.
private struct SDEHBranches {
  private let layout: FeatureLayout
  private let readsParts: Bool
  private let partCount: Int
  private let global: Linear
  /// Embedding, attention, way to hidden units and gate; nil without a local branch.
  private let local: (embedding: Linear, attention: SelfAttention, output: Linear, gate: Linear)?

  init(
    _ name: String, layout: FeatureLayout, _ configuration: SDEH.Configuration,
    random: RandomStream
  ) {
    self.layout = layout
    let (width, slotWidth) = (configuration.hiddenUnits, configuration.slotWidth)
    let parts = configuration.usesParts ? layout.parts : nil
    readsParts = parts != nil
    partCount = parts?.count ?? configuration.slotCount
    func layer(_ part: String, _ inputs: Int, _ outputs: Int) -> Linear {
      Linear(
        "\(name).\(part)", inputs: inputs, outputs: outputs,
        weights: configuration.initialWeights, random: random)
    }
    global = layer("global", layout.vector.count, width)
    guard configuration.localBranch else {
      local = nil
      return
    }
    let attention = SelfAttention(
      "\(name).attention", width: slotWidth, heads: configuration.headCount,
      weights: configuration.initialWeights, random: random)
    let slots = configuration.slotCount * slotWidth
    local = (
      embedding: parts.map { layer("parts", $0.width, slotWidth) }
        ?? layer("slots", layout.vector.count, slots),
      attention: attention,
      output: layer("local", parts == nil ? slots : slotWidth, width),
      gate: layer("gate", 2 * width, width)
    )
  }

  var parameters: [Parameter] {
    guard let local else { return global.parameters }
    return global.parameters + local.embedding.parameters + local.attention.parameters
      + local.output.parameters + local.gate.parameters
  }

  /// u of a batch, (b, columns) → (b, hidden units).
  func callAsFunction(_ x: Variable) -> Variable {
    let vector = layout.vector.count == x.columns ? x : x.columns(layout.vector)
    let global = self.global(vector).relu()
    guard let local else { return global }
    let attended: Variable
    if readsParts, let parts = layout.parts {
      let rows = x.columns(parts.range).reshaped(rows: x.rows * partCount, columns: parts.width)
      attended = local.attention(local.embedding(rows), parts: partCount).meansOfRows(partCount)
    } else {
      let slots = local.embedding(vector)
      attended = local.attention(
        slots.reshaped(rows: x.rows * partCount, columns: slots.columns / partCount),
        parts: partCount
      ).reshaped(rows: x.rows, columns: slots.columns)
    }
    let detail = local.output(attended).relu()
    let gate = local.gate(.joiningColumns([global, detail])).sigmoid()
    // w ∘ global + (1 − w) ∘ local
    return detail.plus(gate.times(global.plus(detail.scaled(by: -1))))
  }
}
