import Synchronization

/// Counts the large buffers that the process allocates for matrices.
///
/// Training allocates in its first step and never again; a test holds it to that by reading the
/// counter before and after a step.
public enum MatrixAllocations {
  /// Buffers below this many bytes are not counted: page faults, not bookkeeping, are the cost.
  public static let largeByteCount = 16 * 1024

  private static let large = Atomic<Int>(0)

  /// Number of buffers of at least ``largeByteCount`` bytes allocated since the start.
  public static var largeCount: Int { large.load(ordering: .relaxed) }

  static func count(_ byteCount: Int) {
    if byteCount >= largeByteCount { large.add(1, ordering: .relaxed) }
  }
}
