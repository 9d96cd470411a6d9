import Foundation
import Retrieval
import Tensors

/// The machine that a trial runs on, as far as results or their cost depend on it.
package enum ComputeEnvironment {
  /// Name of the machine.
  ///
  /// Foundation's own property asks the network, which takes seconds where there is none.
  package static var host: String {
    var name = [CChar](repeating: 0, count: Int(HOST_NAME_MAX) + 1)
    guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Largest resident memory of this process so far, in bytes.
  package static var peakMemoryBytes: Int {
    // Linux counts in KiB.
    (usage?.ru_maxrss ?? 0) * 1024
  }

  /// Processor seconds of this process so far.
  static var processorSeconds: Double? {
    usage.map { usage in
      [usage.ru_utime, usage.ru_stime].reduce(0) {
        $0 + Double($1.tv_sec) + Double($1.tv_usec) * 1e-6
      }
    }
  }

  private static var usage: rusage? {
    var usage = rusage()
    return getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 ? usage : nil
  }

  /// The present moment, ISO 8601 in UTC.
  static var timestamp: String { Date.now.formatted(.iso8601) }

  /// Where and how a trial that started then ran.
  ///
  /// - Parameters:
  ///   - started: When, as ``timestamp`` says it.
  ///   - clock: The same moment.
  ///   - processorSeconds: What the process had used by then.
  ///   - cost: What training took.
  /// - Returns: What the record keeps of it.
  /// - Throws: `RetrievalError` where the environment names a SIMD level that there is not.
  static func provenance(
    started: String, after clock: ContinuousClock.Instant, processorSeconds: Double?,
    cost: TrainingCost?
  ) throws -> RunProvenance {
    RunProvenance(
      version: ProgramVersion.current, blasCore: BLAS.coreName, blasThreads: BLAS.threads,
      simdLevel: try SIMDLevel.current.rawValue, host: host, started: started,
      seconds: (ContinuousClock.now - clock) / .seconds(1),
      processorSeconds: Self.processorSeconds.flatMap { now in processorSeconds.map { now - $0 } },
      peakMemoryBytes: peakMemoryBytes,
      cost: cost)
  }
}
