import CrossModalData
import Foundation
import Retrieval
import Tensors
import TestSupport
import Testing

@testable import HashingMethods
@testable import NeuralNetworks

@Suite("DCMH")
struct DCMHTests {
  /// Plain gradient descent that separates the clustered pairs for every seed tried; Adam's early
  /// steps can leave two clusters on one code here, whatever follows.
  private static let tiny: DCMH.Configuration = {
    var configuration = DCMH.Configuration.matlab
    configuration.epochs = 200
    configuration.batchSize = 16
    configuration.textHiddenUnits = 32
    configuration.textScaling = .asIs
    configuration.learningRate = .logSpaced(from: 0.3, to: 0.03)
    return configuration
  }()

  private func train(
    _ configuration: DCMH.Configuration = tiny, seed: UInt64 = 1, bits: Int = 16
  ) throws -> TrainedHashing {
    try DCMH(configuration).train(
      on: clusteredPairs(count: 80), bits: bits,
      context: TrainingContext(random: RandomStream(seed: seed)))
  }

  @Test("The gradient of a batch is the one that the authors wrote by hand")
  func gradient() {
    // ½ Σ_j (σ(½ f_i·g_j) − S_ij) g_j + 2γ (f_i − B_i) + 2η Σ_k f_k, all divided by b n
    // (process_DCMH.m; the sum over k runs over the batch and the rest of the buffer).
    let (n, bits, γ, η) = (20, 6, 1.5, 0.5)
    let data = clusteredPairs(count: n)
    var random = testStream("DCMH gradient")
    let items = [3, 11, 0, 19, 8]
    let codes = randomParameter("codes", rows: items.count, columns: bits)
    let own = randomMatrix(rows: n, columns: bits, using: &random)
    let other = randomMatrix(rows: n, columns: bits, using: &random)
    let binary = randomMatrix(rows: n, columns: bits, using: &random)
    for index in binary.elements.indices {
      binary.elements[index] = binary.elements[index] < 0 ? -1 : 1
    }
    codes.value.scatterRows(to: own, at: items)

    let loss = DCMHLoss(
      similarity: LabelSimilarity(data.labels), quantisationWeight: Float(γ),
      balanceWeight: Float(η))
    let tape = Tape()
    tape.backward(
      from: loss(
        codes: tape.parameter(codes), items: items, own: own, other: other, binary: binary))

    for (row, item) in items.enumerated() {
      for bit in 0..<bits {
        var slope = 0.0
        for j in 0..<n {
          let θ = (0..<bits).reduce(0.0) {
            $0 + 0.5 * Double(codes.value[row, $1]) * Double(other[j, $1])
          }
          let s = item % 4 == j % 4 ? 1.0 : 0
          slope += 0.5 * (1 / (1 + exp(-θ)) - s) * Double(other[j, bit])
        }
        slope += 2 * γ * Double(codes.value[row, bit] - binary[item, bit])
        slope += 2 * η * (0..<n).reduce(0.0) { $0 + Double(own[$1, bit]) }
        slope /= Double(items.count * n)
        // float32 sums of some twenty terms near 1, divided by 100.
        #expect(abs(Double(codes.gradient[row, bit]) - slope) < 1e-6)
      }
    }
  }

  @Test("With zero buffers the first text batch sees no likelihood, as in the MATLAB code")
  func zeroStart() {
    let data = clusteredPairs(count: 12)
    let codes = randomParameter("codes", rows: 3, columns: 4)
    let loss = DCMHLoss(
      similarity: LabelSimilarity(data.labels), quantisationWeight: 0, balanceWeight: 0)
    let zeros = Matrix(rows: 12, columns: 4)
    let tape = Tape()
    let value = loss(
      codes: tape.parameter(codes), items: [0, 1, 2], own: zeros, other: zeros, binary: zeros)
    tape.backward(from: value)
    #expect(codes.gradient.elements.allSatisfy { $0 == 0 })
    // softplus(0) = ln 2 for each of the 3 · 12 pairs, divided by 3 · 12.
    #expect(abs(Double(value.scalar) - log(2)) < 1e-6)
  }

  @Test("Learns to find texts by pictures, with each profile's order and both image heads")
  func learns() throws {
    let data = clusteredPairs(count: 80)
    var tf = Self.tiny
    tf.sweepOrder = .imageTextBinary
    tf.bufferStart = .standardNormal
    tf.roundsBatchCountUp = false
    var relearned = Self.tiny
    relearned.imageHead = .relearned(hiddenUnits: 24)
    // With two narrow layers N(0, 0.01²) weights hardly start.
    relearned.initialDeviation = 0.2
    for configuration in [Self.tiny, tf, relearned] {
      let precision = try imageToTextPrecision(try train(configuration), data, bits: 16)
      // Chance is 0.25 on four equal clusters.
      #expect(precision > 0.9)
    }
  }

  @Test("The plain gradient descent of the authors lowers the loss")
  func matlabProfile() throws {
    let curve = try train().learningCurve
    let first = try #require(curve.dropFirst().first)
    let last = try #require(curve.last)
    #expect(last.loss < 0.7 * first.loss)
    #expect((last.figures["mean |f|"] ?? 0) > 0.05)
  }

  @Test("The same seed gives the same codes, another seed others")
  func determinism() throws {
    let data = clusteredPairs(count: 80)
    let activations = try [1, 1, 2].map { seed in
      try train(seed: UInt64(seed)).image(data.image).values
    }
    #expect(activations[0] == activations[1])
    #expect(activations[0] != activations[2])
  }

  @Test("A learning rate that blows up stops the trial and says where")
  func divergence() throws {
    var configuration = DCMH.Configuration.matlab
    configuration.learningRate = .constant(1e12)
    configuration.textHiddenUnits = 16
    #expect {
      try train(configuration)
    } throws: { error in
      guard case TrainingError.nonFiniteLoss(let stage, let step, _) = error else { return false }
      return stage == "training" && step <= 20 && "\(error)".contains("lower the learning rate")
    }
  }

  @Test("Epochs can be chosen on held-out training rows")
  func validation() throws {
    var configuration = Self.tiny
    configuration.epochSelection = .bestOnValidation(share: 0.25, every: 80)
    let curve = try train(configuration).learningCurve
    let scored = curve.filter { $0.figures["validation mAP"] != nil }.map(\.step)
    #expect(scored == [80, 160, 200])
    configuration.epochSelection = .bestOnValidation(share: 1, every: 5)
    #expect(throws: TrainingError.self) { try train(configuration) }
  }

  @Test("Only the authors' profiles are published")
  func fidelity() {
    #expect(DCMH.Configuration.matlab.fidelity == .published)
    #expect(DCMH.Configuration.tf.fidelity == .published)
    #expect(DCMH.Configuration.short.fidelity == .adapted)
    #expect(DCMH.Configuration.short.reportedName == nil)
    #expect(Self.tiny.variant == "custom")
    #expect(MethodVariant.dcmh(.tf).variant == "tf")
    #expect(MethodVariant.dcmh().configuration != MethodVariant.dcmh(.tf).configuration)
  }
}
