import CrossModalData
import Tensors

/// A trained network over both modalities as a hash function of pairs.
///
/// The activations it returns are valid until the next call.
struct PairEncodingNetwork {
  private let imageScaling: FittedScaling
  private let textScaling: FittedScaling
  private let network: (Variable, Variable) -> Variable
  private let tape = Tape(isRecording: false)

  init(
    _ imageScaling: FittedScaling, _ textScaling: FittedScaling,
    _ network: @escaping (Variable, Variable) -> Variable
  ) {
    self.imageScaling = imageScaling
    self.textScaling = textScaling
    self.network = network
  }

  /// Activations of a block of raw pairs, (b, dx) and (b, dy) → (b, bits).
  func callAsFunction(_ image: Matrix, _ text: Matrix) -> Matrix {
    tape.reset()
    let x = tape.scratch(rows: image.rows, columns: image.columns)
    let y = tape.scratch(rows: text.rows, columns: text.columns)
    x.assign(image)
    y.assign(text)
    imageScaling.apply(to: x)
    textScaling.apply(to: y)
    return network(tape.constant(x), tape.constant(y)).value
  }
}
