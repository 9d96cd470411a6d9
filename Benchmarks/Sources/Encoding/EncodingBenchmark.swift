import Contest
import Foundation

/// Measures a pass over a data file against PyTorch with h5py and writes `Encoding.md`.
///
/// Run in the root of the repository. Arguments: `--rounds N`, `--items N` (195834 is NUS-WIDE
/// TC-21, 3.2 GB), and names of files and networks to measure instead of all, in which case no
/// document is written.
@main
enum EncodingBenchmark {
  private static let script = "Benchmarks/encoding.py"
  private static let results = "Benchmarks/Encoding.md"

  static func main() { Benchmark.run(run) }

  private static func run(_ arguments: [String]) throws {
    if arguments.first == "--worker", arguments.count == 3 {
      let shape = try shapes([arguments[2]])[0]
      return try Worker.serve(path: arguments[1], shape)
    }
    var names = arguments
    let rounds = try Benchmark.takeCount("--rounds", of: &names) ?? 3
    let items = try Benchmark.takeCount("--items", of: &names) ?? 20_015
    // The peer writes the files too.
    guard let peer = try Benchmark.peer(script, importing: "torch, h5py") else { return }
    let folder = NSTemporaryDirectory() + "/crossbit-encoding-\(getpid())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let known = EncodingFile.all.map(\.name) + EncodingShape.all.map(\.name)
    if let unknown = names.first(where: { !known.contains($0) }) {
      throw BenchmarkError(
        "no file or network is called `\(unknown)`; there are \(known.joined(separator: ", "))")
    }
    let files = EncodingFile.all.filter { names.contains($0.name) }
    Benchmark.say("Writing \(items) pictures …")
    try EncodingFile.writeAll(items: items, in: folder, with: peer)
    var comparisons: [Comparison] = []
    for file in files.isEmpty ? EncodingFile.all : files {
      for shape in try shapes(names) {
        Benchmark.say("Measuring \(file.title), \(shape.layers) …")
        comparisons.append(
          try Comparison(file, shape, in: folder, rounds: rounds, peer: peer))
      }
    }
    let text = EncodingDocument(comparisons: comparisons, items: items, rounds: rounds).text
    print(text)
    if names.isEmpty { try text.write(toFile: results, atomically: true, encoding: .utf8) }
  }

  /// The shapes among some names; all without any.
  private static func shapes(_ names: [String]) throws -> [EncodingShape] {
    let named = EncodingShape.all.filter { names.contains($0.name) }
    return named.isEmpty ? EncodingShape.all : named
  }
}
