import ArgumentParser
import ExperimentKit
import HashingMethods

/// Part of an experiment, as `--methods`, `--bits` and `--seeds` name it.
struct TrialSelection: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Methods to run, such as dcmh,rmsh.tuned; reference points are always run.",
      valueName: "names"))
  var methods: String?

  @Option(help: ArgumentHelp("Code lengths to run, such as 16,64.", valueName: "numbers"))
  var bits: String?

  @Option(help: ArgumentHelp("Seeds to run, such as 1,2.", valueName: "numbers"))
  var seeds: String?

  /// Whether anything is left out.
  var isNarrow: Bool { methods != nil || bits != nil || seeds != nil }

  /// Says which trials of an experiment are meant.
  ///
  /// - Throws: `ValidationError` for a name or number that the experiment does not have.
  func filter(for experiment: Experiment) throws -> @Sendable (Trial) -> Bool {
    let wantedMethods = try parts(
      methods, "--methods", of: experiment, known: experiment.methods.flatMap(\.selectors))
    let wantedBits = try parts(
      bits, "--bits", of: experiment, known: experiment.codeLengths.map(String.init))
    let wantedSeeds = try parts(
      seeds, "--seeds", of: experiment, known: experiment.seeds.map { String($0) })
    return { trial in
      if case .method(let method) = trial.coder, let wantedMethods,
        wantedMethods.isDisjoint(with: method.selectors)
      {
        return false
      }
      return wantedBits?.contains(String(trial.bits)) != false
        && wantedSeeds?.contains(String(trial.seed)) != false
    }
  }

  private func parts(
    _ text: String?, _ option: String, of experiment: Experiment, known: [String]
  ) throws -> Set<String>? {
    guard let text else { return nil }
    let parts = text.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
    guard !parts.isEmpty else { throw ValidationError("\(option) names nothing.") }
    if let unknown = parts.first(where: { !known.contains($0) }) {
      var seen: Set<String> = []
      let names = known.filter { seen.insert($0).inserted }.joined(separator: ", ")
      throw ValidationError(
        "\(option): experiment \(experiment.name) has no \(unknown); it has \(names).")
    }
    return Set(parts)
  }
}

extension Method {
  /// What a user may call the method: its identifier, with or without the configuration's name.
  fileprivate var selectors: [String] {
    let identifier = variant.description.identifier
    return [identifier, "\(identifier).\(variant.variant)"]
  }
}
