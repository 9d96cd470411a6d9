import Dispatch
import Synchronization

/// Applies `transform` to 0 ..< `count` on several threads; results come in order.
///
/// The result does not depend on the number of threads, as long as `transform` does not.
func concurrentMap<Result: Sendable>(
  count: Int, threads: Int, _ transform: @Sendable (Int) -> Result
) -> [Result] {
  precondition(threads >= 1, "at least one thread, not \(threads)")
  guard threads > 1, count > 1 else { return (0..<count).map(transform) }
  let results = Mutex([Result?](repeating: nil, count: count))
  let next = Atomic(0)
  DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < count else { return }
      let result = transform(index)
      results.withLock { $0[index] = result }
    }
  }
  return results.withLock { $0.compactMap { $0 } }
}
