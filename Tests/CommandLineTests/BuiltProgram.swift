import Foundation

/// A program of this package as the build left it, run as a user would.
struct BuiltProgram {
  let path: String

  /// The program `crossbit`.
  static let crossbit = BuiltProgram(named: "crossbit")
  /// A program like it with experiments that are tiny, slow or wrong.
  static let testExperiments = BuiltProgram(named: "TestExperiments")
  /// The tool that writes the entry point.
  static let registerExperiments = BuiltProgram(named: "register-experiments")

  /// Reads damaged files.
  static let readFiles = BuiltProgram(named: "ReadFiles")

  /// Programs lie beside the test bundle, which is the running program.
  private init(named name: String) {
    let folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent()
    path = folder.appending(path: name).path
  }

  /// How a program ended and what it said.
  struct Outcome {
    var exitCode: Int32
    var output: String
    var errors: String

    /// The last line of the standard error stream.
    var lastError: String { errors.split(separator: "\n").last.map(String.init) ?? "" }
  }

  /// Runs the program to its end.
  func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
    try start(arguments, environment: environment).outcome()
  }

  /// Starts the program.
  func start(_ arguments: [String], environment: [String: String] = [:]) throws -> Running {
    // Started behind `nohup` or in the background, the tests would pass on that signals are ignored.
    try Running(
      path: "/usr/bin/env", arguments: ["--default-signal", path] + arguments,
      environment: environment)
  }

  /// Starts the program behind a shell command such as `ulimit -f 8`.
  func run(after preparation: String, _ arguments: [String]) throws -> Outcome {
    try Running(
      path: "/bin/sh",
      arguments: ["-c", "\(preparation); exec \"$0\" \"$@\"", path] + arguments, environment: [:]
    ).outcome()
  }

  /// A program that runs.
  final class Running {
    private let process = Process()
    private let folder = FileManager.default.temporaryDirectory
      .appending(path: "crossbit-streams-\(UUID().uuidString)")

    fileprivate init(
      path: String, arguments: [String], environment: [String: String]
    ) throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      process.executableURL = URL(filePath: path)
      process.arguments = arguments
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      process.standardInput = FileHandle.nullDevice
      // Files, not pipes: a pipe that nobody reads would stop the program when it is full.
      process.standardOutput = try stream("output")
      process.standardError = try stream("errors")
      try process.run()
    }

    deinit {
      try? FileManager.default.removeItem(at: folder)
    }

    private func stream(_ name: String) throws -> FileHandle {
      let url = folder.appending(path: name)
      try Data().write(to: url)
      return try FileHandle(forWritingTo: url)
    }

    private func text(_ name: String) -> String {
      (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
    }

    /// What the program has written to its standard error stream so far.
    var errors: String { text("errors") }

    /// Sends a signal to the program itself.
    func send(_ signal: Int32) {
      kill(process.processIdentifier, signal)
    }

    /// The processes that the program has started and that still live.
    var children: [Int32] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
      return names.compactMap(Int32.init).filter { child in
        let status = try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)
        // The name in parentheses may hold spaces; state and parent follow it.
        let fields = status?.split(separator: ")").last?.split(separator: " ") ?? []
        return fields.count > 1 && fields[0] != "Z"
          && Int32(fields[1]) == process.processIdentifier
      }
    }

    /// Waits for the end.
    func outcome() -> Outcome {
      process.waitUntilExit()
      let code = process.terminationStatus
      return Outcome(
        exitCode: process.terminationReason == .exit ? code : 128 + code, output: text("output"),
        errors: text("errors"))
    }
  }
}

/// Waits until a condition holds; gives up after five minutes, so that a broken program ends
/// the test and a machine under load does not.
func eventually(_ condition: () -> Bool) -> Bool {
  for _ in 0..<30_000 {
    if condition() { return true }
    usleep(10_000)
  }
  return false
}
