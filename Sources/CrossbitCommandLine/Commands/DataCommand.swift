import ArgumentParser

/// The command `crossbit data`.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Looks at data sets.",
    subcommands: [DataInfoCommand.self, DataValidateCommand.self])
}
