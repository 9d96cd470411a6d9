import ArgumentParser
import CrossModalData

/// The command `crossbit data`.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Makes data sets and looks at them.",
    subcommands: [DataImportCommand.self, DataInfoCommand.self, DataSplitCommand.self])
}

/// The command `crossbit data info FILE`.
struct DataInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Describes a data set's HDF5 file and what is wrong with it.")

  @Argument(help: "Path of the HDF5 file.")
  var file: String

  func run() throws {
    let summary = try DatasetSummary(ofFileAt: file)
    try Console.report(summary.lines.joined(separator: "\n"))
    if !summary.refusals.isEmpty { throw ExitCode.failure }
  }
}
