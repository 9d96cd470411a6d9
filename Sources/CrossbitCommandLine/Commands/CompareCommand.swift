import ArgumentParser
import CodeSets
import Foundation
import Retrieval

/// The command `crossbit compare A B …`.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Holds code sets against each other, query by query, and says what is significant.",
    discussion: """
      Each argument is one set: a file or folder with codes and labels, as crossbit evaluate reads \
      them. The labels must be equal, because the same queries are paired; code lengths may differ. \
      Every pair of sets is compared in every task that all have.

      The value of a query is its expectation over ties. p is that of the paired randomisation \
      test, corrected by Holm over all comparisons printed; the interval is the paired bootstrap's.
      """)

  @Argument(help: "Two or more files or folders, each with the codes and labels of one set.")
  var sets: [String]
  @OptionGroup var codes: CodeSetArguments
  @Option(help: "The measure; crossbit evaluate --help lists their names.")
  var measure = "\(Measure.meanAveragePrecision)"
  @Option(help: "Rounds of the randomisation test and of the bootstrap.")
  var rounds = 10_000
  @Option(help: "Decides the randomness: the same seed, the same output.")
  var seed: UInt64 = 0
  @Option(help: "Share of resampled means inside an interval.")
  var confidence = 0.95
  @Flag(help: "Print JSON instead of a table.")
  var json = false
  @Option(name: .customLong("csv"), help: "Write all numbers to this file too.")
  var csvFile: String?
  @Option(help: "Threads to spread the queries and the pairs over; all cores if absent.")
  var threads: Int?

  func validate() throws {
    guard sets.count >= 2 else {
      throw ValidationError("A comparison takes two sets or more, not \(sets.count).")
    }
    // Ten million rounds resolve a p of 0.05 to ± 0.0001; more would only take longer.
    guard 1...10_000_000 ~= rounds else {
      throw ValidationError("--rounds is 1 to 10000000, not \(rounds).")
    }
    guard 0 < confidence, confidence < 1 else {
      throw ValidationError("--confidence lies between 0 and 1, not \(confidence).")
    }
    if let threads, threads < 1 {
      throw ValidationError("--threads is at least 1, not \(threads).")
    }
  }

  func run() throws {
    let settings = CodeSetComparison.Settings(
      measure: try Measure(name: measure), rounds: rounds, seed: seed, confidence: confidence)
    let options = try codes.options
    let contestants = try sets.map { path in
      CodeSetComparison.Contestant(name: path, set: try CodeSet(paths: [path], options: options))
    }
    let csv = try csvFile.map {
      try OutputFile(option: "--csv", path: $0, inputs: contestants.flatMap(\.set.files))
    }
    let comparison = try CodeSetComparison(
      contestants, settings: settings,
      threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    if !comparison.leftOut.isEmpty {
      Console.complain(
        "Left out: \(comparison.leftOut.joined(separator: ", ")), which not every set has codes for."
      )
    }
    try csv?.write(comparison.csv)
    try StandardOutput.write(
      json ? comparison.json() : ComparisonTable(comparison: comparison).text)
  }
}
