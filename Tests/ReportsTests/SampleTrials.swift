import HashingMethods
import ReportedNumbers
import Retrieval

@testable import ExperimentKit
@testable import Reports

/// Hand-made trials: a small experiment on Wiki whose numbers can be followed with a pencil.
enum SampleTrials {
  static let dataset = DatasetProvenance(
    name: "wiki", digest: String(repeating: "a1", count: 32), surrogate: nil, itemCount: 2866,
    imageColumns: 128, textColumns: 10, labelCount: 10, warnings: ["3 items without labels"])

  static let split = SplitProvenance(
    rule: "stored official", digest: String(repeating: "b2", count: 32), queryCount: 693,
    trainingCount: 2173, retrievalCount: 2173, overlapCount: 2173)

  static func subject(
    _ method: String, name: String, variant: String, reportedName: String? = nil,
    kind: TrialSubject.Kind = .method, configuration: String = "{}"
  ) -> TrialSubject {
    TrialSubject(
      kind: kind, method: method, displayName: name, variant: variant,
      fidelity: kind == .method ? .published : nil, reportedName: reportedName,
      algorithmVersion: 1, configuration: configuration)
  }

  static let linear = subject(
    "dbrh", name: "DBRH (DBRC)", variant: "linear", reportedName: "DBRC-L",
    configuration:
      #"{"activation":"linear","imageScaling":"as-is","learningRate":0.001,"sizes":[128,64],"steps":{},"textScaling":"standardised"}"#
  )
  static let nonlinear = subject(
    "dbrh", name: "DBRH (DBRC)", variant: "nonlinear", reportedName: "DBRC-N",
    configuration: #"{"activation":"non-linear"}"#)
  static let dcmh = subject(
    "dcmh", name: "DCMH", variant: "matlab", reportedName: "DCMH",
    configuration: #"{"epochSelection":{"bestOnValidation":{"every":10,"share":0.1}},"epochs":500}"#
  )
  static let chance = subject("random", name: "chance", variant: "", kind: .reference)
  static let oracle = subject("label-oracle", name: "label oracle", variant: "", kind: .reference)

  /// One result whose other figures follow from its mAP: worst − 0.01, best + 0.01.
  static func result(_ task: RetrievalTask, _ kind: DatabaseCodes, map: Double) -> TaskResult {
    let bounds = { (value: Double) in
      TieBounds(
        expected: value, worst: value - 0.01, best: value + 0.01, databaseOrder: value + 0.001)
    }
    return TaskResult(
      task: task, databaseCodes: kind,
      result: RetrievalResult(
        queryCount: 693, answerableCount: 690, meanAveragePrecision: bounds(map),
        averagePrecision: [],
        precisionAtTop: [1, 10, 100].map {
          PrecisionAtCutoff(k: $0, precision: bounds(min(map + 0.1 / Double($0), 0.99)))
        },
        precisionRecall: (0...4).map {
          PrecisionRecallPoint(
            radius: $0, precision: ballPrecision(radius: $0, map: map), recall: Double($0) / 4)
        },
        measures: zip(measures, [1.0, 0.5]).map { measure, factor in
          MeasureResult(
            measure: measure, mean: bounds(map * factor), queryCount: 690, values: [])
        },
        curves: [
          CurveResult(
            curve: curves[0],
            lines: [
              CurveLine(
                order: nil,
                points: (0...4).map {
                  CurvePoint(
                    position: Double($0), precision: ballPrecision(radius: $0, map: map) * 0.9,
                    recall: Double($0) / 4)
                })
            ]),
          CurveResult(
            curve: curves[1],
            lines: [TieOrder.worst, .best, .databaseOrder].enumerated().map { place, order in
              CurveLine(
                order: order,
                points: [0, 0.5, 1].map {
                  CurvePoint(
                    position: $0, precision: map * (1 - $0 / 2) + Double(place) / 100, recall: $0)
                })
            }),
        ]))
  }

  /// What the sample's manifest names beside mAP.
  static let measures = [
    Measure(.normalizedDiscountedGain(k: 10, gain: .exponential)),
    Measure(.lookup(radius: 2, .precision, emptyBall: .zero)),
  ]
  static let curves: [RetrievalCurve] = [
    .radius(.macro, stopsEarly: false), .rank(levels: 3),
  ]

  /// Precision falls with the radius; the ball of radius 0 is empty.
  private static func ballPrecision(radius: Int, map: Double) -> Double {
    radius == 0 ? 0 : min(map + 0.2 / Double(radius), 1)
  }

  static func record(
    _ subject: TrialSubject, bits: Int, seed: UInt64, dataset: DatasetProvenance = dataset,
    split: SplitProvenance = split, seconds: Double = 12.5, blasCore: String = "Haswell",
    results: [TaskResult]
  ) -> TrialRecord {
    let code = BinaryCodes(count: 0, bits: bits, words: [])
    return TrialRecord(
      identifier: "\(subject.method)-\(subject.variant)-\(dataset.name)-\(bits)-\(seed)",
      subject: subject, bits: bits, seed: seed, dataset: dataset, split: split,
      run: RunProvenance(
        version: "0.1.0", blasCore: blasCore, blasThreads: 1, simdLevel: "avx2", host: "node",
        started: "2026-01-01T00:00:00Z", seconds: seconds, peakMemoryBytes: 250_000_000),
      learningCurve: subject.kind == .reference
        ? []
        : (1...4).map { step in
          LearningCurvePoint(
            stage: step < 3 ? "joint" : "fine-tuning", step: step < 3 ? step : step - 2,
            stepCount: 2, loss: Double(bits) / Double(step) + Double(seed),
            figures: ["penalty": 0.5])
        },
      codes: TrialCodes(
        queryImage: code, queryText: code, retrievalImage: code, retrievalText: code,
        retrievalPair: nil),
      measures: MeasureSpecification(
        precisionCutoffs: [1, 10, 100], precisionRecall: true, measures: measures, curves: curves),
      results: results)
  }

  /// mAP of the sample for seed 1; seed 2 is 0.002 higher for methods, equal for references.
  private static let values: [(TrialSubject, DatabaseCodes, [Int: (Double, Double)])] = [
    (linear, .ownModality, [16: (0.21, 0.41), 32: (0.22, 0.42)]),
    (linear, .joint, [16: (0.25, 0.54), 32: (0.26, 0.54)]),
    (nonlinear, .ownModality, [16: (0.20, 0.40), 32: (0.22, 0.39)]),
    (nonlinear, .joint, [16: (0.23, 0.50), 32: (0.25, 0.52)]),
    (dcmh, .ownModality, [16: (0.30, 0.50), 32: (0.31, 0.52)]),
    (chance, .ownModality, [16: (0.12, 0.12), 32: (0.12, 0.12)]),
    (oracle, .ownModality, [16: (0.95, 0.95), 32: (0.99, 0.99)]),
  ]

  /// All trials of the experiment: five subjects, two code lengths, two seeds.
  static var records: [TrialRecord] {
    [linear, nonlinear, dcmh, chance, oracle].flatMap { subject in
      [16, 32].flatMap { bits in
        [UInt64(1), 2].map { seed in
          let shift = subject.kind == .method && seed == 2 ? 0.002 : 0
          let results = values.filter { $0.0 == subject }.flatMap { _, kind, byBits in
            byBits[bits].map { maps in
              [
                result(.imageToText, kind, map: maps.0 + shift),
                result(.textToImage, kind, map: maps.1 + shift),
              ]
            } ?? []
          }
          return record(subject, bits: bits, seed: seed, results: results)
        }
      }
    }
  }

  static func input(
    records: [TrialRecord] = records, planned: [String]? = nil,
    comparisons: [ReportedComparison] = [
      ReportedComparison(dataset: "wiki", table: .dbrcTMM2019TableII, reportedDataset: "Wiki")
    ]
  ) -> ReportInput {
    ReportInput(
      name: "wiki-dbrh", summary: "Table II of Hu, Nie and Li 2019 on Wiki.",
      command: "crossbit table wiki-dbrh", plannedTrials: planned ?? records.map(\.identifier),
      records: records, comparisons: comparisons)
  }
}
