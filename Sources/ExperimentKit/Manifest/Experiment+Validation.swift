package import CrossModalData
import HashingMethods
import ReportedNumbers
import Retrieval

extension Experiment {
  /// Longest code length in bits; far beyond anything published, short of a typing mistake.
  package static let longestCode = 4096

  /// Refuses a manifest that could not be run exactly as it stands.
  ///
  /// - Throws: ``InvalidManifest`` with every mistake that can be seen without the data.
  package func validate() throws(InvalidManifest) {
    let problems = mistakes.map {
      ManifestProblem(file: file, experiment: name, mistake: $0)
    }
    if !problems.isEmpty { throw InvalidManifest(problems: problems) }
  }

  private var mistakes: [ManifestProblem.Mistake] {
    var mistakes: [ManifestProblem.Mistake] = []
    if !Self.isUsableName(name) { mistakes.append(.unusableName) }
    if datasets.isEmpty { mistakes.append(.nothingNamed(what: "data set", clause: "Dataset(…)")) }
    if methods.isEmpty { mistakes.append(.nothingNamed(what: "method", clause: "Method(…)")) }
    if codeLengths.isEmpty {
      mistakes.append(.nothingNamed(what: "code length", clause: "CodeLengths(…)"))
    }
    if seeds.isEmpty { mistakes.append(.nothingNamed(what: "seed", clause: "Seeds(…)")) }
    mistakes += codeLengths.filter { $0 < 1 || $0 > Self.longestCode }.map { .codeLength($0) }
    mistakes += measures.precisionCutoffs.filter { $0 < 1 }.map { .cutoff($0) }
    mistakes += methods.compactMap { method in
      method.position.flatMap { $0.isFinite ? nil : .position($0, method: method.label) }
    }
    mistakes += measureMistakes.map { .measureName($0) }
    if !databaseCodes.contains(.ownModality) {
      let inside = tasks.filter { !Self.crossingTasks.contains($0) }
      if !inside.isEmpty { mistakes.append(.tasksWithoutCodes(inside)) }
    }
    return mistakes + repetitions + indistinctMethods + uselessComparisons
  }

  private var repetitions: [ManifestProblem.Mistake] {
    func repeated<Value: Hashable>(
      _ what: String, _ values: [Value], named name: (Value) -> String
    ) -> [ManifestProblem.Mistake] {
      var seen: Set<Value> = []
      var reported: Set<Value> = []
      return values.compactMap { value in
        seen.insert(value).inserted || !reported.insert(value).inserted
          ? nil : .repeated(what: what, value: name(value))
      }
    }
    return repeated("data set", datasets.map(\.name)) { $0 }
      + repeated("method", methods.map(\.knobs)) { knobs in
        methods.first { $0.knobs == knobs }?.label ?? knobs.identifier
      }
      + repeated("code length", codeLengths) { "\($0)" }
      + repeated("seed", seeds) { "\($0)" }
      + repeated("split", namedSplits) { $0.words }
      + repeated("kind of database codes", namedDatabaseCodes) { $0.rawValue }
      + repeated("task", namedTasks) { $0.displayName }
      + repeated("cut-off", measures.precisionCutoffs) { "\($0)" }
      + repeated("measure", measures.allMeasures) { $0.description }
      + repeated("curve", measures.allCurves) { $0.description }
      + repeated("comparison", comparisons) { "with \($0.reportedDataset) in \($0.table.rawValue)" }
  }

  /// Methods whose rows would carry the same name although their knobs differ.
  private var indistinctMethods: [ManifestProblem.Mistake] {
    Dictionary(grouping: methods, by: \.label)
      .filter { Set($0.value.map(\.knobs)).count > 1 }
      .keys.sorted().map { .sameDisplayName($0) }
  }

  /// Comparisons that no number of ours could be held against.
  private var uselessComparisons: [ManifestProblem.Mistake] {
    comparisons.compactMap { comparison in
      let table = comparison.table
      let known = ReportedLibrary.datasets(in: table)
      if !known.contains(comparison.reportedDataset) {
        return .unknownComparison(
          table: table.rawValue, dataset: comparison.reportedDataset, known: known)
      }
      return dataset(of: comparison) != nil || datasets.isEmpty
        ? nil
        : .comparisonWithoutDataset(table: table.rawValue, datasets: datasets.map(\.name))
    }
  }

  /// The data set that a comparison is about; nil when it is none of the experiment's.
  package func dataset(of comparison: Comparison) -> DatasetReference? {
    guard let named = comparison.dataset else { return datasets.count == 1 ? datasets[0] : nil }
    return datasets.contains(named) ? named : nil
  }

  /// Whether a name is a slug: `[a-z0-9]+(-[a-z0-9]+)*`.
  private static func isUsableName(_ name: String) -> Bool {
    !name.isEmpty
      && name.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { part in
        !part.isEmpty
          && part.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
              || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          }
      }
  }
}

extension MeasureSpecification {
  /// Every measure by its name; P@k of a curve is the same number as P@k by name.
  fileprivate var allMeasures: [Measure] {
    Set(precisionCutoffs).sorted().map { Measure(.precision(k: $0)) } + measures
  }

  /// Every curve by its name; `PrecisionRecall()` is the pooled curve by radius.
  fileprivate var allCurves: [RetrievalCurve] {
    (precisionRecall ? [.radius(.micro, stopsEarly: false)] : []) + curves
  }
}

extension Method {
  /// What decides which codes come out.
  struct Knobs: Hashable {
    let identifier: String
    let configuration: String
  }

  var knobs: Knobs {
    Knobs(identifier: variant.description.identifier, configuration: variant.configuration)
  }

  /// Name and configuration as tables print them.
  package var label: String { "\(displayName) \(variant.variant)" }
}

extension SplitProtocol {
  /// The split in the words of the manifest.
  package var words: String {
    switch self {
    case .stored(let name): "stored “\(name)”"
    case .published(let name): "published “\(name)”"
    case .random(let queryCount, let trainingCount, let seed):
      "random (\(queryCount) queries, \(trainingCount.map(String.init) ?? "all") for training, "
        + "seed \(seed))"
    case .validation(let name, let queryCount, let seed):
      "validation (\(queryCount) training items of “\(name)” ask, seed \(seed))"
    }
  }
}
