import Foundation

/// What the benchmarks do alike around their contests.
package enum Benchmark {
  /// Runs a program's body; an error is printed as one sentence and ends the process with 1.
  package static func run(_ body: ([String]) throws -> Void) {
    // A worker that dies must not take this process with it; the failed write says what happened.
    signal(SIGPIPE, SIG_IGN)
    do {
      try body(Array(CommandLine.arguments.dropFirst()))
    } catch {
      say("error: \(error)")
      exit(1)
    }
  }

  /// Writes a line to standard error.
  package static func say(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }

  /// Takes an option such as `--rounds N` out of the arguments.
  ///
  /// - Returns: N; nil without the option.
  /// - Throws: ``BenchmarkError`` when N is no number of at least 1.
  package static func takeCount(
    _ name: String, of arguments: inout [String]
  ) throws -> Int? {
    guard let option = arguments.firstIndex(of: name) else { return nil }
    guard option + 1 < arguments.count, let count = Int(arguments[option + 1]), count > 0 else {
      throw BenchmarkError("\(name) takes a number of at least 1")
    }
    arguments.removeSubrange(option...(option + 1))
    return count
  }

  /// The command of a peer in Python, or nil where Python or one of the modules is missing.
  ///
  /// - Throws: ``BenchmarkError`` when the script is not below the current folder.
  package static func peer(_ script: String, importing modules: String) throws -> [String]? {
    guard FileManager.default.fileExists(atPath: script) else {
      throw BenchmarkError("\(script) is not here: run the benchmark in the root of the repository")
    }
    let python = ProcessInfo.processInfo.environment["PYTHON"] ?? "python3"
    let probe = Process()
    probe.executableURL = URL(filePath: "/usr/bin/env")
    probe.arguments = [python, "-c", "import \(modules)"]
    probe.standardError = FileHandle.nullDevice
    try probe.run()
    probe.waitUntilExit()
    if probe.terminationStatus == 0 { return [python, script] }
    say(
      "The peers are left out: `\(python)` cannot import \(modules). "
        + "Set PYTHON to an interpreter that can.")
    return nil
  }
}

/// Why a benchmark cannot go on, in one sentence.
package struct BenchmarkError: Error, CustomStringConvertible {
  /// The sentence.
  package let description: String

  /// Creates the error.
  package init(_ description: String) { self.description = description }
}

/// The middle value; the mean of the middle two for an even count.
///
/// - Precondition: `values` is not empty.
package func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}

/// A number with a fixed count of decimals.
package func number(_ value: Double, _ decimals: Int) -> String {
  String(format: "%.\(decimals)f", value)
}
