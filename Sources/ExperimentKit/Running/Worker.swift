import Foundation

/// The inside of a worker process: runs one trial and reports on the standard output stream.
package struct Worker {
  /// The manifest.
  package let experiment: Experiment
  /// Folder of the data sets' files.
  package let dataFolder: String
  /// Folder of the results.
  package let resultsFolder: String

  /// Creates a worker.
  package init(experiment: Experiment, dataFolder: String, resultsFolder: String) {
    self.experiment = experiment
    self.dataFolder = dataFolder
    self.resultsFolder = resultsFolder
  }

  /// Runs a trial of the plan and stores its record; does nothing when the record is there.
  ///
  /// - Parameters:
  ///   - index: Position in the plan.
  ///   - expected: Identifier that the caller planned for; nil to take what the plan says now.
  ///   - observe: Is told what the trial is doing.
  /// - Returns: The record.
  /// - Throws: The sentence that the trial fails with, which is also noted in the ledger;
  ///   ``TrialInUse``; ``StorageError`` when the record cannot be stored.
  package func run(
    trialAt index: Int, expecting expected: String? = nil, observe: (TrialProgress) -> Void
  ) throws -> TrialRecord {
    let plan = try ExperimentPlan(experiment, dataFolder: dataFolder)
    let trial = try plan.trial(at: index)
    if let expected, trial.identifier != expected {
      throw TrialProblem.replanned(expected: expected, found: trial.identifier)
    }
    let ledger = Ledger(results: resultsFolder, experiment: experiment.name)
    let claim = try TrialClaim(trial, in: ledger)
    defer { claim.release() }
    do {
      return try record(of: trial, in: ledger, observe: observe)
    } catch {
      // Where records cannot be stored, notes cannot either.
      if !(error is StorageError) { ledger.noteFailure(of: trial, "\(error)") }
      throw error
    }
  }

  /// Makes what is missing of a record that this process alone may make.
  private func record(
    of trial: Trial, in ledger: Ledger, observe: (TrialProgress) -> Void
  ) throws -> TrialRecord {
    ledger.forgetFailure(of: trial)
    var earlier: TrialRecord?
    switch try ledger.entry(for: trial, of: experiment) {
    case .finished(let record): return record
    case .outdated(let record): earlier = record
    case .damaged: try ledger.setAside(trial)
    case .missing: break
    }
    let record = try trial.run(
      for: experiment, dataFolder: dataFolder, earlier: earlier, observe: observe)
    try ledger.write(record)
    return record
  }

  /// Ends this process as soon as the one that started it is gone.
  ///
  /// The parent holds the other end of the standard input stream and never writes: its end means
  /// that the parent has ended, however that came about. (A death signal from the kernel would be
  /// tied to the parent's thread, not to the parent.)
  package static func endWithParent() {
    Thread.detachNewThread {
      var byte: UInt8 = 0
      while true {
        let count = read(STDIN_FILENO, &byte, 1)
        if count == 0 || (count < 0 && errno != EINTR) { _exit(WorkerExit.failure) }
      }
    }
  }
}

/// Progress as lines of JSON, at most ten a second so that fast methods are not slowed.
package struct ProgressLines {
  private static let interval = Duration.milliseconds(100)
  private var last: ContinuousClock.Instant?

  /// Starts with nothing reported.
  package init() {}

  /// The line for a report, nil when the last line is too fresh.
  package mutating func line(for progress: TrialProgress) -> String? {
    let now = ContinuousClock.now
    if case .training = progress, let last, now - last < Self.interval { return nil }
    last = now
    guard let data = try? JSONEncoder().encode(progress) else { return nil }
    return String(decoding: data, as: UTF8.self)
  }

  /// The report of a line, nil for anything else that a method may have printed.
  package static func progress(of line: String) -> TrialProgress? {
    try? JSONDecoder().decode(TrialProgress.self, from: Data(line.utf8))
  }
}
