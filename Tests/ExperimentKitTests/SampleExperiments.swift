import CrossModalData
import Foundation
import HashingMethods
import Retrieval
import Tensors

@testable import ExperimentKit

/// A method that takes the first columns of the features, with two knobs that change its identity.
struct FirstColumns: HashingMethod {
  struct Configuration: MethodConfiguration {
    var knob = 0
    var variant = "plain"
    var fidelity: Fidelity { .adapted }
    var reportedName: String? { nil }
  }

  static let description = MethodDescription(
    identifier: "first-columns", displayName: "First columns", paper: "none", algorithmVersion: 1)
  let configuration: Configuration

  init(_ configuration: Configuration = Configuration()) {
    self.configuration = configuration
  }

  func train(on data: TrainingData, bits: Int, context: TrainingContext) throws -> TrainedHashing {
    let point = LearningCurvePoint(stage: "training", step: 1, stepCount: 1, loss: 0.5)
    context.observe(point)
    func firstColumns(_ rows: Matrix) -> Matrix {
      let result = Matrix(rows: rows.rows, columns: bits)
      for row in 0..<rows.rows {
        // Centred at 1/2, so that features of 0 and 1 give both bits.
        for bit in 0..<bits { result[row, bit] = rows[row, bit % rows.columns] - 0.5 }
      }
      return result
    }
    return TrainedHashing(
      image: firstColumns, text: firstColumns, pair: { image, _ in firstColumns(image) },
      learningCurve: [point])
  }
}

extension MethodVariant {
  static func firstColumns(knob: Int = 0, variant: String = "plain") -> MethodVariant {
    MethodVariant(FirstColumns(.init(knob: knob, variant: variant)))
  }
}

/// A manifest without mistakes, to be varied.
func sampleExperiment(
  _ name: String = "sample", methods: [Method] = [Method(.firstColumns())],
  bits: [Int] = [8, 16], seeds: [UInt64] = [1, 2], cutoffs: [Int] = [],
  databaseCodes: [DatabaseCodes] = [.ownModality], tasks: [RetrievalTask] = [],
  measures: [String] = [], curves: [String] = []
) -> Experiment {
  Experiment(name) {
    Dataset(.file("sample"))
    for method in methods { method }
    CodeLengths(bits)
    Seeds(seeds)
    Measures {
      PrecisionAtTop(cutoffs)
      NamedMeasures(measures)
      NamedCurves(curves)
    }
    for kind in databaseCodes { EncodeDatabase(kind) }
    Tasks(tasks)
  }
}

/// The material of a plan without a file behind it.
func sampleMaterial(
  _ name: String = "sample", digest: String = "aa", split: SplitProtocol = .stored("official"),
  splitDigest: String = "bb", retrievalCount: Int = 32, searchedQueryCount: Int = 0
) -> TrialMaterial {
  TrialMaterial(
    dataset: .file(name), datasetDigest: digest, split: split, splitDigest: splitDigest,
    queryCount: 8, retrievalCount: retrievalCount, searchedQueryCount: searchedQueryCount)
}

/// A record that a trial could have left.
func sampleRecord(of trial: Trial, measures: MeasureSpecification, seconds: Double = 1)
  -> TrialRecord
{
  let codes = BinaryCodes(count: 2, bits: trial.bits, words: [5, 6])
  let bounds = TieBounds(expected: 0.1, worst: 0, best: 1, databaseOrder: 1.0 / 3)
  let result = RetrievalResult(
    queryCount: 2, answerableCount: 1, meanAveragePrecision: bounds,
    averagePrecision: [0.1, nil], precisionAtTop: [], precisionRecall: [])
  return TrialRecord(
    identifier: trial.identifier, subject: trial.subject, bits: trial.bits, seed: trial.seed,
    dataset: DatasetProvenance(
      name: trial.material.dataset.name, digest: trial.material.datasetDigest, surrogate: nil,
      itemCount: 4, imageColumns: 3, textColumns: 2, labelCount: 2, warnings: []),
    split: SplitProvenance(
      rule: "rule", digest: trial.material.splitDigest, queryCount: 2, trainingCount: 2,
      retrievalCount: 2, overlapCount: 2),
    run: RunProvenance(
      version: "0", blasCore: "core", blasThreads: 1, simdLevel: "scalar", host: "host",
      started: "2026-01-01T00:00:00Z", seconds: seconds, peakMemoryBytes: 1),
    learningCurve: [
      LearningCurvePoint(
        stage: "s", step: 1, stepCount: 1, loss: 0.1, figures: ["infinite": .infinity])
    ],
    codes: TrialCodes(
      queryImage: codes, queryText: codes, retrievalImage: codes, retrievalText: codes),
    measures: measures,
    results: [RetrievalTask.imageToText, .textToImage].map {
      TaskResult(task: $0, databaseCodes: .ownModality, result: result)
    })
}
