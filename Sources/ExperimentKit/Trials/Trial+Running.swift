import CrossModalData
import HashingMethods
import Retrieval
import Tensors

extension Trial {
  /// Turns features into codes and codes into measures.
  ///
  /// Codes that an earlier run left are measured again and not made again.
  ///
  /// - Parameters:
  ///   - experiment: The manifest, for what is to be measured.
  ///   - dataFolder: Folder of the data sets' files.
  ///   - earlier: An intact record of this very trial whose measures or names are outdated.
  ///   - observe: Is told what the trial is doing.
  /// - Returns: The record, stored nowhere yet.
  /// - Throws: The sentence that the trial fails with.
  package func run(
    for experiment: Experiment, dataFolder: String, earlier: TrialRecord? = nil,
    observe: (TrialProgress) -> Void = { _ in }
  ) throws -> TrialRecord {
    try withoutActuallyEscaping(observe) { observe in
      let started = ComputeEnvironment.timestamp
      let clock = ContinuousClock.now
      let processorSeconds = ComputeEnvironment.processorSeconds
      // A level that does not run here is refused before training, not by the evaluator after it.
      _ = try SIMDLevel.current
      observe(.reading)
      let dataset = try CrossModalDataset(material.dataset, in: dataFolder)
      let split = try dataset.split(for: material.split)
      let made: MadeCodes
      if let earlier {
        made = MadeCodes(codes: earlier.codes, learningCurve: earlier.learningCurve)
      } else {
        made = try makeCodes(from: dataset, split: split, observe: observe)
      }
      observe(.measuring)
      let results = try measure(made.codes, of: dataset, split: split, for: experiment)
      return TrialRecord(
        identifier: identifier, subject: subject, bits: bits, seed: seed,
        dataset: try DatasetProvenance(
          of: dataset, digest: material.datasetDigest, split: split),
        split: SplitProvenance(of: split),
        run: try earlier?.run
          ?? ComputeEnvironment.provenance(
            started: started, after: clock, processorSeconds: processorSeconds, cost: made.cost),
        learningCurve: made.learningCurve, codes: made.codes, measures: experiment.measures,
        results: results)
    }
  }

  private struct MadeCodes {
    var codes: TrialCodes
    var learningCurve: [LearningCurvePoint]
    var cost: TrainingCost?
  }

  /// The stream of the trial: equal for all trials of a seed, split by what it is used for.
  private var random: RandomStream { RandomStream(seed: seed).stream(subject.method) }

  private func makeCodes(
    from dataset: CrossModalDataset, split: RetrievalSplit,
    observe: @escaping (TrialProgress) -> Void
  ) throws -> MadeCodes {
    switch coder {
    case .reference(.random):
      var random = random
      func draw(_ items: [Int]) -> BinaryCodes {
        ReferenceCodes.random(count: items.count, bits: bits, using: &random)
      }
      return MadeCodes(
        codes: TrialCodes(
          queryImage: draw(split.query), queryText: draw(split.query),
          retrievalImage: draw(split.retrieval), retrievalText: draw(split.retrieval)),
        learningCurve: [])
    case .reference(.labelOracle):
      var random = random
      let oracle = LabelOracle(
        labelCount: dataset.labelCount, bits: bits, using: &random)
      let query = oracle.codes(for: dataset.labels.selecting(split.query))
      let retrieval = oracle.codes(for: dataset.labels.selecting(split.retrieval))
      return MadeCodes(
        codes: TrialCodes(
          queryImage: query, queryText: query, retrievalImage: retrieval,
          retrievalText: retrieval),
        learningCurve: [])
    case .method(let method):
      return try train(method, on: dataset, split: split, observe: observe)
    }
  }

  private func train(
    _ method: Method, on dataset: CrossModalDataset, split: RetrievalSplit,
    observe: @escaping (TrialProgress) -> Void
  ) throws -> MadeCodes {
    let extra = method.variant.extraFeatures
    let (image, text, labels) = try dataset.trainingRows(of: split, including: extra)
    let data = TrainingData(
      image: image, text: text, labels: labels,
      imageLayout: dataset.features(.image, including: extra).layout,
      textLayout: dataset.features(.text, including: extra).layout,
      labelVectors: extra.contains(.labelVectors) ? try dataset.labelVectors() : nil)
    let context = TrainingContext(random: random) { observe(.training($0)) }
    let start = ContinuousClock.now
    let hashing = try method.variant.train(data, bits, context)
    let trained = ContinuousClock.now

    observe(.encoding)
    let encoder = ItemEncoder(
      dataset: dataset, extra: extra, hashing: hashing, method: method.label, bits: bits)
    let codes = TrialCodes(
      queryImage: try encoder.codes(from: .image, of: split.query),
      queryText: try encoder.codes(from: .text, of: split.query),
      retrievalImage: try encoder.codes(from: .image, of: split.retrieval),
      retrievalText: try encoder.codes(from: .text, of: split.retrieval),
      retrievalPair: try encoder.pairCodes(of: split.retrieval))
    let cost = TrainingCost(
      trainingSeconds: (trained - start) / .seconds(1), trainingPairs: data.count,
      passes: hashing.passes, encodingSeconds: (ContinuousClock.now - trained) / .seconds(1),
      encodedItems: codes.itemCount)
    return MadeCodes(codes: codes, learningCurve: hashing.learningCurve, cost: cost)
  }

  private func measure(
    _ codes: TrialCodes, of dataset: CrossModalDataset, split: RetrievalSplit,
    for experiment: Experiment
  ) throws -> [TaskResult] {
    let questions = TaskQuestion.all(for: coder, of: experiment, jointCodes: codes.hasJoint)
    guard !questions.isEmpty else { throw TrialProblem.noJointCodes(method: coder.label) }
    let queryLabels = dataset.labels.selecting(split.query)
    let retrievalLabels = dataset.labels.selecting(split.retrieval)
    let rows = Dictionary(zip(split.retrieval, split.retrieval.indices)) { first, _ in first }
    let ownRows = split.query.map { rows[$0] }
    return try questions.compactMap { question in
      guard let retrieval = codes.retrieval(for: question) else { return nil }
      let result = try evaluate(
        queries: codes.queries(for: question.task), queryLabels: queryLabels,
        retrieval: retrieval, retrievalLabels: retrievalLabels, measures: experiment.measures,
        ownRows: question.task.isInsideOneModality ? ownRows : nil)
      return TaskResult(
        task: question.task, databaseCodes: question.databaseCodes, result: result)
    }
  }
}
