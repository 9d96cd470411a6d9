import Foundation

/// Exit codes that the processes of a run agree on.
package enum WorkerExit {
  /// The trial failed; its sentence stands on the standard error stream.
  package static let failure: Int32 = 1
  /// The record could not be stored (`EX_IOERR`): the other trials would fail as well.
  package static let storage: Int32 = 74
}
