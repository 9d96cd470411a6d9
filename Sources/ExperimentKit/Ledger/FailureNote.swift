import Foundation

/// What is kept of a trial that ended without a record, until it is run again.
package struct FailureNote: Sendable, Codable, Hashable {
  /// Why, in one sentence.
  package let reason: String
  /// When, ISO 8601 in UTC.
  package let time: String
  /// Name of the machine.
  package let host: String
}

extension Ledger {
  private func notePath(of trial: Trial) -> String { "\(folder)/\(trial.identifier).failed" }

  /// The note of a trial that failed; nil when there is none that can be read.
  package func failure(of trial: Trial) -> FailureNote? {
    guard let data = try? WholeFile.read(notePath(of: trial)) else { return nil }
    return try? JSONDecoder().decode(FailureNote.self, from: data)
  }

  /// Notes that a trial failed.
  ///
  /// A note that cannot be written is left out: the reason is also told to whoever waits.
  func noteFailure(of trial: Trial, _ reason: String) {
    let note = FailureNote(
      reason: reason, time: ComputeEnvironment.timestamp, host: ComputeEnvironment.host)
    if let data = try? JSONEncoder().encode(note) {
      try? WholeFile.write(data, to: notePath(of: trial))
    }
  }

  /// Forgets that a trial failed.
  func forgetFailure(of trial: Trial) { unlink(notePath(of: trial)) }
}
