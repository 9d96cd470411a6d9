import Synchronization

/// Counts the large buffers that a piece of work allocates for matrices.
///
/// Training allocates in its first step and never again; tests hold it to that.
public enum MatrixAllocations {
  /// Buffers below this many bytes are not counted: page faults, not bookkeeping, are the cost.
  public static let largeByteCount = 16 * 1024

  private final class Counter: Sendable {
    let value = Atomic<Int>(0)
  }

  @TaskLocal private static var counter: Counter?

  /// Runs some work and counts the buffers of at least ``largeByteCount`` bytes it allocates.
  public static func counting(_ work: () throws -> Void) rethrows -> Int {
    let counter = Counter()
    try $counter.withValue(counter) { try work() }
    return counter.value.load(ordering: .relaxed)
  }

  static func count(_ byteCount: Int) {
    if byteCount >= largeByteCount { counter?.value.add(1, ordering: .relaxed) }
  }
}
