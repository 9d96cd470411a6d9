import Contest
import Foundation

/// The turns of both programs on one file with one network.
struct Comparison {
  /// One row of the table.
  struct Entry {
    let introduction: Introduction
    let isPeer: Bool
    var turns: [Turn] = []
  }

  let file: EncodingFile
  let shape: EncodingShape
  /// Size of the file in bytes.
  let fileBytes: Int
  private(set) var entries: [Entry]

  /// Largest relative difference of the numbers of ones: float32 sums in another order turn bits
  /// whose activation is about 0.
  private static let tolerance = 1e-4

  /// Runs the programs in turn.
  init(
    _ file: EncodingFile, _ shape: EncodingShape, in folder: String, rounds: Int, peer: [String]
  ) throws {
    self.file = file
    self.shape = shape
    let path = file.path(in: folder)
    fileBytes =
      try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    let own = try Contender(
      [CommandLine.arguments[0], "--worker", path, shape.name], without: BLASCore.variable)
    let other = try Contender(peer + [path] + shape.widths.map(String.init))
    let contenders = [own, other]
    defer { for contender in contenders { contender.finish() } }
    entries = [
      Entry(introduction: own.introduction, isPeer: false),
      Entry(introduction: other.introduction, isPeer: true),
    ]
    for _ in 0..<rounds {
      for (index, contender) in contenders.enumerated() {
        entries[index].turns.append(try contender.ask("run", for: Turn.self))
      }
    }
    let ones = entries.flatMap { $0.turns.map(\.ones) }
    guard let least = ones.min(), let greatest = ones.max(), least > 0,
      Double(greatest - least) <= Self.tolerance * Double(greatest)
    else { throw BenchmarkError("the programs do different work: ones \(ones)") }
  }

  /// The median over rounds of the peer's cost over this entry's.
  func speedup(of entry: Entry, by cost: (Turn) -> Double) -> Double? {
    guard let peer = entries.first(where: \.isPeer) else { return nil }
    return median(zip(entry.turns, peer.turns).map { cost($1) / cost($0) })
  }
}
