import CrossModalData
import Foundation
import NeuralNetworks
import Retrieval
import Tensors
import TestSupport
import Testing

@testable import HashingMethods

@Suite("DSMHN")
struct DSMHNTests {
  private static func tiny(
    _ base: DSMHN.Configuration = .full, _ change: (inout DSMHN.Configuration) -> Void = { _ in }
  ) -> DSMHN.Configuration {
    base.with {
      $0.epochs = 60
      $0.hiddenUnits = 32
      $0.learningRate = .logSpaced(from: 1e-2, to: 1e-4)
      change(&$0)
    }
  }

  private func train(
    _ configuration: DSMHN.Configuration = tiny(), on data: TrainingData? = nil, seed: UInt64 = 1,
    bits: Int = 32
  ) throws -> TrainedHashing {
    try DSMHN(configuration).train(
      on: data ?? clusteredPairs(count: 64), bits: bits,
      context: TrainingContext(random: RandomStream(seed: seed)))
  }

  /// What training says when it is refused.
  private func refusal(
    _ configuration: DSMHN.Configuration = tiny(), on data: TrainingData? = nil
  ) -> String {
    do {
      _ = try train(configuration, on: data)
      return "trained"
    } catch {
      return "\(error)"
    }
  }

  /// The clusters with other label sets.
  private func pairs(labelled sets: [Set<Int>], labelCount: Int) -> TrainingData {
    let data = clusteredPairs(count: sets.count)
    return TrainingData(
      image: data.image, text: data.text, labels: LabelSets(sets, labelCount: labelCount))
  }

  private static let variations: [(String, DSMHN.Configuration)] =
    DSMHN.PairwiseLoss.allCases.map { loss in
      // Without labels, so that it is the pairwise loss that learns.
      (
        "\(loss)",
        tiny {
          $0.pairwiseLoss = loss
          $0.labelWeight = 0
        }
      )
    }
    + DSMHN.LabelLoss.allCases.map { loss in ("\(loss)", tiny { $0.labelLoss = loss }) }
    + [
      ("plain", tiny { $0.balancesClasses = false }),
      ("shared classifiers", tiny { $0.classifiers = .shared }),
      ("similarity alone", tiny { $0.labelWeight = 0 }),
      (
        "labels alone, one classifier",
        tiny {
          $0.similarityWeight = 0
          $0.classifiers = .shared
        }
      ),
      ("journal", tiny(.journal)),
      ("short", tiny(.short)),
    ]

  @Test("Learns 64 pairs, with every choice", arguments: variations.indices)
  func learns(index: Int) throws {
    let (name, configuration) = Self.variations[index]
    let trained = try train(configuration)
    let precision = try imageToTextPrecision(trained, clusteredPairs(count: 64), bits: 32)
    // Chance is 0.25 on four equal clusters.
    #expect(precision > 0.95, "\(name)")
    let losses = trained.learningCurve.map(\.loss)
    #expect(losses.count == 60 && (losses.last ?? .infinity) < (losses.first ?? 0), "\(name)")
  }

  @Test("The same seed gives the same codes, another seed others")
  func determinism() throws {
    let data = clusteredPairs(count: 64)
    let activations = try [1, 1, 2].map { seed in
      try train(Self.tiny { $0.epochs = 5 }, seed: UInt64(seed)).image(data.image).values
    }
    #expect(activations[0] == activations[1])
    #expect(activations[0] != activations[2])
  }

  @Test(
    // Infinite as float32: a large finite one overflows with some kernels of OpenBLAS only.
    "A learning rate that blows up stops the trial and says where",
    arguments: DSMHN.PairwiseLoss.allCases)
  func divergence(loss: DSMHN.PairwiseLoss) throws {
    let configuration = Self.tiny {
      $0.learningRate = .constant(1e300)
      $0.pairwiseLoss = loss
    }
    #expect {
      try train(configuration)
    } throws: { error in
      guard case TrainingError.nonFiniteLoss(let stage, let step, _) = error else { return false }
      return stage == "training" && step <= 5 && "\(error)".contains("lower the learning rate")
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
    let model = DSMHNModel(data, bits: 64, configuration, random: random)
    var epoch = PairEpoch(model, data: data, configuration, random)
    #expect(MatrixAllocations.counting { _ = epoch.run(rate: 1e-3) } > 0)
    #expect(MatrixAllocations.counting { for _ in 0..<5 { _ = epoch.run(rate: 1e-3) } } == 0)
  }

  @Test("Trains to finite codes at the edges of code length", arguments: [1, 1024])
  func codeLengths(bits: Int) throws {
    let data = clusteredPairs(count: 64)
    for loss in DSMHN.PairwiseLoss.allCases {
      let trained = try train(
        Self.tiny {
          $0.epochs = 3
          $0.pairwiseLoss = loss
        }, bits: bits)
      let codes = trained.image(data.image)
      #expect(codes.columns == bits && codes.elements.allSatisfy { $0.isFinite }, "\(loss)")
    }
  }

  @Test("Trains to finite codes on unusual data")
  func unusualData() throws {
    let unusual: [(String, TrainingData)] = [
      ("one training row", pairs(labelled: [[0]], labelCount: 4)),
      ("a last batch of one row", clusteredPairs(count: 129)),
      ("one label", pairs(labelled: Array(repeating: [0], count: 20), labelCount: 1)),
      (
        "no two items similar",
        pairs(labelled: (0..<20).map { [$0] }, labelCount: 20)
      ),
      (
        "every second item without labels",
        pairs(labelled: (0..<20).map { $0.isMultiple(of: 2) ? [$0 % 3] : [] }, labelCount: 3)
      ),
      (
        "labels that no item has",
        pairs(labelled: (0..<20).map { [$0 % 2] }, labelCount: 200)
      ),
    ]
    for (name, data) in unusual {
      for labelLoss in DSMHN.LabelLoss.allCases {
        let trained = try train(
          Self.tiny {
            $0.epochs = 3
            $0.labelLoss = labelLoss
          }, on: data)
        let codes = [trained.image(data.image).values, trained.text(data.text).values].joined()
        #expect(codes.allSatisfy { $0.isFinite }, "\(name), \(labelLoss)")
        // Something was learned from, and stayed a number.
        #expect(trained.learningCurve.allSatisfy { $0.loss.isFinite && $0.loss > 0 }, "\(name)")
      }
    }
  }

  @Test("Refuses what cannot be trained, in one sentence")
  func refusals() {
    #expect(
      refusal(on: pairs(labelled: Array(repeating: [], count: 9), labelCount: 3))
        == "DSMHN-style learns from labels, and none of the 9 training items has one.")
    #expect(
      refusal(Self.tiny { $0.hiddenUnits = 0 })
        == "DSMHN-style needs hiddenUnits of at least 1, not 0.")
    #expect(
      refusal(Self.tiny { $0.hingeMargin = 0 })
        == "DSMHN-style needs hingeMargin above 0 and up to 1, not 0.0.")
    #expect(
      refusal(Self.tiny { $0.contrastiveMargin = .nan })
        == "DSMHN-style needs contrastiveMargin above 0 and up to 1, not nan.")
    #expect(
      refusal(Self.tiny { $0.labelWeight = -1 })
        == "DSMHN-style needs labelWeight of at least 0 and finite, not -1.0.")
    #expect(
      refusal(
        Self.tiny {
          $0.labelWeight = 0
          $0.similarityWeight = 0
        })
        == "DSMHN-style needs similarityWeight or labelWeight above 0, and both are 0.")
    #expect(
      refusal(Self.tiny { $0.batchSize = 1 })
        == "DSMHN-style needs batchSize of at least 2, not 1.")
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

  @Test("Shared classifiers are one layer that is trained once a step")
  func sharedClassifiers() {
    func classifiers(_ form: DSMHN.Configuration.Classifiers) -> DSMHNClassifiers {
      DSMHNClassifiers(
        bits: 8, labels: clusteredPairs(count: 8).labels,
        .full.with { $0.classifiers = form }, random: testStream("classifiers"))
    }
    let (separate, shared) = (classifiers(.separate), classifiers(.shared))
    #expect(separate.parameters.count == 4 && separate.image.weight !== separate.text.weight)
    #expect(separate.image.weight.value.values != separate.text.weight.value.values)
    #expect(shared.parameters.count == 2 && shared.image.weight === shared.text.weight)
  }

  @Test("Is reconstructed and reported by no paper, whatever the knobs")
  func fidelity() {
    for configuration in [DSMHN.Configuration.full, .journal, .short, Self.tiny()] {
      #expect(configuration.fidelity == .reconstructed)
      #expect(configuration.reportedName == nil)
    }
    #expect(MethodVariant.dsmhn(.journal).variant == "journal")
    #expect(Self.tiny().variant == "custom")
    #expect(registeredMethods.count { $0.description.identifier == "dsmhn" } == 3)
  }
}
