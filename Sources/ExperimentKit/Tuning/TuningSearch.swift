package import CrossModalData
package import HashingMethods
import Tensors

/// A seeded random search over the knobs that a method declares.
///
/// Every candidate is a method of an experiment whose queries are training items held out of
/// training: the split's own query set is never looked at. So candidates run, resume and are
/// recorded as any trials are.
package struct TuningSearch: Sendable {
  /// The method with the knobs to start from.
  package let base: MethodVariant
  /// The candidates; the first is the base itself.
  package let candidates: [Candidate]
  /// The experiment that measures them.
  package let experiment: Experiment

  /// Knobs that were drawn together.
  package struct Candidate: Sendable {
    /// Number, 0 for the base.
    package let number: Int
    /// The method with the knobs.
    package let variant: MethodVariant
    /// The drawn values as Swift source, in the order of the searched knobs; empty for the base.
    package let values: [String]

    /// Name in tables.
    package var name: String { number == 0 ? "as declared" : "candidate \(number)" }
  }

  /// What a search is asked for.
  package struct Request: Sendable {
    /// Name of the experiment, and so of its folder of results.
    package var name: String
    /// The data set.
    package var dataset: DatasetReference
    /// Stored split whose training items are divided.
    package var split: String
    /// Training items that ask.
    package var queryCount: Int
    /// Code lengths.
    package var codeLengths: [Int]
    /// Candidates to draw beside the base.
    package var candidateCount: Int
    /// Seed of the draw of knobs and of the division of the training items.
    package var seed: UInt64
    /// Seeds of training.
    package var trainingSeeds: [UInt64]

    /// Creates a request.
    package init(
      name: String, dataset: DatasetReference, split: String, queryCount: Int, codeLengths: [Int],
      candidateCount: Int, seed: UInt64, trainingSeeds: [UInt64]
    ) {
      self.name = name
      self.dataset = dataset
      self.split = split
      self.queryCount = queryCount
      self.codeLengths = codeLengths
      self.candidateCount = candidateCount
      self.seed = seed
      self.trainingSeeds = trainingSeeds
    }
  }

  /// Draws the candidates.
  ///
  /// - Throws: ``TuningProblem`` when the method declares no knobs.
  package init(_ base: MethodVariant, _ request: Request) throws(TuningProblem) {
    guard !base.searchedKnobs.isEmpty else {
      throw .nothingDeclared(method: base.description.displayName)
    }
    var random = RandomStream(seed: request.seed).stream("tuning")
    var candidates = [Candidate(number: 0, variant: base, values: [])]
    var seen: Set = [base.configuration]
    // A small space may have fewer combinations than were asked for.
    var repeats = 0
    while candidates.count <= request.candidateCount, repeats < Self.mostRepeats {
      let drawn = base.drawCandidate(&random)
      guard seen.insert(drawn.variant.configuration).inserted else {
        repeats += 1
        continue
      }
      repeats = 0
      candidates.append(
        Candidate(number: candidates.count, variant: drawn.variant, values: drawn.values))
    }
    self.base = base
    self.candidates = candidates
    let methods = candidates.map { Method($0.variant, named: $0.name) }
    experiment = Experiment(
      request.name,
      summary: "Random search over \(base.searchedKnobs.map(\.name).joined(separator: ", ")) of "
        + "\(base.description.displayName) \(base.variant), on held-out training items"
    ) {
      Dataset(request.dataset)
      for method in methods { method }
      CodeLengths(request.codeLengths)
      Seeds(request.trainingSeeds)
      Split(
        .validation(of: request.split, queryCount: request.queryCount, seed: request.seed))
    }
  }

  /// Most candidates of a search, far more than a person waits for.
  package static let mostCandidates = 1000
  /// Known combinations in a row after which a new one is no longer hoped for.
  private static let mostRepeats = 200
}

/// Why there is nothing to search.
package enum TuningProblem: Error, Equatable, CustomStringConvertible {
  /// The method declares no ranges.
  case nothingDeclared(method: String)
  /// No method or profile has this name.
  case unknownMethod(name: String, known: [String])

  /// One sentence for the user.
  package var description: String {
    switch self {
    case .nothingDeclared(let method):
      "\(method) declares no knobs to search: its configuration has no searchRanges."
    case .unknownMethod(let name, let known):
      "There is no method “\(name)”; there are \(known.joined(separator: ", "))."
    }
  }
}

extension MethodVariant {
  /// The registered method that a command names: `rmsh` for its first profile, or `rmsh.short`.
  ///
  /// - Throws: ``TuningProblem/unknownMethod(name:known:)``.
  package static func registered(_ name: String) throws(TuningProblem) -> MethodVariant {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    let found = registeredMethods.first { method in
      method.description.identifier == parts.first
        && (parts.count == 1 || method.variant == parts[1])
    }
    guard let found else {
      throw .unknownMethod(
        name: name,
        known: registeredMethods.map { "\($0.description.identifier).\($0.variant)" })
    }
    return found
  }
}
