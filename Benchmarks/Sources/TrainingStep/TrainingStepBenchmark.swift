import Contest
import Foundation

/// Measures the training step against PyTorch and writes `TrainingStep.md`.
///
/// Run in the root of the repository. Arguments: `--rounds N`, and names of networks to measure
/// instead of all, in which case no file is written.
@main
enum TrainingStepBenchmark {
  private static let script = "Benchmarks/training_step.py"
  private static let results = "Benchmarks/TrainingStep.md"

  static func main() { Benchmark.run(run) }

  private static func run(_ arguments: [String]) throws {
    if arguments.first == "--worker" {
      return try Worker.serve(shapes(named: Array(arguments.dropFirst()))[0])
    }
    var names = arguments
    let rounds = try Benchmark.takeCount("--rounds", of: &names) ?? 9
    let shapes = try shapes(named: names)
    let peer = try Benchmark.peer(script, importing: "torch")
    let comparisons = try shapes.map { shape in
      Benchmark.say("Measuring \(shape.layers) …")
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
}
