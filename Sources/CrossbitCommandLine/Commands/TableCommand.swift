import ArgumentParser
import ExperimentKit

/// The command `crossbit table NAME`.
struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "Writes the tables and curves of the finished trials anew and prints the table.")

  @OptionGroup var selection: ExperimentArgument
  @OptionGroup var data: DataOption
  @OptionGroup var results: ResultsOption

  func run() throws {
    try ReportWriting.write(selection.experiment, data: data, results: results)
  }
}
