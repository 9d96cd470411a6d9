import ArgumentParser

/// The command `crossbit data`.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Makes data sets and looks at them.",
    subcommands: [
      DataImportCommand.self, DataInfoCommand.self, DataSplitCommand.self,
      DataSynthesizeCommand.self, DataValidateCommand.self,
    ])
}
