package import ArrayFiles
import Retrieval

extension CodeSet {
  /// Reads codes and labels from files and folders of arrays.
  ///
  /// - Parameters:
  ///   - paths: `.npy`, `.npz`, `.mat` and HDF5 files and folders of `.npy` files.
  ///   - options: What the files do not say.
  /// - Throws: ``DatasetError`` when a file cannot be read, an array is missing or its numbers mean
  ///   nothing, or arrays do not fit each other.
  package init(paths: [String], options: CodeSetOptions = .init()) throws(DatasetError) {
    let namespace = try ArrayNamespace(paths: paths)
    let assignment = RoleAssignment(namespace, keys: options.names)
    let wanted = try Self.wantedTasks(assignment, options.tasks)
    var arrays = SetArrays(assignment: assignment, options: options)
    for task in wanted {
      try arrays.readCodes(task.query)
      try arrays.readCodes(task.retrieval)
    }
    try arrays.checkPacking()
    let labels = try arrays.readLabels()
    bits = try arrays.codeLength()
    queryLabels = labels.queries
    retrievalLabels = labels.retrieval
    let ownRows = try arrays.readOwnRows(
      namespace, queryCount: labels.queries.count, retrievalCount: labels.retrieval.count,
      isUsed: wanted.contains(where: \.isWithinModality))
    for case let (query, row?) in (ownRows ?? []).enumerated()
    where !labels.queries.areEqual(query, to: row, of: labels.retrieval) {
      throw namespace.error(
        expected: "queries and their rows of --query-rows with the same labels",
        found: "query \(query) and row \(row) with others, both counted from 0; "
          + "see --query-rows-from where rows count from 1")
    }
    tasks = wanted.compactMap { task in
      guard let queries = arrays.codes[task.query], let retrieval = arrays.codes[task.retrieval]
      else { return nil }
      return Task(
        name: task.name, queries: queries.codes, retrieval: retrieval.codes,
        ownRows: task.isWithinModality ? ownRows : nil)
    }
    sources = arrays.sources
    let used = Set(sources.map(\.role))
    for role in CodeRole.allCases where options.names[role] != nil && !used.contains(role.rawValue)
    {
      throw namespace.error(
        expected: "a use for --key \(role.rawValue)=\(options.names[role] ?? "")",
        found: "tasks \(tasks.map(\.name).joined(separator: ", ")), which need no \(role.rawValue)")
    }
  }

  /// A task before its codes are read.
  private struct WantedTask {
    let name: String
    let query: CodeRole
    let retrieval: CodeRole
    /// Whether query and item may be one thing with one code.
    let isWithinModality: Bool
  }

  /// - Throws: ``DatasetError`` when a task that is asked for, or every task, lacks codes.
  private static func wantedTasks(
    _ assignment: RoleAssignment, _ asked: [RetrievalTask]
  ) throws(DatasetError) -> [WantedTask] {
    var wanted: [WantedTask] = []
    for task in RetrievalTask.allCases where asked.isEmpty || asked.contains(task) {
      let (query, retrieval) = RoleAssignment.sides(of: task)
      if assignment.has(query), assignment.has(retrieval) {
        wanted.append(
          WantedTask(
            name: task.rawValue, query: query, retrieval: retrieval,
            isWithinModality: task.isInsideOneModality))
      }
    }
    let hasPlainCodes = assignment.has(.queries) && assignment.has(.retrieval)
    if hasPlainCodes, asked.isEmpty || (asked.count == 1 && wanted.isEmpty) {
      let named = asked.first
      wanted.append(
        WantedTask(
          name: named?.rawValue ?? "codes", query: .queries, retrieval: .retrieval,
          isWithinModality: named?.isInsideOneModality ?? true))
    }
    for task in asked where !wanted.contains(where: { $0.name == task.rawValue }) {
      let (query, retrieval) = RoleAssignment.sides(of: task)
      throw assignment.missing(
        [query, retrieval].filter { !assignment.has($0) }, suffix: " of task \(task.rawValue)")
    }
    guard wanted.isEmpty else { return wanted }
    let queries: [CodeRole] = [.queryImage, .queryText, .queries]
    let retrieval: [CodeRole] = [.retrievalImage, .retrievalText, .retrieval]
    if !queries.contains(where: assignment.has) { throw assignment.missing(queries) }
    if !retrieval.contains(where: assignment.has) { throw assignment.missing(retrieval) }
    // One side tells a modality, the other does not.
    throw assignment.missing(
      assignment.has(.queries) ? [.retrieval] : [.retrievalImage, .retrievalText])
  }
}

extension LabelSets {
  /// Whether an item has the labels of an item of another set.
  fileprivate func areEqual(_ item: Int, to other: Int, of others: LabelSets) -> Bool {
    (0..<labelCount).allSatisfy {
      contains($0, item: item) == others.contains($0, item: other)
    }
  }
}
