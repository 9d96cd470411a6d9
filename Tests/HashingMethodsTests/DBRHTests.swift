import CrossModalData
import Foundation
import NeuralNetworks
import Tensors
import TestSupport
import Testing

@testable import HashingMethods

@Suite("DBRH (DBRC)")
struct DBRHTests {
  private func configuration(
    _ base: DBRH.Configuration = .linear, joint: Int, fineTuning: Int = 0
  ) -> DBRH.Configuration {
    var configuration = base
    configuration.encoderUnits = [16, 24]
    configuration.batchSize = 32
    configuration.jointUpdates = joint
    configuration.fineTuningUpdates = fineTuning
    return configuration
  }

  private func train(
    _ configuration: DBRH.Configuration, bits: Int = 16, seed: UInt64 = 1
  ) throws -> TrainedHashing {
    try DBRH(configuration).train(
      on: clusteredPairs(count: 96), bits: bits,
      context: TrainingContext(random: RandomStream(seed: seed)))
  }

  @Test("Gradients of the activations and penalties equal central differences")
  func activationGradients() {
    let s = randomParameter("s", rows: 4, columns: 5)
    let α = randomParameter("alpha", rows: 1, columns: 5)
    for index in α.value.elements.indices { α.value.elements[index] = 0.6 + Float(index) / 4 }
    func error(_ parameters: [Parameter], _ output: (Tape) -> Variable) -> Double {
      GradientCheck.largestError(of: parameters, output)
    }
    #expect(
      error([s, α]) { $0.parameter(s).linearScaledTanh(scales: $0.parameter(α)) }
        < GradientCheck.tolerance)
    // The logarithm's second derivative jumps at 0; keep the steps on one side of it.
    for index in s.value.elements.indices where abs(s.value.elements[index]) < 0.05 {
      s.value.elements[index] = 0.05
    }
    #expect(
      error([s, α]) { $0.parameter(s).logarithmicScaledTanh(scales: $0.parameter(α)) }
        < GradientCheck.tolerance)
    #expect(error([α]) { $0.parameter(α).inverseSquareSum() } < GradientCheck.tolerance)
  }

  @Test("DBRC-N is tanh of the logarithm in base 1 + α, odd in s")
  func logarithmicActivation() {
    let tape = Tape()
    let s = Matrix(rows: 2, columns: 2, elements: [3, 0.5, -3, -0.5])
    let α = Parameter("alpha", Matrix(rows: 1, columns: 2, elements: [1, 0.25]))
    let q = tape.constant(s).logarithmicScaledTanh(scales: tape.parameter(α)).value
    // log₂ 4 = 2; log_1.25 1.5 = 1.8171.
    #expect(abs(q[0, 0] - Float(tanh(2.0))) < 1e-6)
    #expect(abs(q[0, 1] - Float(tanh(log(1.5) / log(1.25)))) < 1e-6)
    #expect(q[1, 0] == -q[0, 0] && q[1, 1] == -q[0, 1])
  }

  @Test("The loss is the mean over rows and columns of both modalities, plus λ times the penalty")
  func loss() {
    let tape = Tape()
    let x = Matrix(rows: 2, columns: 2, elements: [1, 2, 3, 4])
    let y = Matrix(rows: 2, columns: 1, elements: [1, 1])
    let zeros = (Matrix(rows: 2, columns: 2), Matrix(rows: 2, columns: 1))
    let α = Parameter("alpha", Matrix(rows: 1, columns: 2, elements: [0.5, 2]))
    let pass = DBRHNetwork.Pass(
      codes: tape.constant(x), image: tape.constant(zeros.0), text: tape.constant(zeros.1))
    func value(_ configuration: DBRH.Configuration) -> Float {
      DBRHLoss(configuration: configuration)(
        pass, image: tape.constant(x), text: tape.constant(y), scales: tape.parameter(α)
      ).scalar
    }
    var linear = DBRH.Configuration.linear
    linear.penaltyWeight = 0.1
    var nonlinear = DBRH.Configuration.nonlinear
    nonlinear.penaltyWeight = 0.1
    // (1 + 4 + 9 + 16) / 4 + 2 / 2 = 8.5; Σ α⁻² = 4 + 0.25, Σ α² = 0.25 + 4.
    #expect(abs(value(linear) - 8.925) < 1e-5)
    #expect(abs(value(nonlinear) - 8.925) < 1e-5)
    linear.reduction = .sum
    linear.scaleLearning = .unregularised
    #expect(abs(value(linear) - 16) < 1e-5)
  }

  @Test("RMSprop moves α by about the learning rate an update, up for DBRC-L and down for DBRC-N")
  func scaleMotion() throws {
    // Probe in PyTorch on synthetic data shaped like Wiki's unscaled histograms, λ = 0.001:
    // DBRC-L α = 1.1 after 100 updates and 2.0 after 1,000; DBRC-N from 1 to 0.08 in 1,000.
    // RMSprop normalises the gradient, so this does not depend on λ or on the code length; the
    // small entries keep the reconstruction's own pull on α weaker than the penalty's.
    let data = clusteredPairs(count: 96, scale: 0.01)
    func scale(_ base: DBRH.Configuration, updates: Int) throws -> Double {
      let curve = try DBRH(configuration(base, joint: updates)).train(
        on: data, bits: 16, context: TrainingContext(random: RandomStream(seed: 1))
      ).learningCurve
      let last = try #require(curve.last { $0.stage == "joint training" })
      return try #require(last.figures["mean scale"])
    }
    #expect(abs(try scale(.linear, updates: 100) - 1.1) < 0.05)
    #expect(abs(try scale(.linear, updates: 1000) - 2.0) < 0.15)
    #expect(try scale(.nonlinear, updates: 1000) < 0.2)
    #expect(try scale(.nonlinear, updates: 1000) > 0.02)
  }

  @Test("Codes binarise as training goes on, and reconstruction improves")
  func learns() throws {
    var short = configuration(.short, joint: 400, fineTuning: 200)
    short.encoderUnits = [32, 32]
    let trained = try train(short)
    let joint = trained.learningCurve.filter { $0.stage == "joint training" }
    let first = try #require(joint.first)
    let last = try #require(joint.last)
    #expect(last.loss < 0.5 * first.loss)
    let error = "quantisation error per bit"
    #expect((last.figures[error] ?? 1) < 0.7 * (first.figures[error] ?? 0))
    // Chance is 0.25 on four equal clusters.
    let precision = try imageToTextPrecision(trained, clusteredPairs(count: 96), bits: 16)
    #expect(precision > 0.6)
  }

  @Test("Pairs have joint codes; without fine-tuning a query is a pair with zeros for the rest")
  func jointCodes() throws {
    let data = clusteredPairs(count: 96)
    let trained = try train(configuration(joint: 20))
    let pair = try #require(trained.pair)
    let zeros = Matrix(rows: 96, columns: data.text.columns)
    let withZeros = pair(data.image, zeros).values
    #expect(withZeros == trained.image(data.image).values)
    #expect(pair(data.image, data.text).values != withZeros)
    #expect(withZeros.allSatisfy { abs($0) <= 1 })
  }

  @Test("Fine-tuning one modality leaves the joint network as it was")
  func fineTuning() throws {
    let data = clusteredPairs(count: 96)
    let without = try train(configuration(joint: 20))
    let with = try train(configuration(joint: 20, fineTuning: 20))
    let pairWithout = try #require(without.pair)
    let pairWith = try #require(with.pair)
    #expect(
      pairWithout(data.image, data.text).values
        == pairWith(data.image, data.text).values)
    #expect(without.text(data.text).values != with.text(data.text).values)
    #expect(
      with.learningCurve.map(\.stage).reduce(into: [String]()) {
        if $0.last != $1 { $0.append($1) }
      } == ["joint training", "image fine-tuning", "text fine-tuning"])
  }

  @Test("Continuation walks through its scales")
  func continuation() throws {
    var continued = configuration(joint: 100)
    continued.scaleLearning = .continuation([1, 2, 5, 10])
    let scales = try train(continued).learningCurve
      .filter { $0.stage == "joint training" }.compactMap { $0.figures["mean scale"] }
    #expect(scales.first == 1 && scales.last == 10)
    #expect(scales == scales.sorted() && Set(scales).count == 4)
  }

  @Test("The same seed gives the same codes")
  func determinism() throws {
    let data = clusteredPairs(count: 96)
    let runs = try [5, 5, 6].map { seed in

      try train(configuration(joint: 30, fineTuning: 10), seed: UInt64(seed))
        .text(data.text).values
    }
    #expect(runs[0] == runs[1])
    #expect(runs[0] != runs[2])
  }

  @Test("What the papers state makes a configuration published, whatever they leave open")
  func fidelity() {
    var longer = DBRH.Configuration.nonlinear
    longer.jointUpdates = 50_000
    longer.imageScaling = .standardised
    #expect(longer.fidelity == .published && longer.reportedName == "DBRC-N")
    var wide = DBRH.Configuration.linear
    wide.encoderUnits = [1024, 512]
    #expect(wide.fidelity == .adapted && wide.reportedName == nil)
    #expect(DBRH.Configuration.short.fidelity == .adapted)
    var ablation = DBRH.Configuration.linear
    ablation.scaleLearning = .unregularised
    #expect(ablation.reportedName == "DBRC-P-L" && ablation.variant == "linear-P")
  }
}
