import CrossModalData
import Foundation
import NeuralNetworks
import Retrieval
import Tensors
import TestSupport
import Testing

@testable import HashingMethods

@Suite("RMSH")
struct RMSHTests {
  private static func tiny(
    _ base: RMSH.Configuration = .full, _ change: (inout RMSH.Configuration) -> Void = { _ in }
  ) -> RMSH.Configuration {
    var configuration = base
    configuration.epochs = 40
    configuration.batchSize = 16
    configuration.hiddenUnits = 32
    configuration.textScaling = .standardised
    configuration.learningRate = .logSpaced(from: 1e-2, to: 1e-4)
    change(&configuration)
    return configuration
  }

  private func train(
    _ configuration: RMSH.Configuration = tiny(), seed: UInt64 = 1, bits: Int = 16
  ) throws -> TrainedHashing {
    try RMSH(configuration).train(
      on: clusteredPairs(count: 80), bits: bits,
      context: TrainingContext(random: RandomStream(seed: seed)))
  }

  private static let variations: [(String, RMSH.Configuration)] = [
    ("full", tiny()),
    ("triplets", tiny(.triplets)),
    ("short", tiny(.short)),
    ("cosine", tiny { $0.grade = .cosine }),
    ("count", tiny { $0.grade = .count }),
    ("all terms", tiny { $0.averaging = .allTerms }),
    (
      "majority of three",
      tiny {
        $0.pseudoCodeMembers = 3
        $0.pseudoCodeFusion = .majority
      }
    ),
    ("intersection", tiny { $0.pseudoCodeLabels = .intersection }),
    ("rare label sets", tiny { $0.pseudoCodePartners = .rareLabelSets }),
  ]

  @Test("Learns to find texts by pictures, with every choice", arguments: 0..<9)
  func learns(index: Int) throws {
    let (name, configuration) = Self.variations[index]
    let trained = try train(configuration)
    let precision = try imageToTextPrecision(trained, clusteredPairs(count: 80), bits: 16)
    // Chance is 0.25 on four equal clusters.
    #expect(precision > 0.9, "\(name)")
    let losses = trained.learningCurve.map(\.loss)
    #expect(losses.count == 40 && (losses.last ?? .infinity) < (losses.first ?? 0), "\(name)")
  }

  @Test("Codes of items without a shared label end at least about δ apart")
  func distance() throws {
    let data = clusteredPairs(count: 80)
    let trained = try train(Self.tiny { $0.distance = .bits(8) })
    let (u, v) = (trained.image(data.image), trained.text(data.text))
    var total = 0.0
    var count = 0
    for a in 0..<80 {
      for n in 0..<80 where a % 4 != n % 4 {
        total += Double((0..<16).count { (u[a, $0] < 0) != (v[n, $0] < 0) })
        count += 1
      }
    }
    // Four words of 16 bits are at most 10⅔ apart on average (Plotkin's argument).
    #expect(total / Double(count) > 7.5)
  }

  @Test("The same seed gives the same codes, another seed others")
  func determinism() throws {
    let data = clusteredPairs(count: 80)
    let configuration = Self.tiny {
      $0.epochs = 5
      $0.pseudoCodePartners = .rareLabelSets
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

  @Test("Allocates matrices in the first epoch only")
  func steadyState() throws {
    // 64 of 160 pairs a batch: two full ones and a shorter one an epoch. Large enough for buffers
    // that are counted.
    let configuration = Self.tiny {
      $0.batchSize = 64
      $0.hiddenUnits = 256
    }
    let data = clusteredPairs(count: 160)
    let random = RandomStream(seed: 1)
    let model = RMSHModel(data, bits: 16, distance: 8, configuration, random: random)
    var epoch = PairEpoch(model, data: data, configuration, random)
    #expect(MatrixAllocations.counting { _ = epoch.run(rate: 1e-3) } > 0)
    #expect(MatrixAllocations.counting { for _ in 0..<5 { _ = epoch.run(rate: 1e-3) } } == 0)
  }

  @Test("Epochs can be chosen on held-out training rows")
  func validation() throws {
    let configuration = Self.tiny {
      $0.epochs = 5
      $0.epochSelection = .bestOnValidation(share: 0.25, every: 2)
    }
    let scored = try train(configuration).learningCurve
      .filter { $0.figures["validation mAP"] != nil }.map(\.step)
    #expect(scored == [2, 4, 5])
  }

  @Test("δ is the middle of the range for the number of labels unless said otherwise")
  func distanceChoice() throws {
    let labels = clusteredPairs(count: 12).labels
    // Four points: 7 to 10 bits of 16, of 32 bits 15 to 21.
    #expect(try RMSH.Configuration.full.distance(bits: 16, labels: labels) == 8.5)
    #expect(try RMSH.Configuration.full.distance(bits: 32, labels: labels) == 18)
    var configuration = RMSH.Configuration.full
    configuration.distance = .position(1)
    #expect(try configuration.distance(bits: 16, labels: labels) == 10)
    configuration.distance = .bits(3)
    #expect(try configuration.distance(bits: 16, labels: labels) == 3)
    // Two distinct label sets of four labels: opposite words.
    configuration.distance = .position(1)
    configuration.separatedPoints = .distinctLabelSets
    #expect(try configuration.distance(bits: 16, labels: labels.selecting([0, 1, 4])) == 16)
    #expect(try train(Self.tiny { $0.epochs = 1 }).learningCurve[0].figures["distance δ"] == 8.5)
  }

  @Test("Refuses a δ that cannot be, in one sentence")
  func impossibleDistance() {
    func sentence(bits: Int = 16, _ change: (inout RMSH.Configuration) -> Void) -> String {
      do {
        _ = try train(Self.tiny(.full, change), bits: bits)
        return "trained"
      } catch {
        return "\(error)"
      }
    }
    #expect(
      sentence { $0.distance = .bits(17) }
        == "RMSH needs a distance δ above 0 and up to the code length of 16 bits, and δ is 17.0: "
        + "it was given.")
    #expect(
      sentence { $0.distance = .position(-3) }
        == "RMSH needs a distance δ above 0 and up to the code length of 16 bits, and δ is -2.0: "
        + "position -3.0 of the range 7 to 10 for 4 points.")
    // One bit holds two of four words apart.
    #expect(sentence(bits: 1) { $0.distance = .position(0.5) }.contains("δ is 0.0"))
    #expect(sentence { $0.distance = .bits(.nan) }.contains("δ is nan"))
    #expect(
      sentence { $0.pseudoCodeMembers = 1 }
        == "RMSH needs pseudoCodeMembers of at least 2, not 1.")
    #expect(sentence { $0.batchSize = 0 } == "RMSH needs batchSize of at least 2, not 0.")
  }

  @Test("Is reconstructed and reported by no paper, whatever the knobs")
  func fidelity() {
    for configuration in [RMSH.Configuration.full, .triplets, .short, Self.tiny()] {
      #expect(configuration.fidelity == .reconstructed)
      #expect(configuration.reportedName == nil)
    }
    #expect(MethodVariant.rmsh(.triplets).variant == "triplets")
    #expect(Self.tiny().variant == "custom")
    #expect(
      registeredMethods.filter { $0.description.identifier == "rmsh" }
        .allSatisfy { $0.fidelity == .reconstructed })
  }
}
