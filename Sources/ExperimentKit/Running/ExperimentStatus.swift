/// What of an experiment is finished, running, failed and open at one moment.
package struct ExperimentStatus {
  /// Name of the experiment.
  package let experiment: String
  /// Number of all trials.
  package let trialCount: Int
  /// Who runs the experiment; nil when nobody does.
  package let runner: String?
  /// Records of finished trials.
  package private(set) var finished: [TrialRecord] = []
  /// Trials that a process makes, and which one.
  package private(set) var running: [(trial: Trial, maker: String)] = []
  /// Trials whose last attempt failed.
  package private(set) var failed: [(trial: Trial, note: FailureNote)] = []
  /// Trials whose records are damaged, and how.
  package private(set) var damaged: [(trial: Trial, reason: String)] = []
  /// Trials whose codes are there and whose measures or names are not those of the manifest.
  package private(set) var outdated: [Trial] = []
  /// Trials that were never made.
  package private(set) var open: [Trial] = []

  /// Looks at every trial of a plan.
  ///
  /// - Throws: ``StorageError`` when a record is there and cannot be read.
  package init(plan: ExperimentPlan, ledger: Ledger) throws {
    experiment = plan.experiment.name
    trialCount = plan.trials.count
    runner = ledger.runner
    for trial in plan.trials {
      let entry = try ledger.entry(for: trial, of: plan.experiment)
      if let record = entry.finishedRecord {
        finished.append(record)
      } else if let maker = ledger.maker(of: trial) {
        running.append((trial, maker))
      } else if let note = ledger.failure(of: trial) {
        failed.append((trial, note))
      } else if case .damaged(let reason) = entry {
        damaged.append((trial, reason))
      } else if case .outdated = entry {
        outdated.append(trial)
      } else {
        open.append(trial)
      }
    }
  }

  /// Estimates how long what is left takes; nil while a method of it has never finished a trial.
  ///
  /// - Parameter jobs: Number of trials at a time.
  /// - Returns: Seconds.
  package func remainingSeconds(jobs: Int) -> Double? {
    var remaining = RemainingTime(jobs: jobs)
    for record in finished { remaining.add(record) }
    let left = running.map(\.trial) + failed.map(\.trial) + damaged.map(\.trial) + open
    return remaining.estimate(open: left.map { ($0, 0) })
  }
}
