import Foundation
import NeuralNetworks
import Tensors
import TestSupport
import Testing

@Suite("Attention among parts")
struct SelfAttentionTests {
  /// float32 sums of some ten products near 1.
  private static let tolerance = 1e-5

  /// Attention of one item and head, from the definition, in Double.
  private func literal(_ x: Matrix, item: Int, parts: Int, head: Int, heads: Int) -> [[Double]] {
    let width = x.columns / 3
    let depth = width / heads
    func block(_ third: Int) -> [[Double]] {
      (0..<parts).map { part in
        (0..<depth).map { Double(x[item * parts + part, third * width + head * depth + $0]) }
      }
    }
    let (q, k, v) = (block(0), block(1), block(2))
    return q.map { query in
      let scores = k.map {
        exp(zip(query, $0).reduce(0) { $0 + $1.0 * $1.1 } / sqrt(Double(depth)))
      }
      let sum = scores.reduce(0, +)
      return (0..<depth).map { column in
        zip(scores, v).reduce(0) { $0 + $1.0 / sum * $1.1[column] }
      }
    }
  }

  // Depths below, at and above the eight lanes of the loops.
  @Test(
    "equals softmax(Q Kᵀ / √d) V, item by item and head by head",
    arguments: [(1, 1, 3), (3, 2, 6), (8, 4, 64), (5, 3, 33), (2, 1, 8)])
  func reference(parts: Int, heads: Int, width: Int) {
    var random = testStream("attention \(parts) \(heads)")
    let x = randomMatrix(rows: 4 * parts, columns: 3 * width, using: &random)
    let tape = Tape()
    let y = tape.constant(x).attendingParts(parts, heads: heads).value
    var worst = 0.0
    for item in 0..<4 {
      for head in 0..<heads {
        let expected = literal(x, item: item, parts: parts, head: head, heads: heads)
        for (part, row) in expected.enumerated() {
          for (column, value) in row.enumerated() {
            let seen = y[item * parts + part, head * width / heads + column]
            worst = max(worst, abs(Double(seen) - value))
          }
        }
      }
    }
    #expect(worst < Self.tolerance)
  }

  @Test(
    "has the gradient of its differences",
    arguments: [(1, 1, 3), (3, 2, 6), (4, 2, 18)])
  func gradient(parts: Int, heads: Int, width: Int) {
    let x = randomParameter("queries, keys, values", rows: 2 * parts, columns: 3 * width)
    let error = GradientCheck.largestError(of: [x]) {
      $0.parameter(x).attendingParts(parts, heads: heads)
    }
    #expect(error < GradientCheck.tolerance)
    // A second use adds to a gradient that is there already.
    let twice = GradientCheck.largestError(of: [x]) {
      let attended = $0.parameter(x).attendingParts(parts, heads: heads)
      return attended.plus($0.parameter(x).columns(0..<width))
    }
    #expect(twice < GradientCheck.tolerance)
  }

  @Test("Layer normalisation has rows of mean 0 and variance 1 before gain and bias")
  func normalisation() {
    var random = testStream("normalisation")
    let x = randomMatrix(rows: 3, columns: 50, deviation: 7, using: &random)
    let layer = LayerNormalisation("layer", columns: 50)
    layer.gain.value.fill(2)
    layer.bias.value.fill(-1)
    let tape = Tape()
    let y = layer(tape.constant(x)).value
    for index in 0..<3 {
      let row = y.row(index).map { (Double($0) + 1) / 2 }
      let mean = row.reduce(0, +) / 50
      let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 50
      #expect(abs(mean) < Self.tolerance)
      // ε = 10⁻⁵ beside a variance near 49 is below rounding.
      #expect(abs(variance - 1) < Self.tolerance)
    }
  }

  @Test("A row of equal elements is normalised to the bias, and its gradient is finite")
  func constantRow() {
    let x = Parameter("x", Matrix(rows: 2, columns: 4))
    let layer = LayerNormalisation("layer", columns: 4)
    layer.bias.value.fill(0.5)
    let tape = Tape()
    let y = layer(tape.parameter(x))
    #expect(y.value.values == [Float](repeating: 0.5, count: 8))
    tape.backward(from: y.squaredNorm())
    #expect(x.gradient.isFinite)
  }

  @Test("Layer normalisation has the gradients of its differences")
  func normalisationGradient() {
    let x = randomParameter("x", rows: 4, columns: 7)
    let layer = LayerNormalisation("layer", columns: 7)
    var random = testStream("gain")
    for parameter in layer.parameters {
      parameter.value.assign(randomMatrix(rows: 1, columns: 7, using: &random))
    }
    let error = GradientCheck.largestError(of: [x] + layer.parameters) { layer($0.parameter(x)) }
    #expect(error < GradientCheck.tolerance)
  }

  @Test("The block adds attention to its input and normalises, with true gradients")
  func block() {
    let x = randomParameter("x", rows: 6, columns: 4)
    let block = SelfAttention(
      "block", width: 4, heads: 2, weights: .glorotUniform, random: testStream("block"))
    #expect(block.parameters.map(\.value.columns) == [12, 12, 4, 4, 4, 4])
    let error = GradientCheck.largestError(of: [x] + block.parameters) {
      block($0.parameter(x), parts: 3)
    }
    #expect(error < GradientCheck.tolerance)

    // Parts see their own item only: a change in the second leaves the first as it is.
    let tape = Tape()
    let before = block(tape.parameter(x), parts: 3).value.values
    x.value[3, 0] += 1
    let after = block(tape.parameter(x), parts: 3).value.values
    #expect(before[..<12] == after[..<12])
    #expect(before[12...] != after[12...])
    // Without the attention's way back it is the normalised input alone.
    block.parameters[2].value.fill(0)
    let alone = LayerNormalisation("alone", columns: 4)(tape.parameter(x)).value.values
    #expect(block(tape.parameter(x), parts: 3).value.values == alone)
  }
}

@Suite("Maximum mean discrepancy")
struct MaximumMeanDiscrepancyTests {
  /// Differences of means of five kernels each; float32 distances of relative error 1e-6.
  private static let tolerance = 1e-5

  private func rows(_ matrix: Matrix) -> [[Double]] {
    (0..<matrix.rows).map { matrix.row($0).map(Double.init) }
  }

  private func squaredDistance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  /// The sum of MMD² over pairs of sets, word for word.
  private func literal(_ sets: [[[Double]]], bandwidth: Double) -> Double {
    func kernel(_ a: [[Double]], _ b: [[Double]]) -> Double {
      var sum = 0.0
      for x in a {
        for y in b {
          for m in [0.25, 0.5, 1, 2, 4] { sum += exp(-squaredDistance(x, y) / (m * bandwidth)) }
        }
      }
      return sum / Double(a.count * b.count)
    }
    var total = 0.0
    for first in sets.indices {
      for second in sets.indices where first < second {
        let (a, b) = (sets[first], sets[second])
        total += kernel(a, a) + kernel(b, b) - 2 * kernel(a, b)
      }
    }
    return total
  }

  private func bandwidth(_ points: [[Double]]) -> Double {
    var sum = 0.0
    for (i, x) in points.enumerated() {
      for (j, y) in points.enumerated() where i != j { sum += squaredDistance(x, y) }
    }
    return sum / Double(points.count * (points.count - 1))
  }

  @Test(
    "equals its definition for sets of equal and unequal size",
    arguments: [
      [4, 4, 4], [1, 1], [5, 2, 3], [1, 1, 1], [40, 17],
    ])
  func reference(sizes: [Int]) {
    var random = testStream("discrepancy")
    let sets = sizes.enumerated().map { number, size in
      let set = randomMatrix(rows: size, columns: 6, using: &random)
      for index in set.elements.indices { set.elements[index] += Float(number) / 3 }
      return set
    }
    let tape = Tape()
    let seen = Variable.meanDiscrepancy(of: sets.map(tape.constant)).scalar
    let points = sets.map(rows)
    let expected = literal(points, bandwidth: bandwidth(points.flatMap { $0 }))
    #expect(expected > 0.1)
    #expect(abs(Double(seen) - expected) < Self.tolerance)
  }

  @Test("has the gradient of its differences, with the bandwidth held")
  func gradient() {
    let sets = [3, 4, 2].map { randomParameter("set \($0)", rows: $0, columns: 5) }
    let error = GradientCheck.largestError(of: sets) { tape in
      .meanDiscrepancy(of: sets.map(tape.parameter), meanSquaredDistance: 8)
    }
    #expect(error < GradientCheck.tolerance)
  }

  @Test("is 0 between a set and itself, and without a gradient where all rows are alike")
  func equal() {
    let set = randomParameter("set", rows: 5, columns: 3)
    let tape = Tape()
    let copy = Parameter("copy", set.value.copy())
    #expect(
      abs(Variable.meanDiscrepancy(of: [tape.parameter(set), tape.parameter(copy)]).scalar)
        < Float(Self.tolerance))
    set.value.fill(0.3)
    copy.value.fill(0.3)
    let loss = Variable.meanDiscrepancy(of: [tape.parameter(set), tape.parameter(copy)])
    #expect(loss.scalar == 0)
    tape.backward(from: loss)
    #expect(set.gradient.values.allSatisfy { $0 == 0 })
  }

  @Test("is not a number where a row is not")
  func notANumber() {
    let set = randomParameter("set", rows: 4, columns: 3)
    let other = randomParameter("other", rows: 4, columns: 3)
    set.value[1, 1] = .nan
    let tape = Tape()
    #expect(
      Variable.meanDiscrepancy(of: [tape.parameter(set), tape.parameter(other)]).scalar.isNaN)
  }
}
