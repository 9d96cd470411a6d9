import CrossModalData
import Foundation
import Subprocess
import SystemPackage

/// A worker process seen from outside: `crossbit trial …`, the same program.
struct WorkerProcess: Sendable {
  /// How a worker ended.
  enum Ending: Sendable {
    case success
    /// One sentence.
    case failure(reason: String, Failure)
  }

  /// What kind of end a worker without a record came to.
  enum Failure: Sendable {
    /// The worker said why.
    case refused
    /// The results cannot be stored at all.
    case storage
    /// The worker was killed, as the system does where memory runs out.
    case killed
    /// The worker was ended by another signal.
    case crashed
  }

  /// Lines of a worker's standard error that are kept: enough for a sentence and a crash report.
  private static let keptErrorLines = 200
  /// A worker dies of the first signal; the time is for a system under load.
  private static let patience = Duration.seconds(2)

  let arguments: [String]
  /// Digests of the data files, so that the worker need not read them for that.
  let fileDigests: [FileDigest]

  /// Runs the worker to its end; a cancelled task terminates it.
  func run(observe: @Sendable @escaping (TrialProgress) async -> Void) async throws -> Ending {
    var options = PlatformOptions()
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: Self.patience)]
    let result = try await Subprocess.run(
      // The link stays with the running program even when the file is built anew.
      .path("/proc/self/exe"), arguments: Arguments(arguments),
      environment: .inherit.updating([
        "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1",
        Environment.Key(stringLiteral: FileDigest.variable): FileDigest.text(of: fileDigests),
      ]),
      platformOptions: options, input: .inputWriter, output: .sequence, error: .sequence
    ) { execution in
      // The input stays open until the output has ended: its end tells the worker to stop.
      async let errorLines = Self.lines(of: execution.standardError)
      for try await line in execution.standardOutput.strings(bufferingPolicy: .unbounded) {
        if let progress = ProgressLines.progress(of: line) { await observe(progress) }
      }
      return try await errorLines
    }
    switch result.terminationStatus {
    case .exited(0): return .success
    case .exited(let code):
      return .failure(
        reason: result.closureResult.last ?? "The worker ended with exit code \(code).",
        code == WorkerExit.storage ? .storage : .refused)
    case .signaled(let signal):
      return .failure(
        reason: Self.crashSentence(signal: signal, lines: result.closureResult),
        signal == SIGKILL ? .killed : .crashed)
    }
  }

  private static func lines(of stream: SubprocessOutputSequence) async throws -> [String] {
    var lines: [String] = []
    for try await line in stream.strings(bufferingPolicy: .unbounded) where !line.isEmpty {
      if lines.count < keptErrorLines { lines.append(line) }
    }
    return lines
  }

  private static func crashSentence(signal: Int32, lines: [String]) -> String {
    let name = String(cString: strsignal(signal))
    let advice =
      signal == SIGKILL ? "; the system may have run out of memory, try fewer --jobs" : ""
    let message = (lines.first { $0.contains("Fatal error") } ?? lines.first).map { ": \($0)" }
    return "The worker was ended by signal \(signal) (\(name))\(advice)\(message ?? "")."
  }
}
