import Foundation

/// A Python that has NumPy, for tests of what it and Crossbit hand each other.
enum PythonWithNumPy {
  /// Why a test is skipped.
  static let absence: String =
    "no python3 with NumPy: set PYTHON to one, or install python3-numpy"

  /// Path or name: `PYTHON` of the environment, else `python3` where it has NumPy.
  static let path: String? = {
    let own = ProcessInfo.processInfo.environment["PYTHON"].map { [$0] } ?? []
    return (own + ["python3"]).first { candidate in
      (try? run(candidate, ["-c", "import numpy"]))?.exitCode == 0
    }
  }()

  /// Runs a program that `PATH` may name.
  static func run(
    _ program: String, _ arguments: [String], in folder: String? = nil
  ) throws -> (exitCode: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    if let folder { process.currentDirectoryURL = URL(filePath: folder) }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
