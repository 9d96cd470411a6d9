import NeuralNetworks
import Tensors

/// The image network: one linear layer on frozen features, or a re-learned hidden layer before it.
struct DCMHImageNetwork {
  private let layers: [Linear]

  init(columns: Int, bits: Int, _ configuration: DCMH.Configuration, random: RandomStream) {
    let normal = Initialiser.normal(deviation: configuration.initialDeviation)
    func layer(_ name: String, _ inputs: Int, _ outputs: Int) -> Linear {
      Linear(
        "image.\(name)", inputs: inputs, outputs: outputs, weights: normal, biases: normal,
        random: random)
    }
    switch configuration.imageHead {
    case .linear:
      layers = [layer("hash", columns, bits)]
    case .relearned(let units):
      layers = [layer("hidden", columns, units), layer("hash", units, bits)]
    }
  }

  var parameters: [Parameter] { layers.flatMap(\.parameters) }

  /// Real codes f of pictures, (b, image columns) → (b, K); identity output.
  func callAsFunction(_ x: Variable) -> Variable {
    layers.dropFirst().reduce(layers[0](x)) { hidden, layer in layer(hidden.relu()) }
  }
}

/// The text network: text columns → hidden units, ReLU → K, identity output.
struct DCMHTextNetwork {
  private let hidden: Linear
  private let hash: Linear

  init(columns: Int, bits: Int, _ configuration: DCMH.Configuration, random: RandomStream) {
    let normal = Initialiser.normal(deviation: configuration.initialDeviation)
    let units = configuration.textHiddenUnits
    hidden = Linear(
      "text.hidden", inputs: columns, outputs: units, weights: normal, biases: normal,
      random: random)
    hash = Linear(
      "text.hash", inputs: units, outputs: bits, weights: normal, biases: normal, random: random)
  }

  var parameters: [Parameter] { hidden.parameters + hash.parameters }

  /// Real codes g of texts, (b, text columns) → (b, K).
  func callAsFunction(_ t: Variable) -> Variable { hash(hidden(t).relu()) }
}
