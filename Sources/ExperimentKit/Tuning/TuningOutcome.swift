import CrossModalData
import HashingMethods
import Retrieval

/// The measured candidates of a search, best first.
package struct TuningOutcome: Sendable {
  /// The search.
  package let search: TuningSearch
  /// The candidates that have at least one record, best first.
  package let ranking: [Place]
  /// Trials without a record.
  package let missingCount: Int

  /// A candidate with what it reached.
  package struct Place: Sendable {
    /// The candidate.
    package let candidate: TuningSearch.Candidate
    /// Mean mAP@all of pictures that look for texts, over code lengths and seeds.
    package let imageToText: Double
    /// Mean mAP@all of texts that look for pictures.
    package let textToImage: Double
    /// Mean seconds of a trial.
    package let seconds: Double
    /// Number of trials behind the means.
    package let trialCount: Int

    /// What decides: the mean of both tasks.
    package var score: Double { (imageToText + textToImage) / 2 }
  }

  /// Ranks the candidates by the mean of both tasks.
  ///
  /// A candidate that lacks a trial is ranked below all that lack none: its mean is over other
  /// code lengths or seeds than theirs.
  package init(_ search: TuningSearch, records: [TrialRecord]) {
    let byKnobs = Dictionary(
      grouping: records.filter { $0.subject.kind == .method }, by: \.subject.configuration)
    let places = search.candidates.compactMap { candidate in
      byKnobs[candidate.variant.configuration].flatMap { Place(candidate, $0) }
    }
    let experiment = search.experiment
    let wanted = experiment.codeLengths.count * experiment.seeds.count
    self.search = search
    ranking = places.sorted { first, second in
      let (firstIsWhole, secondIsWhole) = (
        first.trialCount == wanted, second.trialCount == wanted
      )
      if firstIsWhole != secondIsWhole { return firstIsWhole }
      return (-first.score, first.candidate.number) < (-second.score, second.candidate.number)
    }
    missingCount = wanted * search.candidates.count - places.reduce(0) { $0 + $1.trialCount }
  }

  /// The line that puts the best candidate into a manifest; nil before anything is measured.
  package var manifestLine: String? {
    guard let best = ranking.first else { return nil }
    let description = search.base.description
    let factory = Self.swiftName(description.identifier)
    let profile = ".\(Self.swiftName(search.base.variant))"
    let name = "\(description.displayName), tuned"
    guard best.candidate.number > 0 else {
      return "Method(.\(factory)(\(profile)))"
    }
    let changes = zip(search.base.searchedKnobs, best.candidate.values)
      .map { "$0.\($0.name) = \($1)" }.joined(separator: "; ")
    return "Method(.\(factory)(\(profile).with { \(changes) }), named: \"\(name)\")"
  }

  /// The name of a factory or profile in Swift: `singleLevel` for `single-level`.
  private static func swiftName(_ name: String) -> String {
    name.split(separator: "-").enumerated()
      .map { $0 == 0 ? String($1) : $1.prefix(1).uppercased() + $1.dropFirst() }.joined()
  }
}

extension TuningOutcome.Place {
  fileprivate init?(_ candidate: TuningSearch.Candidate, _ records: [TrialRecord]) {
    func mean(_ task: RetrievalTask) -> Double? {
      let values = records.compactMap { record in
        record.results.first { $0.task == task && $0.databaseCodes == .ownModality }
          .map(\.result.meanAveragePrecision.expected)
      }
      return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    guard let imageToText = mean(.imageToText), let textToImage = mean(.textToImage) else {
      return nil
    }
    self.candidate = candidate
    self.imageToText = imageToText
    self.textToImage = textToImage
    seconds = records.map(\.run.seconds).reduce(0, +) / Double(records.count)
    trialCount = records.count
  }
}
