import NeuralNetworks
import Retrieval
import Tensors

/// One stream of DSMHN: columns → hidden units, ReLU → K, tanh.
struct DSMHNStream {
  private let hidden: Linear
  private let hash: Linear

  init(
    _ name: String, columns: Int, bits: Int, _ configuration: DSMHN.Configuration,
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

/// What predicts labels from codes in either stream, K → c; used in training only.
///
/// Biases start at what fits the labels best without codes. From 0 the codes themselves would have
/// to say at first that each label is rare, and all of them become about equal [probe].
struct DSMHNClassifiers {
  let image: Linear
  let text: Linear
  /// Each parameter once, also where both streams share a classifier.
  let parameters: [Parameter]

  /// - Parameters:
  ///   - bits: K.
  ///   - labels: Label sets of all training items.
  ///   - configuration: The knobs.
  ///   - random: Stream from which each classifier takes sub-streams of its own.
  init(bits: Int, labels: LabelSets, _ configuration: DSMHN.Configuration, random: RandomStream) {
    let start = configuration.labelLoss.bestConstants(for: labels)
    func classifier(_ name: String) -> Linear {
      let layer = Linear(
        "\(name).classifier", inputs: bits, outputs: labels.labelCount,
        weights: configuration.initialWeights, random: random)
      layer.bias.value.assign(start)
      return layer
    }
    switch configuration.classifiers {
    case .separate:
      image = classifier("image")
      text = classifier("text")
      parameters = image.parameters + text.parameters
    case .shared:
      image = classifier("shared")
      text = image
      parameters = image.parameters
    }
  }
}
