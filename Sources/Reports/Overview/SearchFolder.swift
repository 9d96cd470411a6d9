/// What is known of a search of knobs from its `candidates.csv`.
struct SearchFolder {
  /// Name of the folder.
  let name: String
  /// The data set, with its mark where a modality is made up.
  let dataset: String
  /// Number of candidates.
  let candidateCount: Int
  /// The first candidate of the ranking.
  let best: String
  /// What the best candidate is to its paper.
  let fidelity: String
  /// Its mean as printed.
  let mean: String

  /// Reads the ranking.
  ///
  /// - Throws: ``OverviewError`` when the file cannot be read or is not what a search writes.
  init(name: String, path: String) throws(OverviewError) {
    let lines = try TidyFile(
      "\(path)/candidates.csv",
      columns: ["candidate", "fidelity", "mean", "data set", "surrogate"]
    ).lines
    let first = lines.first ?? [:]
    let surrogate = first["surrogate"] ?? ""
    self.name = name
    dataset =
      (first["data set"] ?? "–") + (surrogate.isEmpty ? "" : " (SURROGATE \(surrogate))")
    candidateCount = lines.count
    best = first["candidate"] ?? "–"
    fidelity = first["fidelity"] ?? "–"
    mean = first["mean"] ?? "–"
  }
}
