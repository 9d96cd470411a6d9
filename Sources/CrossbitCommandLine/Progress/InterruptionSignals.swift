import Dispatch
import Foundation
import Synchronization

/// Turns the signals that ask a program to end into a call, instead of ending it on the spot.
final class InterruptionSignals {
  private let first = FirstSignal()
  private let sources: [any DispatchSourceSignal]

  /// The signal that came first.
  private final class FirstSignal: Sendable {
    private let number = Mutex<Int32?>(nil)

    var value: Int32? { number.withLock { $0 } }

    /// Keeps a signal if it is the first; says whether it was.
    func keep(_ signal: Int32) -> Bool {
      number.withLock { number in
        guard number == nil else { return false }
        number = signal
        return true
      }
    }
  }

  /// Listens from now on.
  ///
  /// - Parameters:
  ///   - signals: The signals to listen for.
  ///   - onSignal: Is called for the first signal only; a second one ends the process.
  init(_ signals: [Int32] = [SIGINT, SIGTERM, SIGHUP], onSignal: @escaping @Sendable () -> Void) {
    let first = first
    sources = signals.filter { !Self.isIgnoredOnPurpose($0) }.map { number in
      // The default action would end the process before the source is told.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { if first.keep(number) { onSignal() } else { _exit(128 + number) } }
      source.resume()
      return source
    }
  }

  /// Whether the program was started to outlive its terminal, as by `nohup`.
  private static func isIgnoredOnPurpose(_ number: Int32) -> Bool {
    var action = sigaction()
    guard number == SIGHUP, sigaction(number, nil, &action) == 0 else { return false }
    // SIG_IGN is the number 1 in the place of a function, which Swift cannot compare.
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }

  /// Stops listening.
  func stop() {
    for source in sources { source.cancel() }
  }

  /// The signal that came, if any.
  var received: Int32? { first.value }
}
