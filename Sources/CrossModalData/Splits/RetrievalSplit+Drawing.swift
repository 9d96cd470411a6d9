import ArrayFiles
import Tensors

extension RetrievalSplit {
  /// Takes over a stored split.
  ///
  /// - Throws: ``DatasetError`` when the file leaves the training items open.
  init(_ stored: StoredSplit, file: DatasetFile) throws(DatasetError) {
    guard let training = stored.training else {
      throw DatasetError(
        file: file.path, dataset: "\(file.splitGroups[stored.name] ?? "/split")/train_idx",
        expected: "the items to train on",
        found: "none; name another split, such as a random one, in the experiment")
    }
    self.init(
      rule: "stored split \(stored.name)", query: stored.query, training: training,
      retrieval: stored.retrieval)
  }

  /// Draws queries at random; everything else is searched, and some of that is trained on.
  ///
  /// All three lists are ascending, so that the retrieval set keeps the order of the file. Queries
  /// and training items come from sub-streams of their own: another `trainingCount` leaves the
  /// queries as they are.
  ///
  /// - Throws: ``DatasetError`` when the counts do not fit the data set.
  init(
    itemCount: Int, queryCount: Int, trainingCount: Int?, seed: UInt64, path: String
  ) throws(DatasetError) {
    guard queryCount >= 1, queryCount < itemCount else {
      throw DatasetError(
        file: path, expected: "a random split of 1 to \(itemCount - 1) queries",
        found: "\(queryCount)")
    }
    let retrievalCount = itemCount - queryCount
    let trainingCount = trainingCount ?? retrievalCount
    guard trainingCount >= 1, trainingCount <= retrievalCount else {
      throw DatasetError(
        file: path,
        expected: "a random split of 1 to \(retrievalCount) training items "
          + "beside \(queryCount) queries", found: "\(trainingCount)")
    }
    let stream = RandomStream(seed: seed).stream("split")
    var queryStream = stream.stream("query")
    var trainingStream = stream.stream("training")
    let query = queryStream.nextDistinct(queryCount, below: itemCount).sorted()
    var isQuery = [Bool](repeating: false, count: itemCount)
    for item in query { isQuery[item] = true }
    let retrieval = (0..<itemCount).filter { !isQuery[$0] }
    let training = trainingStream.nextDistinct(trainingCount, below: retrievalCount)
      .sorted().map { retrieval[$0] }
    self.init(
      rule: "random split, seed \(seed)", query: query, training: training, retrieval: retrieval)
  }

  /// Draws validation queries from the training items of a split; the queries and whatever else the
  /// split keeps from training stay out of all three lists.
  ///
  /// - Throws: ``DatasetError`` when too few training items would be left.
  init(
    validationOf split: RetrievalSplit, named name: String, queryCount: Int, seed: UInt64,
    path: String
  ) throws(DatasetError) {
    guard queryCount >= 1, queryCount < split.training.count else {
      throw DatasetError(
        file: path,
        expected: "1 to \(split.training.count - 1) validation queries from the training items of "
          + "split \(name)", found: "\(queryCount)")
    }
    var stream = RandomStream(seed: seed).stream("validation split")
    let query = stream.nextDistinct(queryCount, below: split.training.count)
      .map { split.training[$0] }.sorted()
    let asked = Set(query)
    let rest = split.training.filter { !asked.contains($0) }
    self.init(
      rule: "validation on training items of \(split.rule), seed \(seed)", query: query,
      training: rest, retrieval: rest)
  }
}
