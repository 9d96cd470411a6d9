import CrossModalData
import Foundation
import NeuralNetworks
import Retrieval
import Tensors
import TestSupport
import Testing

@testable import HashingMethods

@Suite("SDEH")
struct SDEHTests {
  private static func tiny(
    _ base: SDEH.Configuration = .full, _ change: (inout SDEH.Configuration) -> Void = { _ in }
  ) -> SDEH.Configuration {
    base.with {
      $0.epochs = 40
      $0.batchSize = 16
      $0.hiddenUnits = 16
      $0.slotCount = 3
      $0.slotWidth = 8
      $0.headCount = 2
      $0.textScaling = .standardised
      $0.learningRate = .logSpaced(from: 1e-2, to: 1e-4)
      change(&$0)
    }
  }

  private func train(
    _ configuration: SDEH.Configuration = tiny(), seed: UInt64 = 1, bits: Int = 16,
    on data: TrainingData = clusteredPairs(count: 80)
  ) throws -> TrainedHashing {
    try SDEH(configuration).train(
      on: data, bits: bits, context: TrainingContext(random: RandomStream(seed: seed)))
  }

  private static let variations: [(String, SDEH.Configuration)] = [
    ("full", tiny()),
    ("binary similarity", tiny(.binarySimilarity)),
    ("short", tiny(.short)),
    ("Jaccard", tiny { $0.similarity = .jaccard }),
    ("divergence", tiny { $0.semanticForm = .divergence }),
    ("all training items", tiny { $0.candidates = .trainingItems }),
    ("no local branch", tiny { $0.localBranch = false }),
    ("no private part", tiny { $0.privatePart = false }),
    ("no enhancement", tiny { $0.enhancement = false }),
    ("without semantic loss", tiny { $0.semanticWeight = 0 }),
    ("no discrepancy", tiny { $0.distributionWeight = 0 }),
    ("no classification", tiny { $0.classificationWeight = 0 }),
    ("without code quality", tiny { $0.qualityWeight = 0 }),
  ]

  @Test("Learns to find texts by pictures, with every choice", arguments: 0..<13)
  func learns(index: Int) throws {
    let (name, configuration) = Self.variations[index]
    let trained = try train(configuration)
    let precision = try imageToTextPrecision(trained, clusteredPairs(count: 80), bits: 16)
    // Chance is 0.25 on four equal clusters. Without the semantic loss, or without anything that pulls
    // codes to ±1, less can be asked.
    #expect(precision > (name.hasPrefix("without") ? 0.3 : 0.9), "\(name) \(precision)")
    let losses = trained.learningCurve.map(\.loss)
    #expect(losses.count == 40 && (losses.last ?? .infinity) < (losses.first ?? 0), "\(name)")
  }

  @Test("Overfits 64 pairs in one batch")
  func overfits() throws {
    let data = clusteredPairs(count: 64)
    let trained = try train(
      Self.tiny {
        $0.batchSize = 128
        $0.epochs = 200
      }, bits: 32, on: data)
    #expect(try imageToTextPrecision(trained, data, bits: 32) > 0.95)
  }

  @Test("Every part of both networks, of the prototypes and the label codes gets a true gradient")
  func gradients() {
    let data = clusteredPairs(count: 6, imageColumns: 5, textColumns: 4, scale: 0.3)
    let configuration = Self.tiny {
      $0.hiddenUnits = 4
      $0.slotWidth = 4
    }
    let random = RandomStream(seed: 3)
    for (name, layout, features) in [
      ("image", data.imageLayout, data.image), ("text", data.textLayout, data.text),
      // One column as the vector and two parts of two.
      ("parts", FeatureLayout(vector: 1, parts: (count: 2, width: 2)), data.image.leading(5)),
    ] {
      let network = SDEHNetwork(name, layout: layout, bits: 3, configuration, random: random)
      let prototypes = randomParameter("prototypes", rows: 4, columns: 4)
      // Away from the corners of both ReLUs, which a step of a difference must not cross.
      for parameter in network.parameters {
        if parameter.name.hasSuffix("normalisation.gain") { parameter.value.fill(0.2) }
        if ["\(name).global.bias", "\(name).local.bias"].contains(parameter.name) {
          parameter.value.fill(1.5)
        }
      }
      let error = GradientCheck.largestError(of: network.parameters + [prototypes]) { tape in
        let features = network(tape.constant(features), prototypes: tape.parameter(prototypes))
        return .joiningColumns(
          [features.codes, features.shared] + (features.own.map { [$0] } ?? []))
      }
      #expect(error < GradientCheck.tolerance, "\(name) \(error)")
    }
    let model = SDEHModel(data, bits: 8, configuration, random: random)
    for parameter in model.parameters { parameter.clearGradient() }
    var training = model
    let tape = Tape()
    let items = [0, 1, 2, 3, 4, 5]
    let loss = training.loss(
      of: PairBatch(
        items: items, image: tape.rows(items, of: data.image),
        text: tape.rows(items, of: data.text), labels: data.labels))
    tape.backward(from: loss.total)
    #expect(model.parameters.allSatisfy { $0.hasGradient })
  }

  @Test("Codes of new items are those of training, and need neither labels nor private part")
  func encoding() {
    let data = clusteredPairs(count: 6)
    let network = SDEHNetwork(
      "image", layout: data.imageLayout, bits: 8, Self.tiny(), random: RandomStream(seed: 1))
    let prototypes = randomParameter("prototypes", rows: 4, columns: 16)
    let tape = Tape()
    let x = tape.constant(data.image)
    let codes = network(x, prototypes: tape.parameter(prototypes)).codes.value.values
    #expect(network.encode(x, prototypes: tape.parameter(prototypes)).value.values == codes)
  }

  @Test("Codes are tanh of the shared part and its prototypes, hashed")
  func network() {
    let data = clusteredPairs(count: 6)
    let network = SDEHNetwork(
      "image", layout: data.imageLayout, bits: 8, Self.tiny { $0.localBranch = false },
      random: RandomStream(seed: 1))
    let prototypes = randomParameter("prototypes", rows: 4, columns: 16)
    let tape = Tape()
    let features = network(tape.constant(data.image), prototypes: tape.parameter(prototypes))

    /// x W + b with the layer of this name.
    func layer(_ name: String, _ x: [Double]) -> [Double] {
      let named = network.parameters.filter { $0.name.hasPrefix("image.\(name).") }
      let (weight, bias) = (doubleRows(named[0].value), doubleRows(named[1].value)[0])
      return bias.indices.map { column in
        x.indices.reduce(bias[column]) { $0 + x[$1] * weight[$1][column] }
      }
    }
    let p = doubleRows(prototypes.value)
    for (item, x) in doubleRows(data.image).enumerated() {
      let u = layer("global", x).map { max($0, 0) }
      let c = layer("shared", u).map(tanh)
      let r = layer("private", u).map(tanh)
      let powers = p.map { row in exp(zip(c, row).reduce(0) { $0 + $1.0 * $1.1 } / 4) }
      let enhanced = c.indices.map { column in
        c[column]
          + zip(powers, p).reduce(0) { $0 + $1.0 * $1.1[column] } / powers.reduce(0, +)
      }
      for (seen, expected) in [
        (features.shared, c), (features.own ?? features.codes, r),
        (features.codes, layer("hash", enhanced).map(tanh)),
      ] {
        for (column, value) in expected.enumerated() {
          // float32 sums of sixteen products near 1.
          #expect(abs(Double(seen.value[item, column]) - value) < 1e-5)
        }
      }
    }
  }

  @Test("An open gate lets the global branch through alone, a shut one the local branch")
  func gate() {
    let data = clusteredPairs(count: 6)
    func codes(local: Bool, gateBias: Float) -> [Float] {
      let network = SDEHNetwork(
        "image", layout: data.imageLayout, bits: 8, Self.tiny { $0.localBranch = local },
        random: RandomStream(seed: 1))
      network.parameters.first { $0.name == "image.gate.bias" }?.value.fill(gateBias)
      network.parameters.first { $0.name == "image.global.bias" }?.value.fill(0.1)
      let tape = Tape()
      let prototypes = randomParameter("prototypes", rows: 4, columns: 16)
      return network.encode(
        tape.constant(data.image), prototypes: tape.parameter(prototypes)
      ).value.values
    }
    // The networks draw equal weights, each layer from a stream of its name. A logistic function of
    // 60 rounds to 1; what is left is the rounding of l + (a − l).
    let global = codes(local: false, gateBias: 0)
    let open = codes(local: true, gateBias: 60)
    let shut = codes(local: true, gateBias: -60)
    let difference = zip(global, open).map { abs($0 - $1) }.max() ?? .infinity
    #expect(difference < 1e-5)
    #expect((zip(global, shut).map { abs($0 - $1) }.max() ?? 0) > 0.1)
  }

  @Test("Label rows are 0 and 1, and their shares have length 1 or 0, or are means")
  func labelRows() {
    let labels = LabelSets(
      count: 3, labelCount: 4, indicators: [1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0] as [UInt8])
    let tape = Tape()
    // The second time the tape hands out matrices that are full of other numbers.
    let used = (tape.scratch(rows: 3, columns: 4), tape.scratch(rows: 3, columns: 4))
    used.0.fill(7)
    used.1.fill(7)
    tape.reset()
    let half = 1 / Float(2).squareRoot()
    for (norm, share) in [(LabelIndicators.Norm.root, half), (.count, 0.5)] {
      let rows = LabelIndicators(labels, dividedBy: norm, on: tape)
      #expect(rows.values.values == [1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0])
      #expect(rows.shares.value.values == [share, 0, share, 0, 0, 0, 0, 0, 0, 1, 0, 0])
    }
    #expect(labels.indicators.values == [1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0])
  }

  @Test("Regions and tokens feed the local branch where the data has them")
  func parts() throws {
    let plain = clusteredPairs(count: 80)
    // A vector of noise, the clusters in three parts of four columns.
    func noisy(_ features: Matrix, _ columns: Int) -> Matrix {
      var random = testStream("noise")
      let joined = Matrix(rows: features.rows, columns: 3 + columns)
      for row in 0..<features.rows {
        for column in 0..<3 { joined[row, column] = Float(random.nextNormal()) }
        for column in 0..<columns { joined[row, 3 + column] = features[row, column] }
      }
      return joined
    }
    let data = TrainingData(
      image: noisy(plain.image, 12), text: noisy(plain.text, 10), labels: plain.labels,
      imageLayout: FeatureLayout(vector: 3, parts: (count: 3, width: 4)),
      textLayout: FeatureLayout(vector: 3, parts: (count: 2, width: 5)))
    #expect(SDEH.extraFeatures == .parts)
    let configuration = Self.tiny {
      $0.textScaling = .rootDimension
      $0.slotWidth = 16
    }
    let seen = try imageToTextPrecision(try train(configuration, on: data), data, bits: 16)
    #expect(seen > 0.9)
    // Where the parts are not used, noise is all there is; it can be learned by heart in part.
    let blind = try imageToTextPrecision(
      try train(configuration.with { $0.usesParts = false }, on: data), data, bits: 16)
    #expect(blind < seen - 0.1)
  }

  @Test("The same seed gives the same codes, another seed others")
  func determinism() throws {
    let data = clusteredPairs(count: 80)
    let configuration = Self.tiny {
      $0.epochs = 5
      $0.candidates = .trainingItems
    }
    let activations = try [1, 1, 2].map { seed in
      try train(configuration, seed: UInt64(seed)).image(data.image).values
    }
    #expect(activations[0] == activations[1])
    #expect(activations[0] != activations[2])
  }

  // Infinite as float32: a large finite one overflows with some kernels of OpenBLAS only.
  @Test("A learning rate that blows up stops the trial and says where", arguments: [0, 1e-5])
  func divergence(weightDecay: Double) throws {
    let configuration = Self.tiny {
      $0.learningRate = .constant(1e300)
      $0.weightDecay = weightDecay
    }
    #expect {
      try train(configuration)
    } throws: { error in
      guard case TrainingError.nonFiniteLoss(let stage, let step, _) = error else { return false }
      return stage == "training" && step <= 3 && "\(error)".contains("lower the learning rate")
    }
  }

  @Test(
    "Allocates matrices in the first epoch only", arguments: SDEH.Configuration.Candidates.allCases)
  func steadyState(candidates: SDEH.Configuration.Candidates) {
    // 64 of 160 pairs a batch: two full ones and a shorter one an epoch. Large enough for buffers
    // that are counted.
    let configuration = Self.tiny {
      $0.batchSize = 64
      $0.hiddenUnits = 96
      $0.slotWidth = 32
      $0.candidates = candidates
    }
    let data = clusteredPairs(count: 160)
    let random = RandomStream(seed: 1)
    let model = SDEHModel(data, bits: 64, configuration, random: random)
    var epoch = PairEpoch(model, data: data, configuration, random)
    #expect(MatrixAllocations.counting { _ = epoch.run(rate: 1e-3) } > 0)
    #expect(MatrixAllocations.counting { for _ in 0..<5 { _ = epoch.run(rate: 1e-3) } } == 0)
  }

  @Test("B is the sign of F + G + H of the last codes, made anew after each epoch")
  func binaryCodes() {
    let codes = CodeBuffers(
      [("F", 1), ("G", 1), ("H", 1)], count: 3, bits: 2, random: RandomStream(seed: 1))
    for (index, buffer) in codes.real.enumerated() {
      for element in buffer.elements.indices {
        buffer.elements[element] = [0.5, -1, 0, 0.2, -0.9, 1][(element + index) % 6]
      }
    }
    codes.updateBinary()
    // Sums of three neighbours: −0.5, −0.8, −0.7, 0.3, 0.6, 0.5.
    #expect(codes.binary.values == [-1, -1, -1, 1, 1, 1])
    for buffer in codes.real { buffer.fill(0) }
    codes.updateBinary()
    #expect(codes.binary.values == [1, 1, 1, 1, 1, 1])
  }

  /// Training data with the labels that a rule gives, the features of clusters.
  private func pairs(
    _ count: Int, labelCount: Int = 4, _ hasLabel: (Int, Int) -> Bool
  ) -> TrainingData {
    let data = clusteredPairs(count: count)
    let indicators = (0..<count).flatMap { item in
      (0..<labelCount).map { UInt8(hasLabel(item, $0) ? 1 : 0) }
    }
    return TrainingData(
      image: data.image, text: data.text,
      labels: LabelSets(count: count, labelCount: labelCount, indicators: indicators))
  }

  @Test("Trains to finite codes at every edge", arguments: SDEH.Configuration.Candidates.allCases)
  func edges(candidates: SDEH.Configuration.Candidates) throws {
    let short = Self.tiny {
      $0.epochs = 3
      $0.candidates = candidates
    }
    let divergence = short.with { $0.semanticForm = .divergence }
    let single: (Int, Int) -> Bool = { $0 % 4 == $1 }
    let cases: [(String, SDEH.Configuration, Int, TrainingData)] = [
      ("one bit", short, 1, pairs(20, single)),
      ("1024 bits", short, 1024, pairs(20, single)),
      ("one training row", short, 16, pairs(1, single)),
      ("one training row, divergence", divergence, 16, pairs(1, single)),
      ("last batch of one", short, 16, pairs(17, single)),
      ("one label only", short, 16, pairs(20, labelCount: 1) { _, _ in true }),
      ("items without labels", short, 16, pairs(20) { $0 % 2 == 0 && $0 % 4 == $1 }),
      ("no labels at all", short, 16, pairs(20) { _, _ in false }),
      ("no positive pair", short, 16, pairs(20, labelCount: 20) { $0 == $1 }),
      ("no positive pair, divergence", divergence, 16, pairs(20, labelCount: 20) { $0 == $1 }),
      ("a label without rows", short, 16, pairs(20, labelCount: 70) { $0 % 69 == $1 }),
    ]
    for (name, configuration, bits, data) in cases {
      let trained = try train(configuration, bits: bits, on: data)
      for codes in [trained.image(data.image), trained.text(data.text)] {
        #expect(codes.isFinite && codes.columns == bits && codes.rows == data.count, "\(name)")
      }
    }
  }

  @Test("Refuses widths that cannot be, in one sentence")
  func refusals() {
    func sentence(_ change: (inout SDEH.Configuration) -> Void) -> String {
      do {
        _ = try train(Self.tiny(.full, change))
        return "trained"
      } catch {
        return "\(error)"
      }
    }
    #expect(sentence { $0.hiddenUnits = 0 } == "SDEH-style needs hiddenUnits of at least 1, not 0.")
    #expect(
      sentence { $0.headCount = 3 }
        == "SDEH-style needs a slotWidth that is a multiple of headCount, not 8 columns for 3 heads."
    )
    #expect(sentence { $0.batchSize = 1 } == "SDEH-style needs batchSize of at least 2, not 1.")
  }

  @Test("Is reconstructed and reported by no paper, whatever the knobs")
  func fidelity() {
    for configuration in [SDEH.Configuration.full, .binarySimilarity, .short, Self.tiny()] {
      #expect(configuration.fidelity == .reconstructed)
      #expect(configuration.reportedName == nil)
    }
    #expect(MethodVariant.sdeh().variant == "full")
    #expect(MethodVariant.sdeh(.binarySimilarity).variant == "binary-similarity")
    #expect(MethodVariant.sdeh(.short).variant == "short")
    #expect(Self.tiny().variant == "custom")
    #expect(SDEH.Configuration.searchRanges.count == 8)
    #expect(registeredMethods.count { $0.description.identifier == "sdeh" } == 3)
  }
}

extension Matrix {
  /// The first columns.
  fileprivate func leading(_ count: Int) -> Matrix {
    let leading = Matrix(rows: rows, columns: count)
    for index in 0..<rows {
      _ = leading.row(index).update(fromContentsOf: row(index)[..<count])
    }
    return leading
  }
}
