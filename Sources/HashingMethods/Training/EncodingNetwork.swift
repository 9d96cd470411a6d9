import CrossModalData
import Tensors

/// A trained network as a hash function: raw features in, real activations out.
///
/// Its tape reuses the same buffers for every block, so the activations it returns are valid until
/// the next call.
struct EncodingNetwork {
  private let scaling: FittedScaling
  private let network: (Variable) -> Variable
  private let tape = Tape(isRecording: false)

  init(_ scaling: FittedScaling, _ network: @escaping (Variable) -> Variable) {
    self.scaling = scaling
    self.network = network
  }

  /// Activations of a block of raw features, (b, columns) → (b, bits).
  func callAsFunction(_ block: Matrix) -> Matrix {
    tape.reset()
    return network(tape.constant(scaled(block))).value
  }

  /// The block as the network wants it; the caller's rows stay as they are.
  private func scaled(_ block: Matrix) -> Matrix {
    let copy = tape.scratch(rows: block.rows, columns: block.columns)
    copy.assign(block)
    scaling.apply(to: copy)
    return copy
  }
}

extension FittedScaling {
  /// A scaled copy of a matrix, for features that are scaled once and read many times.
  func scaled(_ matrix: Matrix) -> Matrix {
    let copy = matrix.copy()
    apply(to: copy)
    return copy
  }
}
