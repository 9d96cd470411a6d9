import Contest
import Foundation

/// Measures the evaluator against what Python users have and writes `Benchmarks/Evaluation.md`.
///
/// Takes about half an hour. Run in the root of the repository. Arguments: `--rounds N`; `--quick`
/// for small shapes and three rounds, in which case no file is written.
@main
enum EvaluationBenchmark {
  private static let script = "Benchmarks/evaluation.py"
  private static let results = "Benchmarks/Evaluation.md"

  static func main() { Benchmark.run(run) }

  private static func run(_ arguments: [String]) throws {
    if arguments.first == "--worker" {
      let numbers = arguments.dropFirst().compactMap { Int($0) }
      guard numbers.count == 3, numbers.allSatisfy({ $0 > 0 }) else {
        throw BenchmarkError("--worker takes counts of queries and items and a code length")
      }
      let shape = RetrievalShape(queryCount: numbers[0], itemCount: numbers[1])
      return try Worker.serve(shape, bits: numbers[2])
    }
    var options = arguments
    let rounds = try Benchmark.takeCount("--rounds", of: &options)
    let isQuick = options == ["--quick"]
    guard isQuick || options.isEmpty else {
      throw BenchmarkError("the benchmark takes --rounds N and --quick, not `\(options[0])`")
    }
    let peer = try Benchmark.peer(script, importing: "numpy, torch, faiss")
    let document = try measure(isQuick: isQuick, rounds: rounds ?? (isQuick ? 3 : 9), peer: peer)
    print(document.text)
    if !isQuick { try document.text.write(toFile: results, atomically: true, encoding: .utf8) }
  }

  private static func measure(
    isQuick: Bool, rounds: Int, peer: [String]?
  ) throws -> EvaluationDocument {
    var loads = [Machine.loadAverage]
    let groups = try (isQuick ? RetrievalShape.quick : RetrievalShape.all).map { shape in
      try Setting.codeLengths.map { bits in
        Benchmark.say("Measuring \(shape.name) at \(bits) bits …")
        defer { loads.append(Machine.loadAverage) }
        return try Comparison(
          shape, bits: bits, programs: Program.all, rounds: rounds, peer: peer)
      }
    }
    let large = isQuick ? RetrievalShape.quickLarge : RetrievalShape.large
    Benchmark.say("Measuring \(large.name) at 64 bits …")
    let last = try Comparison(
      large, bits: 64, programs: Program.large, rounds: rounds, peer: nil)
    loads.append(Machine.loadAverage)
    return EvaluationDocument(
      groups: groups, large: last, rounds: rounds, loadAverages: loads.compactMap { $0 })
  }
}
