import ExperimentKit

/// What the trials cost: seconds and memory, the only numbers that differ between two runs.
enum CostTable {
  /// One row for each method and data set: mean seconds by code length, largest memory.
  static func markdown(of trials: FinishedTrials) -> String {
    let lengths = Set(trials.records.map(\.bits)).sorted()
    var markdown = MarkdownTable(
      [("data set", .leading), ("method", .leading)]
        + lengths.map { ("\($0) bits, s", .trailing) } + [("peak memory, MB", .trailing)])
    for group in trials.groups {
      for (key, subject) in trials.subjects {
        let byLength = lengths.map { group.records(of: key, bits: $0) }
        guard let memory = byLength.joined().map(\.run.peakMemoryBytes).max() else { continue }
        markdown.append(
          [group.dataset.name, subject.title]
            + byLength.map { records in
              records.isEmpty ? "–" : SeedSummary(records.map(\.run.seconds)).mean.fixed(1)
            } + [(Double(memory) / 1_000_000).fixed(0)])
      }
    }
    return markdown.text
  }

  /// Where the trials ran: versions and kernels, which can move results as a seed does.
  static func conditions(of trials: FinishedTrials) -> String {
    let runs = trials.records.map(\.run)
    let total = runs.map(\.seconds).reduce(0, +)
    return """
      <sub>mean wall-clock seconds a trial, largest resident memory of any trial · \
      \(total.fixed(0)) s for \(runs.count) trials in all · Crossbit \
      \(distinct(runs.map(\.version))) · BLAS kernels \(distinct(runs.map(\.blasCore))), threads \
      \(distinct(runs.map { String($0.blasThreads) })) · Hamming kernels \
      \(distinct(runs.map(\.simdLevel)))</sub>

      """
  }

  private static func distinct(_ values: [String]) -> String {
    Set(values).sorted().joined(separator: ", ")
  }
}
