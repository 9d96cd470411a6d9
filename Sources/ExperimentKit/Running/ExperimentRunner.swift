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
  /// A worker that is killed is given a second chance after all others: where memory ran out, it was
  /// not necessarily the one that took it.
  ///
  /// A failed trial does not stop the others, unless records cannot be stored: then no further
  /// trial is started. A cancelled task terminates the workers and throws `CancellationError`.
  ///
  /// - Parameters:
  ///   - isWanted: Which trials to run; all by default.
  ///   - observe: Is told what happens.
  /// - Returns: How the run ended.
  /// - Throws: ``ExperimentInUse``, ``StorageError``.
  package func run(
    only isWanted: (Trial) -> Bool = { _ in true },
    observe: @escaping @Sendable (RunEvent) async -> Void
  ) async throws -> RunOutcome {
    let lock = try ExperimentLock(ledger: ledger, experiment: plan.experiment.name)
    defer { lock.release() }
    WholeFile.removeAbandoned(in: ledger.folder)
    let outlook = try outlook(only: isWanted)
    await observe(.planned(outlook))
    let endings = try await run(
      (outlook.outdated + outlook.open).map { Attempt(trial: $0) }, observe: observe)
    let failures = endings.compactMap(\.failure)
    let records = outlook.finished + endings.compactMap(\.record)
    let byIdentifier = Dictionary(records.map { ($0.identifier, $0) }) { first, _ in first }
    return RunOutcome(
      trialCount: plan.trials.count, unwantedCount: outlook.unwantedCount,
      failures: failures.sorted { $0.trial.index < $1.trial.index },
      records: plan.trials.compactMap { byIdentifier[$0.identifier] })
  }

  /// Reads the ledger and sets damaged records aside.
  private func outlook(only isWanted: (Trial) -> Bool) throws -> RunOutlook {
    var outlook = RunOutlook(
      trialCount: plan.trials.count, finished: [], open: [], outdated: [], damage: [])
    for trial in plan.trials {
      switch try ledger.entry(for: trial, of: plan.experiment) {
      case .finished(let record): outlook.finished.append(record)
      case _ where !isWanted(trial): outlook.unwantedCount += 1
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
    _ attempts: [Attempt], observe: @escaping @Sendable (RunEvent) async -> Void
  ) async throws -> [Ending] {
    try await withThrowingTaskGroup(of: Ending.self) { group in
      var endings: [Ending] = []
      var waiting = attempts[...]
      func startNext() {
        guard let attempt = waiting.popFirst() else { return }
        group.addTask { try await run(attempt, observe: observe) }
      }
      for _ in 0..<jobs { startNext() }
      while let ending = try await group.next() {
        if let again = ending.again { waiting.append(again) } else { endings.append(ending) }
        if ending.isStorageFailure { waiting = [] }
        startNext()
      }
      return endings
    }
  }

  /// A trial that a worker is started for.
  private struct Attempt: Sendable {
    var trial: Trial
    var isSecond = false
  }

  /// How an attempt ended: with a record, with a failure, or with another attempt to come.
  private struct Ending: Sendable {
    var again: Attempt?
    var record: TrialRecord?
    var failure: TrialFailure?
    var isStorageFailure = false
  }

  private func run(
    _ attempt: Attempt, observe: @escaping @Sendable (RunEvent) async -> Void
  ) async throws -> Ending {
    let trial = attempt.trial
    await observe(.started(trial))
    let worker = WorkerProcess(
      arguments: workerArguments(trial), fileDigests: plan.fileDigests)
    let ending = try await worker.run { await observe(.progress(trial, $0)) }
    // A worker that was terminated because the run was cancelled has not failed.
    try Task.checkCancellation()
    switch ending {
    case .failure(let reason, .killed) where !attempt.isSecond:
      await observe(.postponed(trial, reason: reason))
      return Ending(again: Attempt(trial: trial, isSecond: true))
    case .failure(let reason, let failure):
      // A worker that could say why has noted it itself.
      if failure == .killed || failure == .crashed { ledger.noteFailure(of: trial, reason) }
      await observe(.failed(trial, reason: reason))
      return Ending(
        failure: TrialFailure(trial: trial, reason: reason), isStorageFailure: failure == .storage)
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
