import ElementwiseKernels
import Foundation
import TestSupport
import Testing

@testable import Tensors

@Suite("Element-wise kernels")
struct ElementwiseKernelTests {
  /// Lengths around the widths of the vector registers and the sixteen lanes.
  static let lengths = [0, 1, 3, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 257]

  private struct Buffers {
    var a: [Float]
    var b: [Float]
    var c: [Float]
    var d: [Float]
    var s: [UInt8]

    init(_ count: Int) {
      var random = testStream("kernels \(count)")
      func numbers() -> [Float] { (0..<count).map { _ in Float(3 * random.nextNormal()) } }
      a = numbers()
      b = numbers()
      c = numbers().map(abs)
      d = numbers().map(abs)
      s = (0..<count).map { _ in UInt8(random.next() & 1) }
    }
  }

  /// Everything that one level computes, as bits.
  private func results(_ k: ewk_kernels, _ count: Int) -> [[UInt32]] {
    let start = Buffers(count)
    var all: [[UInt32]] = []
    func keep(_ body: (inout Buffers) -> Void) {
      var buffers = start
      body(&buffers)
      all.append((buffers.a + buffers.b + buffers.c + buffers.d).map(\.bitPattern))
    }
    func keep(_ value: Double) {
      all.append([UInt32(truncatingIfNeeded: value.bitPattern), UInt32(value.bitPattern >> 32)])
    }
    keep { k.relu($0.a, &$0.b, count) }
    keep { k.relu_backward($0.a, $0.b, &$0.c, count, 0.7, 0.3) }
    keep { k.tanh($0.a, &$0.b, count) }
    keep { k.tanh_backward($0.a, $0.b, &$0.c, count, 0.7, 0) }
    keep { k.sigmoid($0.a, &$0.b, count) }
    keep { k.sigmoid_backward($0.a, $0.b, &$0.c, count, 0.7, 1) }
    keep { buffers in
      let sum = k.likelihood(buffers.a, buffers.s, &buffers.b, count)
      keep(sum)
    }
    keep(k.squared_distance(start.a, start.b, count))
    keep(k.sum(start.a, count))
    keep { k.difference($0.a, $0.b, &$0.c, count, 2, 0.5) }
    keep { k.blend($0.a, &$0.c, count, 2, 0.5) }
    keep { k.product($0.a, $0.b, &$0.c, count, 2, 0.5) }
    keep { k.sgd(&$0.a, $0.b, count, 0.1, 0.01) }
    keep { k.sgd_momentum(&$0.a, $0.b, &$0.c, count, 0.1, 0.01, 0.9) }
    keep { k.rmsprop(&$0.a, $0.b, &$0.c, count, 0.1, 0.9, 1e-8) }
    keep { k.adam(&$0.a, $0.b, &$0.c, &$0.d, count, 0.1, 0.9, 0.999, 1e-8, 2, 3) }
    return all
  }

  @Test("Every instruction set returns the bits of the scalar one", arguments: lengths)
  func levelsAgree(_ count: Int) {
    let scalar = results(Elementwise.kernels(of: EWK_SCALAR), count)
    for level in Elementwise.supportedLevels {
      #expect(results(Elementwise.kernels(of: level), count) == scalar, "level \(level.name)")
    }
  }

  @Test("Every instruction set finds the same shared labels", arguments: [1, 2, 4])
  func levelsAgreeOnLabels(_ wordCount: Int) {
    var random = testStream("labels")
    let sets = (0..<(67 * wordCount)).map { _ in
      random.next() & random.next() & random.next() & random.next() & random.next() & random.next()
    }
    let expected = (0..<67).map { item in
      (0..<wordCount).contains { sets[$0] & sets[item * wordCount + $0] != 0 } ? UInt8(1) : 0
    }
    #expect(Set(expected).count == 2)
    for level in Elementwise.supportedLevels {
      var row = [UInt8](repeating: 9, count: 67)
      Elementwise.kernels(of: level).meets(sets, sets, 67, wordCount, &row)
      #expect(row == expected, "level \(level.name)")
    }
  }

  /// float32 carries 24 bits, and the polynomials were made for 1 to 2 units in the last place.
  private static let relativeTolerance = 4e-7

  @Test("tanh, the logistic function and softplus agree with libm in Double")
  func accuracy() {
    let inputs =
      (-2000...2000).map { Float($0) / 50 } + [1e-6, -1e-6, 0.6249, 0.6251, 88, -88, 200]
    let count = inputs.count
    let k = Elementwise.kernels
    var tanhs = inputs
    var sigmoids = inputs
    k.tanh(inputs, &tanhs, count)
    k.sigmoid(inputs, &sigmoids, count)
    for (index, input) in inputs.enumerated() {
      let x = Double(input)
      let expectedTanh = Foundation.tanh(x)
      #expect(
        abs(Double(tanhs[index]) - expectedTanh) <= Self.relativeTolerance * abs(expectedTanh))
      // exp is clamped at −87, below which the logistic function is under 2e-38.
      let expectedSigmoid = 1 / (1 + exp(-x))
      #expect(
        abs(Double(sigmoids[index]) - expectedSigmoid)
          <= Self.relativeTolerance * expectedSigmoid + 2e-38)
      var slope: Float = 0
      let softplus = k.likelihood([input], [0], &slope, 1)
      let expectedSoftplus = max(x, 0) + log1p(exp(-abs(x)))
      #expect(
        abs(softplus - expectedSoftplus) <= Self.relativeTolerance * expectedSoftplus + 2e-38)
    }
  }

  @Test("NaN goes through instead of turning into a number")
  func nan() {
    var out: [Float] = [0]
    Elementwise.kernels.tanh([.nan], &out, 1)
    #expect(out[0].isNaN)
    Elementwise.kernels.sigmoid([.nan], &out, 1)
    #expect(out[0].isNaN)
    Elementwise.kernels.relu([.nan], &out, 1)
    #expect(out[0].isNaN)
    #expect(Elementwise.kernels.likelihood([.nan], [1], &out, 1).isNaN)
  }

  @Test("Keeping nothing does not read the old elements")
  func keepZero() {
    var out: [Float] = [.nan, .infinity]
    Elementwise.kernels.blend([1, 2], &out, 2, 3, 0)
    #expect(out == [3, 6])
  }
}
