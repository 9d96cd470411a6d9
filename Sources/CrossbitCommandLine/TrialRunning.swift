import ArgumentParser
import ExperimentKit
import Tensors

/// One trial in this process, for a person or for a run that waits for it.
struct TrialRunning {
  private let worker: Worker

  init(experiment: Experiment, data: String, results: String) {
    // Parallelism is over trials; threads of BLAS would compete with them for the same cores.
    BLAS.configure(threads: 1)
    worker = Worker(experiment: experiment, dataFolder: data, resultsFolder: results)
  }

  /// Runs the trial and prints what it reached.
  func run(_ index: Int, expecting expected: String? = nil) throws {
    let record: TrialRecord
    do {
      record = try worker.run(trialAt: index, expecting: expected) { _ in }
    } catch let inUse as TrialInUse {
      // Nothing is wrong: an element of a batch job that comes second has nothing to do.
      return try Console.report("\(inUse)")
    }
    try Console.report("\(record.identifier): \(TrialSummary(record).text)")
  }

  /// Runs the trial with progress as lines of JSON; ends with the parent process.
  func runAsWorker(_ index: Int, expecting expected: String?) throws {
    Worker.endWithParent()
    var lines = ProgressLines()
    do {
      _ = try worker.run(trialAt: index, expecting: expected) { progress in
        if let line = lines.line(for: progress) { try? Console.report(line) }
      }
    } catch {
      // The bare sentence of an error, for the parent to print.
      Console.complain("\(error)")
      throw ExitCode(error is StorageError ? WorkerExit.storage : WorkerExit.failure)
    }
  }
}
