import Contest
import Crossbit

/// A network that turns features into codes, and what is measured with it.
struct EncodingShape: Sendable {
  /// What the command line and the workers call it.
  let name: String
  /// Widths from the features to the codes, with a ReLU after every hidden layer and a tanh at the end.
  let widths: [Int]

  /// `4096 → 4096 → 64`.
  var layers: String { widths.map(String.init).joined(separator: " → ") }

  /// Columns of the features of every file.
  static let columns = 4096

  /// The usual network over CNN features, and a linear head, whose weights are too few to keep a core
  /// busy: its time is that of reading.
  static let all = [
    EncodingShape(name: "hidden", widths: [columns, 4096, 64]),
    EncodingShape(name: "linear", widths: [columns, 64]),
  ]
}

/// The network of a shape with uniform weights, as `encoding.py` makes them too.
struct EncodingNetwork {
  private let layers: [Linear]
  private let tape = Tape(isRecording: false)

  init(_ shape: EncodingShape) {
    layers = zip(shape.widths, shape.widths.dropFirst()).enumerated().map { index, widths in
      let layer = Linear(
        "layer \(index)", inputs: widths.0, outputs: widths.1, weights: .constant(0),
        random: RandomStream(seed: 0))
      layer.weight.value.fillUniformly(seed: UInt64(10 + 2 * index), limit: 0.02)
      layer.bias.value.fillUniformly(seed: UInt64(11 + 2 * index), limit: 0.02)
      return layer
    }
  }

  /// Activations of a block, valid until the next call.
  func callAsFunction(_ block: Matrix) -> Matrix {
    tape.reset()
    let x = tape.constant(block)
    return layers.dropFirst().reduce(layers[0](x)) { hidden, layer in layer(hidden.relu()) }
      .tanh().value
  }
}
