import ArgumentParser
import CrossModalData

/// The command `crossbit data validate FILE`.
struct DataValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Lists everything that breaks the format of a data set's HDF5 file, in one go.",
    discussion: """
      Each line names the dataset, what is wrong, how often, and the first place. A line `refused` \
      is what training would stop at; a line `warning` is allowed. Ends with status 0 when nothing \
      is refused and with 1 otherwise.
      """)

  @Argument(help: "Path of the HDF5 file.")
  var file: String

  @Flag(help: "Let warnings count as refusals in the exit status.")
  var strict = false

  func run() throws {
    let validation = try DatasetValidation(ofFileAt: file)
    try Console.report(validation.lines.joined(separator: "\n"))
    if !validation.refusals.isEmpty || strict && !validation.warnings.isEmpty {
      throw ExitCode.failure
    }
  }
}
