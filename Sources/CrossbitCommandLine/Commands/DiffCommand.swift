import ArgumentParser
import ExperimentKit
import Foundation
import HashingMethods
import Reports
import Retrieval

/// The command `crossbit diff A B`.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Says what differs between two finished trials, and whether their mAP does.",
    discussion: """
      Needs no data file. Where both trials asked the same queries of the same data, a paired \
      randomisation test over queries says whether the difference of their mAP is more than the \
      choice of queries explains; it says nothing of other seeds.

        crossbit diff openclipart-all/rmsh-tuned-64-bits-seed-1 openclipart-all/dcmh-tuned-64-bits-seed-1
      """)

  @Argument(help: "Name of a trial, the beginning of one, or the path of a record.")
  var first: String
  @Argument(help: "Another one.")
  var second: String
  @OptionGroup var results: ResultsOption

  func run() throws {
    let records = try [first, second].map { try StoredRecord(named: $0, in: results.folder).record }
    for line in DiffListing(records[0], records[1]).lines { try Console.report(line) }
  }
}

/// Two records held against each other as `crossbit diff` prints it.
struct DiffListing {
  /// Rounds of the test and of the bootstrap.
  private static let rounds = 10_000
  /// Below this a p-value counts.
  private static let level = 0.05

  let lines: [String]

  init(_ first: TrialRecord, _ second: TrialRecord) {
    var lines = zip(["A", "B"], [first, second]).map { name, record in
      let fidelity = record.subject.fidelity.map { " (\($0.rawValue))" } ?? ""
      let surrogate = record.dataset.surrogate.map { ", SURROGATE \($0)" } ?? ""
      return "\(name)  \(record.identifier)\(fidelity)\(surrogate)"
    }
    lines.append("")
    let differences = RecordDifference.all(between: first, second)
    if differences.isEmpty {
      lines.append("Nothing but times and memory differs between the two trials.")
    }
    for difference in differences {
      lines.append(
        "\(difference.name): \(difference.first ?? "none") → \(difference.second ?? "none")")
    }
    lines += ["", Self.codeSentence(first, second)]
    guard first.dataset.digest == second.dataset.digest, first.split.digest == second.split.digest
    else {
      self.lines =
        lines + ["The trials asked other queries or data, so their mAP is not compared by query."]
      return
    }
    for one in first.results {
      guard
        let other = second.results.first(where: {
          $0.task == one.task && $0.databaseCodes == one.databaseCodes
        })
      else { continue }
      lines.append(Self.comparison(one, other))
    }
    self.lines = lines
  }

  private static func codeSentence(_ first: TrialRecord, _ second: TrialRecord) -> String {
    if first.codes.equals(second.codes) { return "The codes are the same, bit for bit." }
    guard first.bits == second.bits, first.codes.itemCount == second.codes.itemCount else {
      return "The codes differ in number or length."
    }
    let pairs = [
      (first.codes.queryImage, second.codes.queryImage),
      (first.codes.queryText, second.codes.queryText),
      (first.codes.retrievalImage, second.codes.retrievalImage),
      (first.codes.retrievalText, second.codes.retrievalText),
    ]
    let differing = pairs.reduce(0) { sum, pair in
      sum + zip(pair.0.words, pair.1.words).reduce(0) { $0 + ($1.0 ^ $1.1).nonzeroBitCount }
    }
    let bits = pairs.reduce(0) { $0 + $1.0.count * $1.0.bits }
    return "The codes differ in \(differing) of \(bits) bits "
      + "(\((100 * Double(differing) / Double(max(1, bits))).significant(3)) %)."
  }

  private static func comparison(_ first: TaskResult, _ second: TaskResult) -> String {
    let means = [first, second].map(\.result.meanAveragePrecision.expected)
    let opening =
      "\(first.task.displayName) \(first.databaseCodes.rawValue): mAP@all \(means[0].fixed(4)) → "
      + "\(means[1].fixed(4)), difference \((means[1] - means[0]).signed(4))"
    guard
      let pair = try? PairedComparison(
        second.result.averagePrecision, first.result.averagePrecision),
      let resampled = PairedComparison.resampled([pair], seed: 0, rounds: rounds, threads: 1).first,
      let resampled
    else { return opening }
    let verdict =
      resampled.pValue < level
      ? "more than the choice of queries explains" : "within the noise of the choice of queries"
    return opening
      + ", 95 % interval \(resampled.interval.lowerBound.signed(4)) … "
      + "\(resampled.interval.upperBound.signed(4)), p \(resampled.pValue.significant(2)): \(verdict)"
  }
}
