import NeuralNetworks
import Tensors

/// The last codes of all training items: real buffers such as F, G and H, and binary B; (n, K) each.
struct CodeBuffers {
  /// A buffer's name and its weight in B.
  typealias Share = (name: String, weight: Double)

  /// F, G …; N(0, 1) at first, as in DCMH's and MESDCH's code.
  let real: [Matrix]
  /// B, the sign of the weighted sum of the buffers; the sign of 0 is +1, as in codes.
  let binary: Matrix
  private let weights: [Float]

  /// - Parameters:
  ///   - shares: The buffers.
  ///   - count: Number n of training items.
  ///   - bits: K.
  ///   - random: Each buffer takes the sub-stream `buffer NAME`.
  init(_ shares: [Share], count: Int, bits: Int, random: RandomStream) {
    real = shares.map { share in
      let buffer = Matrix(rows: count, columns: bits)
      var stream = random.stream("buffer \(share.name)")
      Initialiser.normal(deviation: 1).fill(buffer, using: &stream)
      return buffer
    }
    weights = shares.map { Float($0.weight) }
    binary = Matrix(rows: count, columns: bits)
    updateBinary()
  }

  /// Writes a batch's codes, one variable a buffer, to the rows of its items.
  func store(_ codes: [Variable], at items: [Int]) {
    precondition(codes.count == real.count, "\(codes.count) codes for \(real.count) buffers")
    for (buffer, variable) in zip(real, codes) { variable.value.scatterRows(to: buffer, at: items) }
  }

  /// Takes B from the buffers as they are.
  func updateBinary() {
    for index in binary.elements.indices {
      var sum: Float = 0
      for (buffer, weight) in zip(real, weights) { sum += weight * buffer.elements[index] }
      binary.elements[index] = sum < 0 ? -1 : 1
    }
  }
}
