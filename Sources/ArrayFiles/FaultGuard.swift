import CFaultGuard

/// What stands between a damaged file and a bare signal.
///
/// libhdf5 and libmatio trust some numbers of a file; a damaged one can make them read or write where
/// they must not. A memory fault or an abort between ``enter(_:)`` and ``leave()`` ends the process
/// with one sentence that names the file. Our own mistakes stay crashes: Swift traps otherwise.
package enum FaultGuard {
  /// Says that this thread is about to let a library read a file; nil for the one named last.
  package static func enter(_ path: String? = nil) { fault_guard_enter(path) }

  /// Ends the latest ``enter(_:)`` of this thread.
  package static func leave() { fault_guard_leave() }

  /// Names an unfinished file that a fault, Ctrl-C or a request to end is to remove; nil for none.
  static func removeAtEnd(_ path: String?) { fault_guard_unfinished(path) }
}
