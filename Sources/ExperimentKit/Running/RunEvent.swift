/// What happens during a run, for whoever shows it.
package enum RunEvent: Sendable {
  /// The ledger has been read and the first trials are about to start.
  case planned(RunOutlook)
  /// A worker has started on a trial.
  case started(Trial)
  /// A trial goes on.
  case progress(Trial, TrialProgress)
  /// A trial's record lies in the ledger.
  case finished(Trial, TrialRecord)
  /// A worker was killed and its trial is tried once more after the others; the sentence says why.
  case postponed(Trial, reason: String)
  /// A trial ended without a record; the sentence says why.
  case failed(Trial, reason: String)
}

/// What a run is about to do.
package struct RunOutlook: Sendable {
  /// Number of all trials of the plan.
  package var trialCount: Int
  /// The trials whose records are there already, with their records.
  package var finished: [TrialRecord]
  /// The trials whose codes are to be made.
  package var open: [Trial]
  /// The trials whose codes are there and are only measured again: measures or names changed.
  package var outdated: [Trial]
  /// Number of trials without a record that are not asked for.
  package var unwantedCount = 0
  /// Records that were found damaged and set aside, one sentence each.
  package var damage: [String]
}

/// How a run ended.
package struct RunOutcome: Sendable {
  /// Number of all trials of the plan.
  package var trialCount: Int
  /// Number of trials without a record that were not asked for.
  package var unwantedCount = 0
  /// The trials that failed, in the order of the plan.
  package var failures: [TrialFailure]
  /// Records of all finished trials, in the order of the plan.
  package var records: [TrialRecord]

  /// Whether every trial of the plan has its record.
  package var isComplete: Bool { records.count == trialCount }
}

/// A trial that ended without a record.
package struct TrialFailure: Sendable {
  /// The trial.
  package var trial: Trial
  /// Why, in one sentence.
  package var reason: String
}
