import Foundation

/// The right to run an experiment: held by one process at a time, given back by the system when the
/// process ends, however it ends.
package struct ExperimentLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock of an experiment.
  ///
  /// - Throws: ``ExperimentInUse`` when another process holds it, ``StorageError`` when the folder
  ///   cannot be written.
  package init(ledger: Ledger, experiment: String) throws {
    try WholeFile.createFolder(ledger.folder)
    let path = "\(ledger.folder)/.lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw StorageError(path: path, failure: "cannot be opened", code: errno)
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(descriptor)
      guard code == EWOULDBLOCK else {
        throw StorageError(path: path, failure: "cannot be locked", code: code)
      }
      let holder = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      throw ExperimentInUse(experiment: experiment, holder: holder)
    }
    // The holder's name is for the other's message only; the lock holds without it.
    let holder = "process \(getpid()) on \(ComputeEnvironment.host)"
    if ftruncate(descriptor, 0) == 0 {
      _ = holder.utf8CString.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count - 1) }
    }
    self.descriptor = descriptor
  }

  /// Gives the lock back; call it once.
  package func release() {
    _ = ftruncate(descriptor, 0)
    close(descriptor)
  }
}

/// Another process runs the experiment.
package struct ExperimentInUse: Error, Equatable, CustomStringConvertible {
  /// Name of the experiment.
  package let experiment: String
  /// Who runs it, such as `process 4711 on node3`; empty when unknown.
  package let holder: String

  /// One sentence for the user.
  package var description: String {
    "Experiment “\(experiment)” is being run by \(holder.isEmpty ? "another process" : holder); "
      + "wait for it to finish or stop it first."
  }
}
