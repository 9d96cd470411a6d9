import ExperimentKit
import ReportedNumbers
import Retrieval

/// The planned trials that are finished, in the order of the plan, grouped for tables.
struct FinishedTrials {
  /// Finished records in the order of the plan, each once.
  let records: [TrialRecord]
  /// Number of planned trials.
  let plannedCount: Int
  /// The subjects of all records, methods first.
  let subjects: [(key: SubjectKey, subject: ReportSubject)]
  /// Records by data set and split, in order.
  let groups: [Group]

  /// The trials on one split of one data set.
  struct Group {
    let dataset: DatasetProvenance
    let split: SplitProvenance
    let records: [TrialRecord]

    /// Records of one subject at one code length, by ascending seed.
    func records(of key: SubjectKey, bits: Int) -> [TrialRecord] {
      records.filter { $0.bits == bits && SubjectKey($0.subject) == key }
        .sorted { $0.seed < $1.seed }
    }

    /// Code lengths with a record, ascending.
    var codeLengths: [Int] { Set(records.map(\.bits)).sorted() }
  }

  init(_ input: ReportInput) {
    var byIdentifier: [String: TrialRecord] = [:]
    for record in input.records { byIdentifier[record.identifier] = record }
    var seen: Set<String> = []
    let planned = input.plannedTrials.filter { seen.insert($0).inserted }
    plannedCount = planned.count
    records = planned.compactMap { byIdentifier[$0] }
    subjects = ReportSubject.subjects(of: records)

    var order: [[String]] = []
    var members: [[String]: [TrialRecord]] = [:]
    for record in records {
      let key = [record.dataset.name, record.dataset.digest, record.split.digest]
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(record)
    }
    groups = order.compactMap { key in
      guard let records = members[key], let first = records.first else { return nil }
      return Group(dataset: first.dataset, split: first.split, records: records)
    }
  }

  /// Whether planned trials are missing.
  var isPartial: Bool { records.count < plannedCount }
}

extension FinishedTrials {
  /// The tables of a group, one a task, in the order of the tasks.
  func tables(of group: Group, comparisons: [ReportedComparison]) -> [ResultTable] {
    RetrievalTask.allCases.compactMap { task in
      guard
        let sample = group.records.lazy.flatMap(\.results).first(where: { $0.task == task })?.result
      else { return nil }
      let methods = DatabaseCodes.allCases.flatMap { kind in
        rows(of: group, task: task, databaseCodes: kind, comparisons: comparisons) {
          !$0.isReference
        }
      }
      let references = DatabaseCodes.allCases.flatMap { kind in
        rows(of: group, task: task, databaseCodes: kind, comparisons: []) { $0.isReference }
      }
      return ResultTable(
        dataset: group.dataset, split: group.split, task: task, queryCount: sample.queryCount,
        answerableCount: sample.answerableCount, codeLengths: group.codeLengths,
        seeds: Set(group.records.map(\.seed)).sorted(),
        measures: sample.measures.map(\.measure), curves: sample.curves.map(\.curve),
        rows: methods + references,
        comparisons: QueryComparison.all(of: methods, in: group, task: task))
    }
  }

  private func rows(
    of group: Group, task: RetrievalTask, databaseCodes: DatabaseCodes,
    comparisons: [ReportedComparison], where isIncluded: (ReportSubject) -> Bool
  ) -> [ResultTable.Row] {
    subjects.filter { isIncluded($0.subject) }.compactMap { key, subject in
      var cells: [Int: ResultTable.Cell] = [:]
      for bits in group.codeLengths {
        let finished = group.records(of: key, bits: bits).compactMap { record in
          record.results.first { $0.task == task && $0.databaseCodes == databaseCodes }
            .map { (seed: record.seed, result: $0.result) }
        }
        guard !finished.isEmpty else { continue }
        cells[bits] = ResultTable.Cell(
          seeds: finished.map(\.seed),
          meanAveragePrecision: .init(finished.map(\.result.meanAveragePrecision)),
          precisionAtTop: precision(of: finished.map(\.result)),
          measures: measures(of: finished.map(\.result)),
          reported: comparisons.compactMap {
            $0.number(
              dataset: group.dataset.name, task: task, subject: subject.subject, bits: bits,
              databaseCodes: databaseCodes)
          })
      }
      return cells.isEmpty
        ? nil : ResultTable.Row(subject: subject, databaseCodes: databaseCodes, cells: cells)
    }
  }

  /// P@k of the cut-offs that every seed has; a mean must not mix cut-offs of some seeds only.
  private func precision(of results: [RetrievalResult]) -> [Int: ResultTable.TieSummary] {
    var bounds: [Int: [TieBounds]] = [:]
    for point in results.flatMap(\.precisionAtTop) {
      bounds[point.k, default: []].append(point.precision)
    }
    return bounds.filter { $0.value.count == results.count }.mapValues { .init($0) }
  }

  /// The further measures that every seed has.
  private func measures(of results: [RetrievalResult]) -> [Measure: ResultTable.TieSummary] {
    var bounds: [Measure: [TieBounds]] = [:]
    for result in results.flatMap(\.measures) {
      bounds[result.measure, default: []].append(result.mean)
    }
    return bounds.filter { $0.value.count == results.count }.mapValues { .init($0) }
  }
}

extension ReportedComparison {
  /// What the paper prints for one of our cells, under the paper's kind of database codes.
  func number(
    dataset: String, task: RetrievalTask, subject: TrialSubject, bits: Int,
    databaseCodes: DatabaseCodes
  ) -> ReportedNumber? {
    guard dataset == self.dataset, let name = subject.reportedName else { return nil }
    return ReportedLibrary.numbers(
      in: table, dataset: reportedDataset, task: task.rawValue, method: name, bits: bits
    ).first { $0.usesJointDatabaseCodes == (databaseCodes == .joint) }
  }
}
