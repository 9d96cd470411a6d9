import NeuralNetworks
import Tensors

/// One stream of a method: columns → hidden units, ReLU → K, tanh.
///
/// The pictures' and the texts' network share the form and nothing else.
struct HiddenLayerNetwork {
  private let hidden: Linear
  private let hash: Linear

  init(
    _ name: String, columns: Int, hiddenUnits: Int, bits: Int, weights: Initialiser,
    random: RandomStream
  ) {
    hidden = Linear(
      "\(name).hidden", inputs: columns, outputs: hiddenUnits, weights: weights, random: random)
    hash = Linear(
      "\(name).hash", inputs: hiddenUnits, outputs: bits, weights: weights, random: random)
  }

  /// The network of the pictures and that of the texts.
  static func pair(
    for data: TrainingData, hiddenUnits: Int, bits: Int, weights: Initialiser,
    random: RandomStream
  ) -> (image: HiddenLayerNetwork, text: HiddenLayerNetwork) {
    func network(_ name: String, columns: Int) -> HiddenLayerNetwork {
      HiddenLayerNetwork(
        name, columns: columns, hiddenUnits: hiddenUnits, bits: bits, weights: weights,
        random: random)
    }
    return (
      network("image", columns: data.image.columns), network("text", columns: data.text.columns)
    )
  }

  var parameters: [Parameter] { hidden.parameters + hash.parameters }

  /// Real codes in −1 … 1, (b, columns) → (b, K).
  func callAsFunction(_ x: Variable) -> Variable { hash(hidden(x).relu()).tanh() }
}
