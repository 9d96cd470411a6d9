import ArgumentParser
import CrossModalData

/// `crossbit data`
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Looks at data sets.", subcommands: [DataInfoCommand.self])
}

/// `crossbit data info FILE`
struct DataInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Describes a data set's HDF5 file and what is wrong with it.")

  @Argument(help: "Path of the HDF5 file.")
  var file: String

  func run() throws {
    try Console.report(DatasetSummary(ofFileAt: file).lines.joined(separator: "\n"))
  }
}
