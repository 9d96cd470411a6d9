import ArgumentParser
import HashingMethods

/// The command `crossbit bounds`.
struct BoundsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bounds",
    abstract: "Prints how far apart M binary codes of K bits can be.",
    discussion: """
      A cell says from which distance (Gilbert-Varshamov: always attainable) to which one (the \
      lesser of Plotkin and Hamming: never exceeded), with Plotkin's and Hamming's bound in brackets.
      """)

  @Option(
    name: .customLong("bits"), parsing: .upToNextOption, help: "Code lengths K, 1 to 4096 bits.")
  var codeLengths = [16, 32, 64, 128]

  @Option(
    name: .customLong("words"), parsing: .upToNextOption,
    help: "Numbers of codes M, at least 2 each, such as the number of labels.")
  var wordCounts = [10, 21, 24, 80, 500, 10_000]

  func validate() throws {
    if let bits = codeLengths.first(where: { !(1...4096).contains($0) }) {
      throw ValidationError("A code length is expected to be 1 to 4096 bits, not \(bits).")
    }
    if let count = wordCounts.first(where: { $0 < 2 }) {
      throw ValidationError("At least 2 codes are needed for a distance, not \(count).")
    }
  }

  func run() throws {
    let table = BoundsTable(codeLengths: codeLengths, wordCounts: wordCounts)
    for line in table.lines { try Console.report(line) }
  }
}

/// The bounds for some numbers of words and code lengths, as a Markdown table.
struct BoundsTable {
  let codeLengths: [Int]
  let wordCounts: [Int]

  var lines: [String] {
    let header = ["M"] + codeLengths.map { "K = \($0)" }
    let rows = wordCounts.map { count in
      ["\(count)"]
        + codeLengths.map { bits in
          let bounds = CodeDistanceBounds(bits: bits, wordCount: count)
          return "\(bounds.least)..\(bounds.greatest) (\(bounds.plotkin), \(bounds.hamming))"
        }
    }
    let rule = header.map { _ in "--:" }
    return ([header, rule] + rows).map { "| \($0.joined(separator: " | ")) |" }
  }
}
