import CrossModalData
import ExperimentKit
import Foundation
import HashingMethods
import Retrieval
import Tensors
import TestSupport
import Testing

@Suite("A trial")
struct TrialTests {
  private func withData(
    itemCount: Int = 40, _ body: (_ dataFolder: String, _ path: String) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/sample.h5"
      try HDF5Fixture.synthetic(itemCount: itemCount).write(to: path)
      try body(folder, path)
    }
  }

  private func record(
    of index: Int, _ experiment: Experiment, _ folder: String, earlier: TrialRecord? = nil
  ) throws -> TrialRecord {
    try ExperimentPlan(experiment, dataFolder: folder).trial(at: index)
      .run(for: experiment, dataFolder: folder, earlier: earlier)
  }

  // 40 items fill no block; 2600 items search 2080, two whole blocks of 1024 and a rest.
  @Test("encodes block by block what it would encode at once", arguments: [40, 2600])
  func blocks(itemCount: Int) throws {
    try withData(itemCount: itemCount) { folder, path in
      let experiment = sampleExperiment(databaseCodes: [.ownModality, .joint])
      let record = try record(of: 8, experiment, folder)
      let dataset = try CrossModalDataset(path: path)
      let split = try dataset.split(for: .stored("official"))
      let data = TrainingData(
        image: Matrix(rows: 0, columns: 6), text: Matrix(rows: 0, columns: 9),
        labels: dataset.labels.selecting([]))
      let hashing = try FirstColumns().train(
        on: data, bits: 8, context: TrainingContext(random: RandomStream(seed: 1)))
      func expected(_ modality: Modality, _ items: [Int]) throws -> BinaryCodes {
        let features = dataset.features(modality)
        let rows = Matrix(rows: items.count, columns: features.layout.columns)
        try features.copyRows(items, into: rows)
        let activations = modality == .image ? hashing.image(rows) : hashing.text(rows)
        return try BinaryCodes(count: items.count, bits: 8, activations: activations.elements)
      }
      #expect(try record.codes.queryImage == expected(.image, split.query))
      #expect(try record.codes.queryText == expected(.text, split.query))
      #expect(try record.codes.retrievalImage == expected(.image, split.retrieval))
      #expect(try record.codes.retrievalText == expected(.text, split.retrieval))
      #expect(try record.codes.retrievalPair == expected(.image, split.retrieval))
      #expect(record.split.retrievalCount == split.retrieval.count)
    }
  }

  @Test("leaves a query that is searched too out of its own ranking inside one modality")
  func ownItems() throws {
    try withTemporaryFolder { folder in
      var fixture = HDF5Fixture.synthetic()
      fixture["/split/database_idx"] = .init([40], .int32(Array(0..<40)))
      try fixture.write(to: "\(folder)/sample.h5")
      let experiment = sampleExperiment(
        tasks: [.imageToText, .imageToImage], measures: ["NDCG@5", "P@1"])
      let record = try record(of: 8, experiment, folder)
      let dataset = try CrossModalDataset(path: "\(folder)/sample.h5")
      let split = try dataset.split(for: .stored("official"))
      func expected(_ retrieval: BinaryCodes, ownRows: [Int?]?) throws -> RetrievalResult {
        try evaluate(
          queries: record.codes.queryImage, queryLabels: dataset.labels.selecting(split.query),
          retrieval: retrieval, retrievalLabels: dataset.labels, measures: experiment.measures,
          ownRows: ownRows)
      }
      let byTask = Dictionary(
        uniqueKeysWithValues: record.results.map { ($0.task, $0.result) })
      #expect(
        try byTask[.imageToText] == expected(record.codes.retrievalText, ownRows: nil))
      #expect(
        try byTask[.imageToImage]
          == expected(record.codes.retrievalImage, ownRows: split.query.map { $0 }))
      #expect(
        try byTask[.imageToImage] != expected(record.codes.retrievalImage, ownRows: nil))
    }
  }

  @Test("measures each task against each kind of database codes")
  func questions() throws {
    try withData { folder, path in
      let experiment = sampleExperiment(cutoffs: [3], databaseCodes: [.ownModality, .joint])
      let record = try record(of: 8, experiment, folder)
      let dataset = try CrossModalDataset(path: path)
      let split = try dataset.split(for: .stored("official"))
      #expect(
        record.results.map { "\($0.task.rawValue) \($0.databaseCodes.rawValue)" }
          == ["I2T own-modality", "T2I own-modality", "I2T joint", "T2I joint"])
      let pair = try #require(record.codes.retrievalPair)
      let sides = [
        (record.codes.queryImage, record.codes.retrievalText),
        (record.codes.queryText, record.codes.retrievalImage),
        (record.codes.queryImage, pair), (record.codes.queryText, pair),
      ]
      for (result, (queries, retrieval)) in zip(record.results, sides) {
        let expected = try evaluate(
          queries: queries, queryLabels: dataset.labels.selecting(split.query),
          retrieval: retrieval, retrievalLabels: dataset.labels.selecting(split.retrieval),
          measures: experiment.measures)
        #expect(result.result == expected)
      }
    }
  }

  @Test("repeats itself exactly and differs between seeds")
  func repeatable() throws {
    try withData { folder, _ in
      let experiment = sampleExperiment()
      for index in [0, 4, 8] {
        let first = try record(of: index, experiment, folder)
        let second = try record(of: index, experiment, folder)
        #expect(first.results == second.results)
        #expect(first.codes.retrievalImage == second.codes.retrievalImage)
        #expect(first.codes.queryText == second.codes.queryText)
      }
      let seeds = try [0, 1].map { try record(of: $0, experiment, folder).codes.retrievalImage }
      #expect(seeds[0] != seeds[1])
    }
  }

  @Test("of the label oracle beats chance")
  func oracle() throws {
    try withData(itemCount: 400) { folder, _ in
      let experiment = sampleExperiment(bits: [16])
      let chance = try record(of: 0, experiment, folder)
      let oracle = try record(of: 2, experiment, folder)
      #expect(oracle.subject.method == "label-oracle")
      #expect(oracle.codes.queryImage == oracle.codes.queryText)
      for (low, high) in zip(chance.results, oracle.results) {
        #expect(
          high.result.meanAveragePrecision.expected > low.result.meanAveragePrecision.expected)
      }
    }
  }

  @Test("keeps the facts that its identifier stands for")
  func identity() throws {
    try withData { folder, _ in
      let experiment = sampleExperiment()
      let plan = try ExperimentPlan(experiment, dataFolder: folder)
      for trial in plan.trials {
        let record = try trial.run(for: experiment, dataFolder: folder)
        #expect(TrialIdentity(of: record).identifier == trial.identifier)
        #expect(record.run.peakMemoryBytes > 1 << 20)
        #expect(record.dataset.itemCount == 40)
        #expect(record.split.queryCount == 8)
      }
    }
  }

  @Test("measures stored codes again without making them again")
  func measuredAgain() throws {
    try withData { folder, _ in
      var earlier = try record(of: 8, sampleExperiment(), folder)
      // A mark that training could not make.
      earlier.run.started = "mark"
      earlier.learningCurve[0].loss = 42
      let changed = sampleExperiment(cutoffs: [1, 2], databaseCodes: [.joint])
      let record = try record(of: 8, changed, folder, earlier: earlier)
      #expect(record.run == earlier.run)
      #expect(record.learningCurve == earlier.learningCurve)
      #expect(record.codes.retrievalText == earlier.codes.retrievalText)
      #expect(record.measures.precisionCutoffs == [1, 2])
      #expect(record.results.map(\.databaseCodes) == [.joint, .joint])
      #expect(record.results.allSatisfy { $0.result.precisionAtTop.map(\.k) == [1, 2] })
    }
  }

  @Test("measures tasks inside one modality by codes of that modality, without training again")
  func insideOneModality() throws {
    try withData { folder, path in
      var earlier = try record(of: 8, sampleExperiment(), folder)
      earlier.run.started = "mark"
      let changed = sampleExperiment(
        databaseCodes: [.ownModality, .joint], tasks: RetrievalTask.allCases,
        measures: ["NDCG@3", "lookup(r=2,empty)"], curves: ["PR(radius,macro)"])
      let record = try record(of: 8, changed, folder, earlier: earlier)
      #expect(record.run.started == "mark")
      #expect(
        record.results.map { "\($0.task.rawValue) \($0.databaseCodes.rawValue)" }
          == [
            "I2T own-modality", "T2I own-modality", "I2I own-modality", "T2T own-modality",
            "I2T joint", "T2I joint",
          ])
      #expect(
        record.results.allSatisfy { result in
          result.result.measures.map(\.measure) == changed.measures.measures
            && result.result.curves.map(\.curve) == changed.measures.curves
        })
      let dataset = try CrossModalDataset(path: path)
      let split = try dataset.split(for: .stored("official"))
      let sides = [
        (record.codes.queryImage, record.codes.retrievalImage),
        (record.codes.queryText, record.codes.retrievalText),
      ]
      for (result, (queries, retrieval)) in zip(record.results[2...3], sides) {
        let expected = try evaluate(
          queries: queries, queryLabels: dataset.labels.selecting(split.query),
          retrieval: retrieval, retrievalLabels: dataset.labels.selecting(split.retrieval),
          measures: changed.measures)
        #expect(result.result == expected)
      }
    }
  }

  @Test("tells what it does, in order")
  func progress() throws {
    try withData { folder, _ in
      let experiment = sampleExperiment()
      var seen: [TrialProgress] = []
      _ = try ExperimentPlan(experiment, dataFolder: folder).trial(at: 8)
        .run(for: experiment, dataFolder: folder) { seen.append($0) }
      let point = LearningCurvePoint(stage: "training", step: 1, stepCount: 1, loss: 0.5)
      #expect(seen == [.reading, .training(point), .encoding, .measuring])
    }
  }

  @Test("is refused by a worker that finds other data than planned for")
  func replanned() throws {
    try withData { folder, path in
      let experiment = sampleExperiment()
      let planned = try ExperimentPlan(experiment, dataFolder: folder).trials[8].identifier
      try HDF5Fixture.synthetic(itemCount: 45).write(to: path)
      let worker = Worker(
        experiment: experiment, dataFolder: folder, resultsFolder: "\(folder)/Results")
      let error = #expect(throws: TrialProblem.self) {
        try worker.run(trialAt: 8, expecting: planned) { _ in }
      }
      #expect(error?.description.hasPrefix("The trial is first-columns-plain-8-bits") == true)
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/Results"))
    }
  }
}
