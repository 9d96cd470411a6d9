import Foundation
import NeuralNetworks
import Tensors
import TestSupport
import Testing

@Suite("Layers, schedules and the likelihood")
struct LayerTests {
  @Test("Schedules start and end where they say, in equal steps or ratios")
  func schedules() {
    let logSpaced = LearningRateSchedule.logSpaced(from: 0.1, to: 0.001)
    let linear = LearningRateSchedule.linear(from: 1, to: 0)
    #expect(abs(logSpaced.rate(epoch: 0, of: 3) - 0.1) < 1e-15)
    #expect(abs(logSpaced.rate(epoch: 1, of: 3) - 0.01) < 1e-15)
    #expect(abs(logSpaced.rate(epoch: 2, of: 3) - 0.001) < 1e-15)
    #expect(linear.rate(epoch: 1, of: 5) == 0.75)
    #expect(linear.rate(epoch: 0, of: 1) == 1)
    #expect(LearningRateSchedule.constant(0.3).rate(epoch: 9, of: 10) == 0.3)
  }

  @Test("Initial weights have the spread that they name")
  func initialisers() {
    let matrix = Matrix(rows: 100, columns: 60)
    func deviation() -> Double {
      (matrix.elements.reduce(0) { $0 + Double($1) * Double($1) } / 6000).squareRoot()
    }
    var random = testStream("initialisers")
    Initialiser.normal(deviation: 0.01).fill(matrix, using: &random)
    #expect(abs(deviation() / 0.01 - 1) < 0.05)
    Initialiser.heNormal.fill(matrix, using: &random)
    #expect(abs(deviation() / (2.0 / 100).squareRoot() - 1) < 0.05)
    Initialiser.glorotUniform.fill(matrix, using: &random)
    let limit = (6.0 / 160).squareRoot()
    #expect(abs(deviation() / (limit / 3.0.squareRoot()) - 1) < 0.05)
    #expect(matrix.elements.allSatisfy { abs($0) <= Float(limit) })
  }

  @Test("Logistic cross-entropy is the mean of its definition, and its gradient a difference")
  func logisticCrossEntropy() {
    let logits = randomParameter("logits", rows: 3, columns: 5)
    // Far from 0 on both sides, where exp would overflow or vanish.
    logits.value[0, 0] = 90
    logits.value[0, 1] = -90
    let targets = Matrix(rows: 3, columns: 5)
    var expected = 0.0
    for index in targets.elements.indices {
      targets.elements[index] = index.isMultiple(of: 3) ? 1 : 0
      let z = Double(logits.value.elements[index])
      let greater = max(z, 0)
      expected += greater + log(exp(-greater) + exp(z - greater))
      expected -= Double(targets.elements[index]) * z
    }
    let tape = Tape()
    let loss = tape.parameter(logits).logisticCrossEntropy(against: targets)
    // One rounding to float32 of a number near 10.
    #expect(abs(Double(loss.scalar) - expected / 15) < 1e-6)
    logits.value[0, 0] = 1
    logits.value[0, 1] = -2
    let error = GradientCheck.largestError(of: [logits]) {
      $0.parameter(logits).logisticCrossEntropy(against: targets)
    }
    #expect(error < GradientCheck.tolerance)
  }

  @Test("Quantisation is the mean squared distance to the signs, which are constants")
  func quantisation() {
    let codes = randomParameter("codes", rows: 4, columns: 6)
    codes.value[0, 0] = 0
    let tape = Tape()
    let loss = tape.parameter(codes).quantisationError()
    tape.backward(from: loss)
    var expected = 0.0
    for (x, gradient) in zip(codes.value.elements, codes.gradient.elements) {
      let distance = Double(x) - (x < 0 ? -1 : 1)
      expected += distance * distance / 24
      #expect(abs(Double(gradient) - distance / 12) < 1e-6)
    }
    #expect(abs(Double(loss.scalar) - expected) < 1e-6)
  }

  @Test("The likelihood is the sum of its definition, and its gradient a central difference")
  func likelihood() {
    var random = testStream("likelihood")
    let items = [4, 0, 7]
    let labels: [UInt64] = (0..<9).map { _ in random.next() & 7 }
    let similarity = LabelSimilarity(count: 9, wordsPerItem: 1, words: labels)
    let buffer = randomMatrix(rows: 9, columns: 5, using: &random)
    let codes = randomParameter("codes", rows: 3, columns: 5)
    let tape = Tape()
    let loss = tape.parameter(codes).similarityLikelihood(
      against: buffer, similarity: similarity, items: items)
    var expected = 0.0
    for (row, item) in items.enumerated() {
      for other in 0..<9 {
        let θ = (0..<5).reduce(0.0) {
          $0 + 0.5 * Double(codes.value[row, $1]) * Double(buffer[other, $1])
        }
        let s = labels[item] & labels[other] != 0 ? 1.0 : 0
        expected += log(1 + exp(θ)) - s * θ
      }
    }
    #expect(abs(Double(loss.scalar) - expected) < 1e-4)
    let error = GradientCheck.largestError(of: [codes]) {
      $0.parameter(codes).similarityLikelihood(
        against: buffer, similarity: similarity, items: items
      ).scaled(by: 0.1)
    }
    #expect(error < GradientCheck.tolerance)
  }

  @Test("Training allocates its buffers in the first step and none later")
  func steadyState() {
    var random = testStream("steady state")
    let x = randomMatrix(rows: 128, columns: 256, using: &random)
    let target = randomMatrix(rows: 128, columns: 64, using: &random)
    let hidden = Linear(
      "hidden", inputs: 256, outputs: 512, weights: .heNormal, random: random.stream("hidden"))
    let out = Linear(
      "out", inputs: 512, outputs: 64, weights: .heNormal, random: random.stream("out"))
    let tape = Tape()
    for choice in [OptimizerChoice.gradientDescent(decay: 1e-4, momentum: 0), .adam] {
      var optimizer = choice.makeOptimizer()
      func step() {
        tape.reset()
        let loss = out(hidden(tape.constant(x)).relu()).squaredDistance(to: tape.constant(target))
        optimizer.minimise(
          loss.scaled(by: 1e-4), parameters: hidden.parameters + out.parameters,
          learningRate: 1e-3)
      }
      // The first step makes the buffers; the second takes them in another order, once.
      #expect(MatrixAllocations.counting { step() } > 0)
      step()
      #expect(MatrixAllocations.counting { for _ in 0..<10 { step() } } == 0)
    }
  }
}
