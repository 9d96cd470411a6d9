import CrossModalData
import NeuralNetworks
import Retrieval
import Tensors
import TestSupport
import Testing

@testable import HashingMethods

@Suite("MDSAN")
struct MDSANTests {
  private static func tiny(
    _ base: MDSAN.Configuration = .full, _ change: (inout MDSAN.Configuration) -> Void = { _ in }
  ) -> MDSAN.Configuration {
    base.with {
      $0.epochs = 40
      $0.batchSize = 16
      $0.levelUnits = 24
      $0.trunkUnits = 32
      $0.graphUnits = 24
      $0.embeddingUnits = 16
      $0.learningRate = .logSpaced(from: 1e-2, to: 1e-4)
      change(&$0)
    }
  }

  private func train(
    _ configuration: MDSAN.Configuration = tiny(), on data: TrainingData? = nil, seed: UInt64 = 1,
    bits: Int = 16
  ) throws -> TrainedHashing {
    try MDSAN(configuration).train(
      on: data ?? clusteredPairs(count: 80), bits: bits,
      context: TrainingContext(random: RandomStream(seed: seed)))
  }

  /// Clusters whose columns are a vector and a further level of two columns each, with label
  /// vectors.
  private static func layeredPairs(count: Int) -> TrainingData {
    let data = clusteredPairs(count: count)
    return TrainingData(
      image: data.image, text: data.text, labels: data.labels,
      imageLayout: FeatureLayout(vector: 10, levels: [2]),
      textLayout: FeatureLayout(vector: 8, levels: [2]),
      labelVectors: randomParameter("label vectors", rows: 4, columns: 6).value)
  }

  private static let variations: [(String, MDSAN.Configuration)] = [
    ("full", tiny()),
    ("batch", tiny(.batch)),
    ("single level", tiny(.singleLevel)),
    ("short", tiny(.short)),
    ("given levels", tiny { $0.levels = .given }),
    ("one-hot nodes", tiny { $0.labelNodes = .identity }),
    ("MIAN's binarisation", tiny { $0.binarisation = .mian }),
    (
      "label codes alone",
      tiny {
        $0.usesOwnModality = false
        $0.usesOtherModality = false
      }
    ),
    (
      "no label graph",
      tiny {
        $0.usesLabelCodes = false
        $0.levelWeight = 0
      }
    ),
    ("no level loss", tiny { $0.levelWeight = 0 }),
    ("no quantisation", tiny { $0.quantisationWeight = 0 }),
    ("decay", tiny { $0.weightDecay = 1e-4 }),
  ]

  @Test("Learns to find texts by pictures, with every choice", arguments: 0..<12)
  func learns(index: Int) throws {
    let (name, configuration) = Self.variations[index]
    let data = Self.layeredPairs(count: 80)
    let trained = try train(configuration, on: data)
    // Chance is 0.25 on four equal clusters.
    #expect(try imageToTextPrecision(trained, data, bits: 16) > 0.9, "\(name)")
    let losses = trained.learningCurve.map(\.loss)
    #expect(losses.count == 40 && (losses.last ?? .infinity) < (losses.first ?? 0), "\(name)")
  }

  @Test("Fits 64 pairs at 32 bits")
  func overfits() throws {
    let data = clusteredPairs(count: 64)
    let trained = try train(Self.tiny { $0.batchSize = 128 }, on: data, bits: 32)
    #expect(try imageToTextPrecision(trained, data, bits: 32) > 0.95)
  }

  @Test("The same seed gives the same codes, another seed others")
  func determinism() throws {
    let data = clusteredPairs(count: 80)
    let activations = try [1, 1, 2].map { seed in
      try train(Self.tiny { $0.epochs = 5 }, seed: UInt64(seed)).image(data.image).values
    }
    #expect(activations[0] == activations[1])
    #expect(activations[0] != activations[2])
  }

  // Infinite as float32: a large finite one overflows with some kernels of OpenBLAS only.
  @Test("A learning rate that blows up stops the trial and says where")
  func divergence() throws {
    #expect {
      try train(Self.tiny { $0.learningRate = .constant(1e300) })
    } throws: { error in
      guard case TrainingError.nonFiniteLoss(let stage, let step, _) = error else { return false }
      return stage == "training" && step <= 3 && "\(error)".contains("lower the learning rate")
    }
  }

  @Test("Allocates matrices in the first epoch only", arguments: [false, true])
  func steadyState(isBatch: Bool) {
    // 64 of 160 pairs a batch: two full ones and a shorter one an epoch. Large enough for buffers
    // that are counted.
    let configuration = Self.tiny(isBatch ? .batch : .full) {
      $0.batchSize = 64
      $0.levelUnits = 256
      $0.trunkUnits = 256
      $0.graphUnits = 1024
      $0.embeddingUnits = 1024
      $0.levels = .given
    }
    let data = Self.layeredPairs(count: 160)
    let random = RandomStream(seed: 1)
    let model = MDSANModel(data, bits: 128, configuration, random: random)
    var epoch = PairEpoch(model, data: data, configuration, random)
    #expect(MatrixAllocations.counting { _ = epoch.run(rate: 1e-4) } > 0)
    #expect(MatrixAllocations.counting { for _ in 0..<5 { _ = epoch.run(rate: 1e-4) } } == 0)
  }

  /// Data at the edges of what a trial may be given.
  private static func edgeCases() -> [(String, TrainingData, bits: Int)] {
    func labelled(_ count: Int, _ labels: [[Int]], labelCount: Int = 4) -> TrainingData {
      let data = clusteredPairs(count: count)
      var indicators = [UInt8](repeating: 0, count: count * labelCount)
      for item in 0..<count {
        for label in labels[item % labels.count] { indicators[item * labelCount + label] = 1 }
      }
      return TrainingData(
        image: data.image, text: data.text,
        labels: LabelSets(count: count, labelCount: labelCount, indicators: indicators))
    }
    return [
      ("one bit", clusteredPairs(count: 20), 1),
      ("1024 bits", clusteredPairs(count: 20), 1024),
      ("one row", clusteredPairs(count: 1), 8),
      ("two items that share nothing", labelled(2, [[0], [1]]), 8),
      ("one label that all items have", labelled(20, [[0]], labelCount: 1), 8),
      ("no labels at all", labelled(20, [[]]), 8),
      ("some items without labels", labelled(21, [[0], [], [1, 2]]), 8),
      ("labels that no item has", labelled(20, [[0], [1]], labelCount: 70), 8),
    ]
  }

  @Test("Trains to finite codes at the edges", arguments: 0..<8, [false, true])
  func edges(index: Int, isBatch: Bool) throws {
    let (name, data, bits) = Self.edgeCases()[index]
    let trained = try train(
      Self.tiny(isBatch ? .batch : .full) { $0.epochs = 3 }, on: data, bits: bits)
    for codes in [trained.image(data.image), trained.text(data.text)] {
      #expect(codes.columns == bits && codes.isFinite, "\(name)")
    }
    #expect(trained.learningCurve.count == 3)
  }

  @Test("Epochs can be chosen on held-out training rows")
  func validation() throws {
    let configuration = Self.tiny {
      $0.epochs = 5
      $0.epochSelection = .bestOnValidation(share: 0.25, every: 2)
    }
    let scored = try train(configuration, on: Self.layeredPairs(count: 80)).learningCurve
      .filter { $0.figures["validation mAP"] != nil }.map(\.step)
    #expect(scored == [2, 4, 5])
  }

  @Test("Refuses knobs that fit nothing, in one sentence")
  func refusals() {
    func sentence(_ change: (inout MDSAN.Configuration) -> Void) -> String {
      do {
        _ = try train(Self.tiny(.full, change))
        return "trained"
      } catch {
        return "\(error)"
      }
    }
    #expect(
      sentence { $0.levelUnits = 0 } == "MDSAN-style needs levelUnits of at least 1, not 0.")
    #expect(sentence { $0.batchSize = 1 } == "MDSAN-style needs batchSize of at least 2, not 1.")
    #expect(
      sentence { $0.levels = .given }
        == "MDSAN-style with levels .given needs further levels of pictures or texts in the data, "
        + "and there are none; use .depth.")
    #expect(
      sentence {
        $0.usesOwnModality = false
        $0.usesOtherModality = false
        $0.usesLabelCodes = false
      }
        == "MDSAN-style needs codes to compare: usesOwnModality, usesOtherModality and "
        + "usesLabelCodes are all false.")
    #expect(
      sentence { $0.graphThreshold = 0 }
        == "MDSAN-style needs a graphThreshold above 0 and a finite neighbourMass of at least 0, "
        + "not 0.0 and 0.25.")
  }

  @Test("Is reconstructed and reported by no paper, whatever the knobs")
  func fidelity() {
    for configuration in [MDSAN.Configuration.full, .batch, .singleLevel, .short, Self.tiny()] {
      #expect(configuration.fidelity == .reconstructed)
      #expect(configuration.reportedName == nil)
    }
    #expect(MethodVariant.mdsan(.singleLevel).variant == "single-level")
    #expect(Self.tiny().variant == "custom")
    #expect(MDSAN.extraFeatures == [.levels, .labelVectors])
    #expect(registeredMethods.count { $0.description.identifier == "mdsan" } == 4)
  }
}
