/// The right to run an experiment: held by one process at a time, given back by the system when the
/// process ends, however it ends.
package struct ExperimentLock: Sendable {
  private let file: LockFile

  /// Takes the lock of an experiment.
  ///
  /// - Throws: ``ExperimentInUse`` when another process holds it, ``StorageError`` when the folder
  ///   cannot be written.
  package init(ledger: Ledger, experiment: String) throws {
    try WholeFile.createFolder(ledger.folder)
    guard let file = try LockFile(ledger.lockPath) else {
      throw ExperimentInUse(experiment: experiment, holder: LockFile.holder(of: ledger.lockPath))
    }
    self.file = file
  }

  /// Gives the lock back; call it once.
  package func release() { file.release(isRemoving: false) }
}

/// Another process runs the experiment.
package struct ExperimentInUse: Error, Equatable, CustomStringConvertible {
  /// Name of the experiment.
  package let experiment: String
  /// Who runs it, such as `process 4711 on node3`.
  package let holder: String

  /// One sentence for the user.
  package var description: String {
    "Experiment “\(experiment)” is being run by \(holder); wait for it to finish or stop it first."
  }
}

/// The right to make one trial: two processes that are asked for it, such as elements of a batch job
/// and a run on this machine, do not both do the work.
struct TrialClaim {
  private let file: LockFile

  /// Takes the right.
  ///
  /// - Throws: ``TrialInUse`` when another process has it, ``StorageError`` when the folder cannot be
  ///   written.
  init(_ trial: Trial, in ledger: Ledger) throws {
    try WholeFile.createFolder(ledger.folder)
    let path = ledger.claimPath(of: trial)
    guard let file = try LockFile(path) else {
      throw TrialInUse(trial: trial.title, holder: LockFile.holder(of: path))
    }
    self.file = file
  }

  /// Gives the right back; call it once.
  func release() { file.release(isRemoving: true) }
}

/// Another process makes the trial.
package struct TrialInUse: Error, Equatable, CustomStringConvertible {
  /// The trial for people.
  package let trial: String
  /// Who makes it, such as `process 4711 on node3`.
  package let holder: String

  /// One sentence for the user.
  package var description: String {
    "\(trial) is being made by \(holder); its record will serve here too."
  }
}

extension Ledger {
  /// File that the process which runs the experiment holds locked.
  var lockPath: String { "\(folder)/.lock" }

  /// File that the process which makes a trial holds locked.
  func claimPath(of trial: Trial) -> String {
    "\(folder)/.\(trial.identifier)\(WholeFile.claimSuffix)"
  }

  /// Who makes a trial at this moment; nil when nobody does.
  package func maker(of trial: Trial) -> String? { LockFile.liveHolder(of: claimPath(of: trial)) }

  /// Who runs the experiment at this moment; nil when nobody does.
  package var runner: String? { LockFile.liveHolder(of: lockPath) }
}
