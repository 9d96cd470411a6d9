import ArgumentParser

/// `crossbit doctor`
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Says what this program, this machine and this folder are good for.")

  @OptionGroup var data: DataOption
  @OptionGroup var results: ResultsOption
  @Flag(help: .hidden) var blasCore = false

  func run() async throws {
    if blasCore { return try Console.report(Diagnosis.blasCore) }
    let diagnosis = await Diagnosis(dataFolder: data.folder, resultsFolder: results.folder)
    for line in diagnosis.lines { try Console.report(line) }
  }
}
