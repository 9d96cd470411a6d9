import Foundation

/// Measures the training step against PyTorch and writes `Results.md`.
///
/// Run in the root of the repository. Arguments: `--rounds N`, and names of networks to measure
/// instead of all, in which case no file is written.
@main
enum TrainingStepBenchmark {
  private static let script = "Benchmarks/training_step.py"
  private static let results = "Benchmarks/Results.md"

  static func main() {
    // A worker that dies must not take this process with it; the failed write says what happened.
    signal(SIGPIPE, SIG_IGN)
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch {
      FileHandle.standardError.write(Data("error: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func run(_ arguments: [String]) throws {
    if arguments.first == "--worker" {
      return try Worker.serve(shapes(named: Array(arguments.dropFirst()))[0])
    }
    var names = arguments
    var rounds = 9
    if let option = names.firstIndex(of: "--rounds") {
      guard option + 1 < names.count, let count = Int(names[option + 1]), count > 0 else {
        throw BenchmarkError("--rounds takes a number of at least 1")
      }
      rounds = count
      names.removeSubrange(option...(option + 1))
    }
    let shapes = try shapes(named: names)
    guard FileManager.default.fileExists(atPath: script) else {
      throw BenchmarkError("\(script) is not here: run the benchmark in the root of the repository")
    }
    let peer = try peer()
    let comparisons = try shapes.map { shape in
      FileHandle.standardError.write(Data("Measuring \(shape.layers) …\n".utf8))
      return try Comparison(shape, rounds: rounds, peer: peer)
    }
    let text = ResultsDocument(comparisons: comparisons, rounds: rounds).text
    print(text)
    if names.isEmpty { try text.write(toFile: results, atomically: true, encoding: .utf8) }
  }

  private static func shapes(named names: [String]) throws -> [NetworkShape] {
    try names.isEmpty
      ? NetworkShape.all
      : names.map { name in
        guard let shape = NetworkShape.all.first(where: { $0.name == name }) else {
          let known = NetworkShape.all.map(\.name).joined(separator: ", ")
          throw BenchmarkError("no network is called `\(name)`; there are \(known)")
        }
        return shape
      }
  }

  /// The command of the peer, or nil where Python or PyTorch is missing.
  private static func peer() throws -> [String]? {
    let python = ProcessInfo.processInfo.environment["PYTHON"] ?? "python3"
    let probe = Process()
    probe.executableURL = URL(filePath: "/usr/bin/env")
    probe.arguments = [python, "-c", "import torch"]
    probe.standardError = FileHandle.nullDevice
    try probe.run()
    probe.waitUntilExit()
    if probe.terminationStatus == 0 { return [python, script] }
    FileHandle.standardError.write(
      Data(
        """
        PyTorch is left out: `\(python)` cannot import torch. Set PYTHON to an interpreter that can.

        """.utf8))
    return nil
  }
}
