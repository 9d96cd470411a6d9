import CrossModalData
import Foundation
import NeuralNetworks
import Retrieval
import Tensors
import TestSupport
import Testing

@testable import HashingMethods

/// What holds for every method, on data at the edge of what can be trained on.
@Suite("Every trained method")
struct EveryMethodTests {
  /// The trained methods with knobs that make a step cheap; `ShallowMethodTests` has the others.
  private static let methods: [(name: String, variant: MethodVariant)] = {
    let deep: [MethodVariant] = [
      .dbrh(
        .short.with {
          $0.encoderUnits = [16, 16]
          $0.jointUpdates = 5
          $0.fineTuningUpdates = 5
        }),
      .dcmh(
        .short.with {
          $0.epochs = 3
          $0.textHiddenUnits = 16
        }),
      .dsmhn(
        .short.with {
          $0.epochs = 3
          $0.hiddenUnits = 16
        }),
      .mdsan(
        .short.with {
          $0.epochs = 3
          $0.levelUnits = 16
          $0.trunkUnits = 16
          $0.graphUnits = 16
          $0.embeddingUnits = 16
        }),
      .rmsh(
        .short.with {
          $0.epochs = 3
          $0.hiddenUnits = 16
        }),
      .sdeh(
        .short.with {
          $0.epochs = 3
          $0.hiddenUnits = 16
          $0.slotWidth = 8
        }),
    ]
    return deep.map { ($0.description.identifier, $0) }
  }()

  /// Four kinds of items of six, so that a label set may be given to each.
  private static func pairs(_ count: Int, labels: [[Int]]) -> TrainingData {
    let features = clusteredPairs(count: count)
    let sets = (0..<count).map { labels[$0 % labels.count] }
    return TrainingData(
      image: features.image, text: features.text,
      labels: LabelSets(
        count: count, labelCount: 4,
        indicators: sets.flatMap { set in (0..<4).map { UInt8(set.contains($0) ? 1 : 0) } }))
  }

  private static var cases: [(name: String, data: TrainingData, bits: Int)] {
    [
      ("one bit", clusteredPairs(count: 24), 1),
      ("1024 bits", clusteredPairs(count: 24), 1024),
      ("one training row", clusteredPairs(count: 1), 8),
      ("two training rows that share nothing", pairs(2, labels: [[0], [1]]), 8),
      ("no labels at all", pairs(24, labels: [[]]), 8),
      ("one label for all", pairs(24, labels: [[2]]), 8),
      ("labels that no row has", pairs(24, labels: [[0], [0, 3]]), 8),
      ("some rows without labels", pairs(24, labels: [[0], [], [1, 2]]), 8),
      ("single labels", clusteredPairs(count: 24), 8),
    ]
  }

  @Test(
    "trains to finite codes at the edges, or refuses in one sentence",
    arguments: cases.indices)
  func edges(index: Int) {
    let (edge, data, bits) = Self.cases[index]
    for (name, variant) in Self.methods {
      do {
        let trained = try variant.train(
          data, bits, TrainingContext(random: RandomStream(seed: 1)))
        for codes in [trained.image(data.image), trained.text(data.text)] {
          #expect(codes.rows == data.count && codes.columns == bits, "\(name): \(edge)")
          #expect(codes.elements.allSatisfy { $0.isFinite }, "\(name): \(edge)")
        }
      } catch {
        let sentence = "\(error)"
        #expect(error is TrainingError, "\(name): \(edge): \(sentence)")
        #expect(
          sentence.hasSuffix(".") && !sentence.contains("\n"), "\(name): \(edge): \(sentence)")
      }
    }
  }

  @Test("single labels and a usual code length are never refused")
  func usual() throws {
    let data = clusteredPairs(count: 24)
    for (name, variant) in Self.methods {
      #expect(throws: Never.self, "\(name)") {
        try variant.train(data, 8, TrainingContext(random: RandomStream(seed: 1)))
      }
    }
  }

  @Test("the same seed gives the same codes")
  func determinism() throws {
    let data = clusteredPairs(count: 24)
    for (name, variant) in Self.methods {
      let codes = try (0..<2).map { _ in
        let trained = try variant.train(data, 8, TrainingContext(random: RandomStream(seed: 3)))
        return trained.image(data.image).values + trained.text(data.text).values
      }
      #expect(codes[0] == codes[1], "\(name)")
    }
  }

  @Test("reconstructions say so in every profile, and report no paper's name")
  func fidelity() {
    let reconstructed: Set = ["rmsh", "dsmhn", "sdeh", "mdsan"]
    for method in registeredMethods {
      let identifier = method.description.identifier
      #expect(
        (method.fidelity == .reconstructed) == reconstructed.contains(identifier), "\(identifier)")
      if method.fidelity == .reconstructed {
        #expect(method.reportedName == nil, "\(identifier)")
        #expect(method.description.displayName.hasSuffix("-style"), "\(identifier)")
      }
    }
  }

  @Test("supervised methods overfit 64 pairs at 32 bits", arguments: ["dcmh", "rmsh"])
  func overfits(name: String) throws {
    // DSMHN, SDEH and MDSAN have this test beside their own.
    let variant: MethodVariant =
      name == "dcmh"
      ? .dcmh(
        .matlab.with {
          $0.epochs = 200
          $0.textHiddenUnits = 32
          $0.textScaling = .asIs
          $0.learningRate = .logSpaced(from: 0.3, to: 0.03)
        })
      : .rmsh(
        .full.with {
          $0.epochs = 60
          $0.hiddenUnits = 64
          $0.learningRate = .logSpaced(from: 1e-2, to: 1e-4)
        })
    let data = clusteredPairs(count: 64)
    let trained = try variant.train(data, 32, TrainingContext(random: RandomStream(seed: 1)))
    #expect(try imageToTextPrecision(trained, data, bits: 32) > 0.95)
  }

  @Test("DBRH, which sees no labels, cuts its reconstruction error tenfold")
  func reconstruction() throws {
    let method = MethodVariant.dbrh(
      .short.with {
        $0.encoderUnits = [64, 64]
        $0.jointUpdates = 1500
        $0.fineTuningUpdates = 0
        $0.learningRate = 3e-3
        $0.penaltyWeight = 0
      })
    // Four codes are enough for four centres; the noise around them is small.
    let data = clusteredPairs(count: 64, noise: 0.05)
    let trained = try method.train(data, 16, TrainingContext(random: RandomStream(seed: 1)))
    let losses = trained.learningCurve.filter { $0.stage == "joint training" }.map(\.loss)
    let (first, last) = (try #require(losses.first), try #require(losses.last))
    #expect(last < 0.1 * first, "from \(first) to \(last)")
  }
}
