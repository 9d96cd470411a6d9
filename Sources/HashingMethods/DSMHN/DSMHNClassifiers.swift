import NeuralNetworks
import Retrieval
import Tensors

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
