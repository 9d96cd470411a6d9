import ArgumentParser
import CrossModalData
import ExperimentKit
import Foundation
import HashingMethods
import ReportedNumbers

/// The command `crossbit list`.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists the experiments with their methods and how faithful those are.",
    discussion: """
      With the name of an experiment: what it runs, which file each data set wants, where that comes \
      from and which command makes it.
      """)

  @Argument(help: "Name of an experiment.")
  var name: String?

  @OptionGroup var data: DataOption

  /// Identifier and profile as `crossbit tune` takes them, name, fidelity and paper of a method.
  private static func line(for method: MethodVariant) -> String {
    "\(method.description.identifier).\(method.variant)  \(method.description.displayName) "
      + "(\(method.fidelity.rawValue)): \(method.description.paper)"
  }

  func run() throws {
    if let name {
      let experiment = try Program.catalogue.experiment(named: name)
      return try Console.report(ExperimentDescription(experiment, dataFolder: data.folder).text)
    }
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
    let datasets = experiment.datasets.map(\.name).joined(separator: ", ")
    let methods = experiment.methods.map(\.titleWithFidelity).joined(separator: ", ")
    return (opening + ["  data sets: \(datasets)", "  methods:   \(methods)"] + mistakes)
      .joined(separator: "\n")
  }

  /// Name, size and summary.
  var opening: [String] {
    ["\(experiment.name)  (\(experiment.trialCount) trials)"]
      + (experiment.summary.isEmpty ? [] : ["  \(experiment.summary)"])
  }

  /// Why the experiment cannot be run; empty when it can.
  var mistakes: [String] {
    do {
      try experiment.validate()
      return []
    } catch {
      return error.problems.map { "  cannot be run: \($0)" }
    }
  }
}

extension Method {
  /// Name and fidelity, such as `DCMH matlab (published)`.
  fileprivate var titleWithFidelity: String { "\(label) (\(variant.fidelity.rawValue))" }
}

/// An experiment as `crossbit list NAME` shows it: what it runs and what it needs.
struct ExperimentDescription {
  private let experiment: Experiment
  private let dataFolder: String

  init(_ experiment: Experiment, dataFolder: String) {
    self.experiment = experiment
    self.dataFolder = dataFolder
  }

  /// One screen.
  var text: String {
    let listing = ExperimentListing(experiment)
    var lines = listing.opening
    for dataset in experiment.datasets {
      lines += ["", "Data set \(dataset.name)"] + needs(dataset)
    }
    lines += ["", "Splits"] + experiment.splits.map { "  \($0.words)" }
    lines += ["", "Methods"] + experiment.methods.map { "  \($0.titleWithFidelity)" }
    let lengths = experiment.codeLengths.map(String.init).joined(separator: ", ")
    let seeds = experiment.seeds.map(String.init).joined(separator: ", ")
    lines += ["", "Code lengths \(lengths) bits; seeds \(seeds)"]
    for comparison in experiment.comparisons {
      lines.append("Beside: \(comparison.table.rawValue), rows of \(comparison.reportedDataset)")
    }
    return (lines + listing.mistakes).joined(separator: "\n")
  }

  private func needs(_ dataset: DatasetReference) -> [String] {
    let path = dataset.path(in: dataFolder)
    let isThere = FileManager.default.fileExists(atPath: path)
    var lines = [
      "  \(dataset.title): \(dataset.whatItIs)",
      "  file: \(path) (\(isThere ? "there" : "not there"))",
    ]
    if let homePage = dataset.homePage { lines.append("  from: \(homePage)") }
    if let command = dataset.importCommand(into: dataFolder) {
      lines.append("  made of released files by: \(command)")
      lines.append("  other releases: Documentation/Data.md")
    }
    return lines
  }
}
