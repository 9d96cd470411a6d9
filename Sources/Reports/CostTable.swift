import ExperimentKit

/// What the trials cost: times and memory, the only numbers that differ between two runs.
enum CostTable {
  /// One row for each method and data set: seconds by code length, speed, largest memory.
  ///
  /// Times are those of the quickest seed: what else a machine does only ever adds to them.
  static func printed(_ trials: FinishedTrials) -> PrintedTable {
    let lengths = Set(trials.records.map(\.bits)).sorted()
    // Records of earlier versions do not tell.
    let hasProcessorTime = trials.records.contains { $0.run.processorSeconds != nil }
    var printed = PrintedTable(
      [("data set", .leading), ("method", .leading)]
        + lengths.map { ("\($0) bits, s", .trailing) }
        + (hasProcessorTime ? [("CPU s a trial", .trailing)] : [])
        + [
          ("passes", .trailing), ("s a pass", .trailing), ("training pairs/s", .trailing),
          ("encoded items/s", .trailing), ("peak memory, MB", .trailing),
        ])
    for group in trials.groups {
      for (key, subject) in trials.subjects {
        let byLength = lengths.map { group.records(of: key, bits: $0) }
        guard let memory = byLength.joined().map(\.run.peakMemoryBytes).max() else { continue }
        let quickest = byLength.map { $0.map(\.run).min { $0.seconds < $1.seconds } }
        printed.append(
          ([group.dataset.name, subject.title]
            + quickest.map { $0?.seconds.fixed(1) ?? "–" }
            + (hasProcessorTime ? [processorSeconds(of: quickest.compactMap(\.self))] : [])
            + speed(of: quickest.compactMap { $0?.cost })
            + [(Double(memory) / 1_000_000).fixed(0)]).map { PrintedText($0) },
          subject.rowKind)
      }
    }
    return printed
  }

  /// Mean processor seconds; – where unknown.
  private static func processorSeconds(of runs: [RunProvenance]) -> String {
    let seconds = runs.compactMap(\.processorSeconds)
    return seconds.isEmpty ? "–" : rate(seconds.reduce(0, +) / Double(seconds.count))
  }

  /// Passes, seconds a pass, training pairs and encoded items a second; – where unknown.
  private static func speed(of costs: [TrainingCost]) -> [String] {
    guard !costs.isEmpty else { return ["–", "–", "–", "–"] }
    let encoded = costs.reduce(0) { $0 + Double($1.encodedItems) }
    let encodingSeconds = costs.reduce(0) { $0 + $1.encodingSeconds }
    let passes = costs.compactMap(\.passes)
    let seconds = costs.filter { $0.passes != nil }.reduce(0) { $0 + $1.trainingSeconds }
    let total = passes.reduce(0, +)
    let pairs = costs.reduce(0) { $0 + Double($1.trainingPairs) * ($1.passes ?? 0) }
    let encoding = rate(encoded / encodingSeconds)
    guard total > 0, seconds > 0 else { return ["–", "–", "–", encoding] }
    return [
      rate(total / Double(passes.count)), (seconds / total).significant(2), rate(pairs / seconds),
      encoding,
    ]
  }

  /// A number of at least one digit behind the point where it is small, whole where it is large.
  private static func rate(_ value: Double) -> String { value.fixed(value < 100 ? 1 : 0) }

  /// Where the trials ran: versions and kernels, which can move results as a seed does.
  static func conditions(of trials: FinishedTrials) -> String {
    let runs = trials.records.map(\.run)
    let total = runs.map(\.seconds).reduce(0, +)
    return """
      wall-clock seconds of the quickest seed by code length, as other work on the machine only \
      adds to them; CPU seconds are those of all threads; \
      a pass goes over all training pairs once, its seconds, training pairs and encoded \
      items a second are means of these trials over code lengths, – where there are no passes or a \
      record of an earlier version does not tell; largest resident memory of any trial · \
      \(total.fixed(0)) s for \(runs.count) trials in all · Crossbit \
      \(distinct(runs.map(\.version))) · BLAS kernels \(distinct(runs.map(\.blasCore))), threads \
      \(distinct(runs.map { String($0.blasThreads) })) · Hamming kernels \
      \(distinct(runs.map(\.simdLevel)))
      """
  }

  private static func distinct(_ values: [String]) -> String {
    Set(values).sorted().joined(separator: ", ")
  }
}
