package import ExperimentKit
import HashingMethods

/// The ledger of a search for a reader: every candidate with its knobs and what it reached.
package struct TuningReport {
  private let outcome: TuningOutcome
  private let command: String
  /// Data and split of all trials, for people.
  private let conditions: [String]
  /// The same for a program, under ``conditionTitles``.
  private let conditionCells: [String]
  private let titles: [String]
  private let seedText: String
  private static let conditionTitles = [
    "data set", "data SHA-256", "surrogate", "split SHA-256", "code lengths", "training seeds",
  ]

  /// Describes the outcome of a search.
  ///
  /// - Parameters:
  ///   - outcome: The ranked candidates.
  ///   - records: Their trials, for the data and the split they share.
  ///   - command: The command that makes them again.
  package init(_ outcome: TuningOutcome, records: [TrialRecord], command: String) {
    self.outcome = outcome
    self.command = command
    let experiment = outcome.search.experiment
    conditions =
      records.first.map { record in
        [
          "data: \(record.dataset.name), SHA-256 \(record.dataset.digest.shortDigest)",
          record.dataset.surrogate.map { "SURROGATE: the \($0) features are made up" }
            ?? "no surrogate modality",
          "split: \(record.split.rule), SHA-256 \(record.split.digest.shortDigest): "
            + "\(record.split.queryCount) training items ask, \(record.split.trainingCount) are "
            + "trained on, \(record.split.retrievalCount) searched; the split's own queries take no "
            + "part",
        ]
      } ?? []
    let lengths = experiment.codeLengths.map(String.init).joined(separator: " ")
    let seeds = experiment.seeds.map { String($0) }.joined(separator: " ")
    conditionCells = [
      records.first?.dataset.name ?? "", records.first?.dataset.digest ?? "",
      records.first?.dataset.surrogate ?? "", records.first?.split.digest ?? "", lengths, seeds,
    ]
    titles =
      ["rank", "candidate", "fidelity", "mean", "I→T", "T→I", "seconds", "trials"]
      + outcome.search.base.searchedKnobs.map(\.name)
    seedText =
      "code lengths \(experiment.codeLengths.map(String.init).joined(separator: ", ")), training "
      + "seeds \(experiment.seeds.map { String($0) }.joined(separator: ", "))"
  }

  /// `README.md` and `candidates.csv`.
  package var files: [ReportFile] {
    [
      ReportFile(path: "README.md", text: markdown),
      ReportFile(path: "candidates.csv", text: csv),
    ]
  }

  /// The best candidates and the manifest line, for a terminal.
  package var terminalText: String {
    var lines = outcome.ranking.prefix(Self.terminalRows).map { place in
      let values = zip(outcome.search.base.searchedKnobs, place.candidate.values)
        .map { "\($0.name) \($1)" }.joined(separator: ", ")
      return "\(place.score.fixed(4))  \(place.candidate.name)"
        + (values.isEmpty ? "" : ": \(values)")
    }
    if outcome.ranking.count > Self.terminalRows {
      lines.append("… and \(outcome.ranking.count - Self.terminalRows) more.")
    }
    lines.append(fidelityText)
    if outcome.missingCount > 0 { lines.append(partialText) }
    if let line = outcome.manifestLine { lines.append("\n\(line)") }
    return lines.joined(separator: "\n")
  }

  private static let terminalRows = 5

  private var partialText: String {
    "Partial: \(outcome.missingCount) trials are missing; candidates without all of theirs come last."
  }

  /// What the best candidate is to its paper, and whether the data are real.
  private var fidelityText: String {
    guard let best = outcome.ranking.first else { return "Nothing is measured yet." }
    let surrogate = conditionCells[2].isEmpty ? "" : " SURROGATE: \(conditionCells[2]) features."
    return "The best candidate of \(outcome.search.base.description.displayName) is "
      + "\(best.candidate.variant.fidelity.rawValue).\(surrogate)"
  }

  private var rows: [[String]] {
    let base = Array(repeating: "", count: outcome.search.base.searchedKnobs.count)
    return outcome.ranking.enumerated().map { index, place in
      [
        "\(index + 1)", place.candidate.name, place.candidate.variant.fidelity.rawValue,
        place.score.fixed(4), place.imageToText.fixed(4),
        place.textToImage.fixed(4), place.seconds.fixed(1), "\(place.trialCount)",
      ] + (place.candidate.values.isEmpty ? base : place.candidate.values)
    }
  }

  private var csv: String {
    var document = CSVDocument(columns: titles + Self.conditionTitles)
    for row in rows { document.append(row + conditionCells) }
    return document.text
  }

  private var markdown: String {
    let base = outcome.search.base
    var table = MarkdownTable(
      titles.enumerated().map { index, title in
        (title, index == 1 || index == 2 || index > 7 ? .leading : .trailing)
      })
    for row in rows { table.append(row) }
    var parts = ["# \(outcome.search.experiment.name)\n"]
    parts.append("\(outcome.search.experiment.summary). Made by `\(command)`.\n")
    parts.append("\(fidelityText)\n")
    if outcome.missingCount > 0 { parts.append("**\(partialText)**\n") }
    if let line = outcome.manifestLine {
      parts.append("The best candidate as a line of a manifest:\n\n```swift\n\(line)\n```\n")
    }
    parts.append(table.text)
    let protocolParts =
      conditions + [
        "mean of I→T and T→I mAP@all(ties=expected) decides; \(seedText)",
        "the best of many is partly luck: its score here is higher than on items that had no say",
      ]
    parts.append("<sub>\(protocolParts.joined(separator: " · "))</sub>\n")
    parts.append("What was drawn, each value alike:\n")
    parts.append(
      base.searchedKnobs.map { "- `\($0.name)`: \($0.candidates)\n" }.joined())
    return parts.joined(separator: "\n")
  }
}
