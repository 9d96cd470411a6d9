import NeuralNetworks
import Tensors
import TestSupport
import Testing

@Suite("Optimisers take the steps of their formulas")
struct OptimizerTests {
  /// Steps of float32 arithmetic against Double over three updates of numbers near 1.
  private static let tolerance = 1e-5

  /// Minimises Σ (w − 3)² from w = 1, whose gradient is 2 (w − 3), and returns w after each step.
  private func path(_ choice: OptimizerChoice, rate: Double, steps: Int = 3) -> [Double] {
    let parameter = Parameter("w", Matrix(rows: 1, columns: 1, elements: [1]))
    let goal = Matrix(rows: 1, columns: 1, elements: [3])
    let tape = Tape()
    var optimizer = choice.makeOptimizer()
    return (0..<steps).map { _ in
      tape.reset()
      let loss = tape.parameter(parameter).squaredDistance(to: tape.constant(goal))
      optimizer.minimise(loss, parameters: [parameter], learningRate: rate)
      return Double(parameter.value.elements[0])
    }
  }

  private func expect(
    _ seen: [Double], _ step: (inout Double) -> Void,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var w = 1.0
    for value in seen {
      step(&w)
      #expect(abs(value - w) < Self.tolerance, sourceLocation: sourceLocation)
    }
  }

  @Test("gradient descent with decay") func descent() {
    expect(path(.gradientDescent(decay: 0.1, momentum: 0), rate: 0.1)) { w in
      w -= 0.1 * (2 * (w - 3) + 0.1 * w)
    }
  }

  @Test("gradient descent with momentum") func momentum() {
    var v = 0.0
    expect(path(.gradientDescent(decay: 0.1, momentum: 0.9), rate: 0.1)) { w in
      v = 0.9 * v + 2 * (w - 3) + 0.1 * w
      w -= 0.1 * v
    }
  }

  @Test("RMSprop") func rmsprop() {
    var a = 0.0
    expect(path(.rmsprop(rho: 0.9, epsilon: 1e-8), rate: 0.1)) { w in
      let g = 2 * (w - 3)
      a = 0.9 * a + 0.1 * g * g
      w -= 0.1 * g / (a.squareRoot() + 1e-8)
    }
  }

  @Test("Adam") func adam() {
    var (m, v, b1, b2) = (0.0, 0.0, 1.0, 1.0)
    expect(path(.adam, rate: 0.1)) { w in
      let g = 2 * (w - 3)
      (b1, b2) = (b1 * 0.9, b2 * 0.999)
      m = 0.9 * m + 0.1 * g
      v = 0.999 * v + 0.001 * g * g
      w -= 0.1 * (m / (1 - b1)) / ((v / (1 - b2)).squareRoot() + 1e-8)
    }
  }

  @Test(
    "Each finds the minimum",
    arguments: [
      OptimizerChoice.gradientDescent(decay: 0, momentum: 0),
      .gradientDescent(decay: 0, momentum: 0.5), .rmsprop(rho: 0.9, epsilon: 1e-8), .adam,
    ])
  func convergence(_ choice: OptimizerChoice) throws {
    let end = try #require(path(choice, rate: 0.02, steps: 600).last)
    // RMSprop keeps stepping by about its rate.
    #expect(abs(end - 3) < 0.03)
  }

  @Test("Descent inside the product is descent after it")
  func directDescent() {
    var random = testStream("direct")
    let x = randomMatrix(rows: 6, columns: 4, using: &random)
    let target = randomMatrix(rows: 6, columns: 3, using: &random)
    // Momentum 1e-30 takes the path through a stored gradient and changes nothing.
    let ends = [0, 1e-30].map { momentum in
      let layer = Linear(
        "layer", inputs: 4, outputs: 3, weights: .glorotUniform, random: testStream("layer"))
      let tape = Tape()
      var optimizer = GradientDescent(decay: 0.01, momentum: Float(momentum))
      for _ in 0..<5 {
        tape.reset()
        let loss = layer(tape.constant(x)).squaredDistance(to: tape.constant(target))
        optimizer.minimise(loss, parameters: layer.parameters, learningRate: 0.01)
      }
      return layer.parameters.flatMap { Array($0.value.elements) }
    }
    for (direct, stored) in zip(ends[0], ends[1]) { #expect(abs(direct - stored) < 1e-5) }
  }

  @Test("A parameter that the loss uses twice gets its whole gradient")
  func sharedParameter() {
    let shared = randomParameter("shared", rows: 3, columns: 3)
    let start = shared.value.copy()
    let tape = Tape()
    let zero = Matrix(rows: 3, columns: 3)
    // L = Σ (W W)², dL/dW = 2 (P Wᵀ + Wᵀ P) with P = W W.
    let square = tape.parameter(shared).multiplied(by: tape.parameter(shared))
    let p = square.value.copy()
    var optimizer = GradientDescent()
    optimizer.minimise(
      square.squaredDistance(to: tape.constant(zero)), parameters: [shared], learningRate: 0.01)
    let expected = start.copy()
    expected.setProduct(p.asFactor, start.transposed, scale: -0.02, keep: 1)
    expected.setProduct(start.transposed, p.asFactor, scale: -0.02, keep: 1)
    for (seen, wanted) in zip(shared.value.elements, expected.elements) {
      #expect(abs(seen - wanted) < 1e-4)
    }
  }
}
