import ArrayFiles
import Retrieval

extension RetrievalSplit {
  /// Makes the lists of a published split.
  ///
  /// - Throws: ``DatasetError`` when the file has another number of rows than the release, or, for a
  ///   rule by class, not its labels.
  init(_ published: PublishedSplit, file: DatasetFile) throws(DatasetError) {
    guard file.itemCount == published.itemCount else {
      throw DatasetError(
        file: file.path,
        expected: "\(published.itemCount) items, as split \(published.name) is for "
          + "\(published.dataset) with the rows of \(published.rows)",
        found: "\(file.itemCount)")
    }
    switch published.rule {
    case .cut(let order, let end, let queryCount, let trainingCount):
      self.init(
        rule: published.ruleText, items: order.items(count: file.itemCount), asking: end,
        queryCount: queryCount, trainingCount: trainingCount)
    case .perClass(let quotas, let seed):
      guard let labels = file.labels, labels.labelCount == quotas.labelCount else {
        throw DatasetError(
          file: file.path, dataset: "/label",
          expected: "\(quotas.labelCount) labels, from which split \(published.name) draws",
          found: file.labels.map { "\($0.labelCount)" } ?? "none")
      }
      self.init(rule: published.ruleText, quotas: quotas, labels: labels, seed: seed)
      guard !query.isEmpty, !training.isEmpty else {
        throw DatasetError(
          file: file.path, dataset: "/label",
          expected: "items of every class for split \(published.name)",
          found: "labels that give \(query.count) queries and \(training.count) training items")
      }
    }
  }

  /// Cuts an order of items.
  ///
  /// - Precondition: `queryCount + trainingCount <= items.count`.
  init(
    rule: String, items: [Int], asking end: SplitRule.End, queryCount: Int, trainingCount: Int
  ) {
    precondition(
      queryCount + trainingCount <= items.count,
      "\(queryCount) queries and \(trainingCount) training items of \(items.count)")
    let retrieval =
      end == .first ? items.dropFirst(queryCount) : items.dropLast(queryCount)
    self.init(
      rule: rule,
      query: Array(end == .first ? items.prefix(queryCount) : items.suffix(queryCount)),
      training: Array(retrieval.prefix(trainingCount)), retrieval: Array(retrieval))
  }

  /// Draws class by class, as DJSRH's `datasets.py` does after `numpy.random.seed(seed)`.
  ///
  /// The items of a class are permuted, those drawn for an earlier class are passed over, the first
  /// ones ask and the next ones are trained on. A class may run out of items.
  init(rule: String, quotas: ClassQuotas, labels: LabelSets, seed: UInt32) {
    var twister = MersenneTwister(seed: seed)
    var query: [Int] = []
    var training: [Int] = []
    var isQuery = [Bool](repeating: false, count: labels.count)
    var isTraining = isQuery
    for label in 0..<labels.labelCount {
      let bearers = (0..<labels.count).filter { labels.contains(label, item: $0) }
      let free = twister.numPyPermutation(bearers.count).map { bearers[$0] }
        .filter { !isQuery[$0] && !isTraining[$0] }
      let quota = label == 0 ? quotas.first : quotas.others
      for item in free.prefix(quota.query) {
        query.append(item)
        isQuery[item] = true
      }
      for item in free.dropFirst(quota.query).prefix(quota.training) {
        training.append(item)
        isTraining[item] = true
      }
    }
    let missing = quotas.total(\.training) - training.count
    if quotas.fillsTraining && missing > 0 {
      let free = (0..<labels.count).filter { !isQuery[$0] && !isTraining[$0] }
      training += twister.numPyPermutation(free.count).prefix(missing).map { free[$0] }
    }
    self.init(
      rule: rule, query: query, training: training,
      retrieval: (0..<labels.count).filter { !isQuery[$0] })
  }
}

extension SplitRule.Order {
  /// The items 0 ..< `count` in this order.
  func items(count: Int) -> [Int] {
    switch self {
    case .rows:
      return Array(0..<count)
    case .numPy(let seed):
      var twister = MersenneTwister(seed: seed)
      return twister.numPyPermutation(count)
    case .freshMATLAB:
      var twister = MersenneTwister(seed: MersenneTwister.matlabDefaultSeed)
      return twister.matlabPermutation(count)
    }
  }
}
