import ArgumentParser
import ExperimentKit
import Reports

/// The command `crossbit report [NAME]`.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes the overview of all results, or the files of one experiment.",
    discussion: """
      Without a name: README.md and index.html of the results folder, made of the written files of \
      each experiment; data and trial records are not needed. With a name: what `crossbit table \
      NAME` writes.
      """)

  @Argument(help: "Name of an experiment; see crossbit list.")
  var name: String?

  @OptionGroup var data: DataOption
  @OptionGroup var results: ResultsOption

  func run() throws {
    if let name {
      let experiment = try Program.catalogue.experiment(named: name)
      return try ReportWriting.write(experiment, data: data, results: results)
    }
    let overview = try Overview(results: results.folder)
    try overview.write(to: results.folder)
    let count = overview.experimentCount
    try Console.report(
      "Overview of \(count) \(count == 1 ? "experiment" : "experiments"): "
        + "\(results.folder)/README.md, \(results.folder)/index.html")
  }
}
