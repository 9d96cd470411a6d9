import Foundation

/// A worker process that waits for its turn.
///
/// It has made its data before its first turn, and it blocks on its input between turns, so that it
/// costs nothing while another contender runs.
package final class Contender {
  /// Who the worker says it is.
  package let introduction: Introduction
  private let process = Process()
  private let questions = Pipe()
  private var answers: Answers

  /// Starts a worker and waits until it is ready.
  ///
  /// - Parameters:
  ///   - command: Program and arguments; the program is looked up in `PATH`.
  ///   - variable: Environment variable that the worker does not get.
  /// - Throws: ``BenchmarkError`` when the worker ends early or answers something else.
  package init(_ command: [String], without variable: String? = nil) throws {
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.environment = ProcessInfo.processInfo.environment.filter { $0.key != variable }
    let output = Pipe()
    process.standardInput = questions
    process.standardOutput = output
    try process.run()
    answers = Answers(file: output.fileHandleForReading, command: command.joined(separator: " "))
    introduction = try answers.next(Introduction.self)
  }

  /// Asks a question and waits for the answer.
  package func ask<Answer: Decodable>(_ question: String, for type: Answer.Type) throws -> Answer {
    try questions.fileHandleForWriting.write(contentsOf: Data((question + "\n").utf8))
    return try answers.next(type)
  }

  /// Ends the worker's input, at which it exits.
  package func finish() {
    try? questions.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}

/// What a worker says when it is ready: who it is.
package struct Introduction: Codable {
  /// Program and version.
  package let name: String
  /// The library and the kernels in use.
  package let library: String

  /// Introduces a worker.
  package init(name: String, library: String) {
    self.name = name
    self.library = library
  }
}

/// Writes the answer of a worker: a line of JSON on standard output.
package func answer(_ value: some Encodable) throws {
  try FileHandle.standardOutput.write(contentsOf: JSONEncoder().encode(value) + Data("\n".utf8))
}

/// The JSON lines that a worker writes.
private struct Answers {
  let file: FileHandle
  let command: String
  private var pending = Data()

  init(file: FileHandle, command: String) {
    self.file = file
    self.command = command
  }

  mutating func next<Answer: Decodable>(_ type: Answer.Type) throws -> Answer {
    let line = try nextLine()
    do {
      return try JSONDecoder().decode(type, from: line)
    } catch {
      throw BenchmarkError(
        "`\(command)` answered `\(String(decoding: line, as: UTF8.self))`, which is no \(type)")
    }
  }

  private mutating func nextLine() throws -> Data {
    while true {
      if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
        defer { pending = Data(pending[(end + 1)...]) }
        return Data(pending[..<end])
      }
      let more = file.availableData
      guard !more.isEmpty else { throw BenchmarkError("`\(command)` ended without an answer") }
      pending += more
    }
  }
}
