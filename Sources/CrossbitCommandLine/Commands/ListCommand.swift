import ArgumentParser
import CrossModalData
import ExperimentKit
import HashingMethods

/// The command `crossbit list`.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists the experiments with their methods and how faithful those are.")

  /// Identifier and profile as `crossbit tune` takes them, name, fidelity and paper of a method.
  private static func line(for method: MethodVariant) -> String {
    "\(method.description.identifier).\(method.variant)  \(method.description.displayName) "
      + "(\(method.fidelity.rawValue)): \(method.description.paper)"
  }

  func run() throws {
    let experiments = try Program.catalogue.experiments
    if experiments.isEmpty {
      try Console.report("There are no experiments in Experiments/ yet.")
    }
    for experiment in experiments {
      try Console.report(ExperimentListing(experiment).text)
    }
    try Console.report("\nMethods that an experiment can name:")
    for method in registeredMethods { try Console.report("  \(Self.line(for: method))") }
  }
}

/// An experiment as `crossbit list` shows it.
struct ExperimentListing {
  private let experiment: Experiment

  init(_ experiment: Experiment) {
    self.experiment = experiment
  }

  /// A few lines: name and size, summary, data sets, methods with their fidelity, mistakes.
  var text: String {
    var lines = ["\(experiment.name)  (\(experiment.trialCount) trials)"]
    if !experiment.summary.isEmpty { lines.append("  \(experiment.summary)") }
    lines.append("  data sets: \(experiment.datasets.map(\.name).joined(separator: ", "))")
    let methods = experiment.methods.map { "\($0.label) (\($0.variant.fidelity.rawValue))" }
    lines.append("  methods:   \(methods.joined(separator: ", "))")
    do {
      try experiment.validate()
    } catch {
      lines += error.problems.map { "  cannot be run: \($0)" }
    }
    return lines.joined(separator: "\n")
  }
}
