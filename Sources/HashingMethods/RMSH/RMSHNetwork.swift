import NeuralNetworks
import Tensors

/// One stream of RMSH: columns → hidden units, ReLU → K, tanh.
///
/// The pictures' and the texts' network share the form and nothing else.
struct RMSHNetwork {
  private let hidden: Linear
  private let hash: Linear

  init(
    _ name: String, columns: Int, bits: Int, _ configuration: RMSH.Configuration,
    random: RandomStream
  ) {
    hidden = Linear(
      "\(name).hidden", inputs: columns, outputs: configuration.hiddenUnits,
      weights: configuration.initialWeights, random: random)
    hash = Linear(
      "\(name).hash", inputs: configuration.hiddenUnits, outputs: bits,
      weights: configuration.initialWeights, random: random)
  }

  var parameters: [Parameter] { hidden.parameters + hash.parameters }

  /// Real codes in −1 … 1, (b, columns) → (b, K).
  func callAsFunction(_ x: Variable) -> Variable { hash(hidden(x).relu()).tanh() }
}
