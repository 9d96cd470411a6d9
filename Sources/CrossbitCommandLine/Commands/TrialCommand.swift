import ArgumentParser
import ExperimentKit
import Tensors

/// `crossbit trial NAME INDEX`
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
    // Parallelism is over trials; threads of BLAS would compete with them for the same cores.
    BLAS.configure(threads: 1)
    let inside = Worker(
      experiment: try selection.experiment, dataFolder: data.folder,
      resultsFolder: results.folder)
    if worker {
      Worker.endWithParent()
      var lines = ProgressLines()
      try reportingToParent {
        _ = try inside.run(trialAt: index, expecting: expecting) { progress in
          if let line = lines.line(for: progress) { try? Console.report(line) }
        }
      }
    } else {
      let record = try inside.run(trialAt: index) { _ in }
      try Console.report("\(record.identifier): \(TrialSummary(record).text)")
    }
  }

  /// Ends with the bare sentence of an error on the standard error stream.
  private func reportingToParent(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch {
      Console.complain("\(error)")
      throw ExitCode(error is StorageError ? WorkerExit.storage : WorkerExit.failure)
    }
  }
}
