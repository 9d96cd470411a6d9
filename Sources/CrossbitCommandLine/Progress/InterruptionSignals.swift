import Dispatch
import Foundation
import Synchronization

/// Turns the signals that ask a program to end into a call, instead of ending it on the spot.
final class InterruptionSignals: Sendable {
  private let first = Mutex<Int32?>(nil)
  private let sources: Mutex<[any DispatchSourceSignal]>

  /// Listens from now on.
  ///
  /// - Parameter onSignal: Is called for the first signal only; a second one ends the process.
  init(_ signals: [Int32] = [SIGINT, SIGTERM, SIGHUP], onSignal: @escaping @Sendable () -> Void) {
    sources = Mutex([])
    let sources = signals.map { number in
      // The default action would end the process before the source is told.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [self] in
        let isFirst = first.withLock { first in
          defer { first = first ?? number }
          return first == nil
        }
        if isFirst { onSignal() } else { _exit(128 + number) }
      }
      source.resume()
      return source
    }
    self.sources.withLock { $0 = sources }
  }

  /// Stops listening and gives the signals their usual action back.
  func stop() {
    sources.withLock { sources in
      for source in sources { source.cancel() }
      sources = []
    }
  }

  /// The signal that came, if any.
  var received: Int32? { first.withLock { $0 } }
}
