import ArgumentParser
import ExperimentKit

/// The command `crossbit trial NAME INDEX`.
struct TrialCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trial",
    abstract: "Runs one trial of an experiment in this process and stores its record.",
    discussion: "The indices are those of crossbit plan; a batch system may run them one by one.")

  @OptionGroup var selection: ExperimentArgument
  @Argument(help: "Position of the trial in the plan, from 0.")
  var index: Int
  @OptionGroup var data: DataOption
  @OptionGroup var results: ResultsOption
  @Option(help: .hidden) var expecting: String?
  @Flag(help: .hidden) var worker = false

  func run() throws {
    let running = TrialRunning(
      experiment: try selection.experiment, data: data.folder, results: results.folder)
    if worker {
      try running.runAsWorker(index, expecting: expecting)
    } else {
      try running.run(index, expecting: expecting)
    }
  }
}
