import ExperimentKit
import ReportedNumbers
import Retrieval

/// What a reader must know before quoting a number.
enum Warnings {
  /// One sentence each, in a fixed order.
  static func sentences(
    trials: FinishedTrials, tables: [ResultTable], comparisons: [ReportedComparison]
  ) -> [String] {
    var sentences: [String] = []
    if trials.isPartial {
      sentences.append(
        "Partial: \(trials.records.count) of \(trials.plannedCount) trials are finished.")
    }
    for group in trials.groups {
      let dataset = group.dataset
      if let surrogate = dataset.surrogate {
        sentences.append(
          "\(dataset.name): the \(surrogate) features are made up; its numbers say nothing about "
            + "real data.")
      }
      sentences += distinct(group.records.flatMap(\.dataset.warnings)).map {
        "\(dataset.name): \($0)"
      }
    }
    for table in tables where table.answerableCount < table.queryCount {
      sentences.append(
        "\(table.dataset.name), \(table.split.rule), \(table.task.displayName): "
          + "\(table.queryCount - table.answerableCount) of \(table.queryCount) queries have "
          + "nothing relevant to find and enter no mean.")
    }
    sentences += mixedRuns(trials)
    for comparison in comparisons where !isUsed(comparison, in: tables) {
      sentences.append(
        "\(comparison.table.rawValue) prints no number for a finished cell of "
          + "\(comparison.dataset) with the paper's kind of database codes.")
    }
    return distinct(sentences)
  }

  /// Trials of one experiment should differ in what was planned only.
  private static func mixedRuns(_ trials: FinishedTrials) -> [String] {
    let runs = trials.records.map(\.run)
    let conditions: [(name: String, values: [String])] = [
      ("versions of Crossbit", runs.map(\.version)),
      ("BLAS kernels", runs.map(\.blasCore)),
      ("numbers of BLAS threads", runs.map { String($0.blasThreads) }),
    ]
    return conditions.compactMap { name, values in
      let values = Set(values).sorted()
      guard values.count > 1 else { return nil }
      return "Trials ran with different \(name) (\(values.joined(separator: ", "))): the same seed "
        + "may give other codes."
    }
  }

  private static func isUsed(_ comparison: ReportedComparison, in tables: [ResultTable]) -> Bool {
    tables.contains {
      $0.dataset.name == comparison.dataset
        && GapTable(comparison: comparison, table: $0).content != nil
    }
  }

  private static func distinct(_ sentences: [String]) -> [String] {
    var seen: Set<String> = []
    return sentences.filter { seen.insert($0).inserted }
  }
}
