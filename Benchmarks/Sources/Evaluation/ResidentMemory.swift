import Contest
import Foundation

/// Resident memory of this process, as the kernel counts it.
///
/// What the allocator keeps of earlier turns counts as resident before, so the growth is right only
/// where the buffers are large: from 32 MiB on, the system gets each back when it is freed.
enum ResidentMemory {
  /// Lowers the peak to what is resident now.
  ///
  /// - Returns: Resident bytes.
  static func startingPeak() throws -> Int {
    // 5 resets the high-water mark (proc_pid_clear_refs(5)), which getrusage would never lower.
    try Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
    return try bytes("VmRSS:")
  }

  /// The highest resident bytes since ``startingPeak()``.
  static func peak() throws -> Int { try bytes("VmHWM:") }

  private static func bytes(_ field: String) throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = text.split(separator: "\n").first { $0.hasPrefix(field) }
    guard let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first,
      let count = Int(kibibytes)
    else { throw BenchmarkError("/proc/self/status says nothing of \(field)") }
    return count * 1024
  }
}
