/// Runs the open trials of a plan, each in a worker process, some at a time.
package struct ExperimentRunner: Sendable {
  /// The plan.
  package let plan: ExperimentPlan
  /// Where records lie.
  package let ledger: Ledger
  /// Number of workers at a time, at least 1.
  package let jobs: Int
  /// Arguments with which this program runs a trial as a worker.
  package let workerArguments: @Sendable (Trial) -> [String]

  /// Creates a runner.
  package init(
    plan: ExperimentPlan, ledger: Ledger, jobs: Int,
    workerArguments: @escaping @Sendable (Trial) -> [String]
  ) {
    precondition(jobs >= 1, "at least one worker at a time, not \(jobs)")
    self.plan = plan
    self.ledger = ledger
    self.jobs = jobs
    self.workerArguments = workerArguments
  }

  /// Runs every trial that has no record yet.
  ///
  /// A failed trial does not stop the others, unless records cannot be stored: then no further
  /// trial is started. A cancelled task terminates the workers and throws `CancellationError`.
  ///
  /// - Throws: ``ExperimentInUse``, ``StorageError``.
  package func run(
    observe: @escaping @Sendable (RunEvent) async -> Void
  ) async throws -> RunOutcome {
    let lock = try ExperimentLock(ledger: ledger, experiment: plan.experiment.name)
    defer { lock.release() }
    WholeFile.removeAbandoned(in: ledger.folder)
    let outlook = try outlook()
    await observe(.planned(outlook))
    let endings = try await run(outlook.outdated + outlook.open, observe: observe)
    let failures = endings.compactMap(\.failure)
    let records = outlook.finished + endings.compactMap(\.record)
    let byIdentifier = Dictionary(records.map { ($0.identifier, $0) }) { first, _ in first }
    return RunOutcome(
      trialCount: plan.trials.count,
      failures: failures.sorted { $0.trial.index < $1.trial.index },
      records: plan.trials.compactMap { byIdentifier[$0.identifier] })
  }

  /// Reads the ledger and sets damaged records aside.
  private func outlook() throws -> RunOutlook {
    var outlook = RunOutlook(
      trialCount: plan.trials.count, finished: [], open: [], outdated: [], damage: [])
    for trial in plan.trials {
      switch try ledger.entry(for: trial, of: plan.experiment) {
      case .finished(let record): outlook.finished.append(record)
      case .outdated: outlook.outdated.append(trial)
      case .missing: outlook.open.append(trial)
      case .damaged(let reason):
        try ledger.setAside(trial)
        outlook.damage.append(
          "The record \(ledger.file(of: trial)) is damaged: \(reason); it is set aside as "
            + "\(trial.identifier).json.damaged and the trial is run again.")
        outlook.open.append(trial)
      }
    }
    return outlook
  }

  private func run(
    _ trials: [Trial], observe: @escaping @Sendable (RunEvent) async -> Void
  ) async throws -> [Ending] {
    try await withThrowingTaskGroup(of: Ending.self) { group in
      var endings: [Ending] = []
      var waiting = trials[...]
      func startNext() {
        guard let trial = waiting.popFirst() else { return }
        group.addTask { try await run(trial, observe: observe) }
      }
      for _ in 0..<jobs { startNext() }
      while let ending = try await group.next() {
        endings.append(ending)
        if ending.isStorageFailure { waiting = [] }
        startNext()
      }
      return endings
    }
  }

  /// How a trial ended: with a record or with a failure.
  private struct Ending: Sendable {
    var record: TrialRecord?
    var failure: TrialFailure?
    var isStorageFailure = false
  }

  private func run(
    _ trial: Trial, observe: @escaping @Sendable (RunEvent) async -> Void
  ) async throws -> Ending {
    await observe(.started(trial))
    let worker = WorkerProcess(
      arguments: workerArguments(trial), fileDigests: plan.fileDigests)
    let ending = try await worker.run { await observe(.progress(trial, $0)) }
    // A worker that was terminated because the run was cancelled has not failed.
    try Task.checkCancellation()
    switch ending {
    case .failure(let reason, let isStorage):
      await observe(.failed(trial, reason: reason))
      return Ending(
        failure: TrialFailure(trial: trial, reason: reason), isStorageFailure: isStorage)
    case .success:
      guard let record = try ledger.entry(for: trial, of: plan.experiment).finishedRecord else {
        let reason = "The worker ended well but left no intact record."
        await observe(.failed(trial, reason: reason))
        return Ending(failure: TrialFailure(trial: trial, reason: reason))
      }
      await observe(.finished(trial, record))
      return Ending(record: record)
    }
  }
}
