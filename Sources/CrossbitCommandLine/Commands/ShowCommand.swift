import ArgumentParser
import ExperimentKit
import Foundation
import HashingMethods
import Reports
import Retrieval

/// The command `crossbit show TRIAL`.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Prints the record of a finished trial: what it was, where it ran, what it reached.",
    discussion: """
      Needs no data file. A trial goes by its name, or the beginning of one, as crossbit plan prints \
      it:

        crossbit show rmsh-tuned-64-bits-seed-1
        crossbit show openclipart-all/rmsh-tuned-64-bits-seed-1
      """)

  @Argument(help: "Name of a trial, the beginning of one, or the path of a record.")
  var trial: String
  @OptionGroup var results: ResultsOption
  @Flag(help: "Print every point of the learning curve.")
  var curve = false

  func run() throws {
    let stored = try StoredRecord(named: trial, in: results.folder)
    for line in RecordDescription(stored, wholeCurve: curve).lines { try Console.report(line) }
  }
}

/// A record as `crossbit show` prints it.
struct RecordDescription {
  /// Points of a learning curve at either end that are printed.
  private static let endPoints = 3

  let lines: [String]

  init(_ stored: StoredRecord, wholeCurve: Bool) {
    let record = stored.record
    let subject = record.subject
    let fidelity = subject.fidelity.map { " (\($0.rawValue))" } ?? ""
    var lines = [
      record.identifier,
      "record    \(stored.path)",
      "method    \(subject.displayName)\(subject.variant.isEmpty ? "" : " ")\(subject.variant)"
        + "\(fidelity), algorithm version "
        + "\(subject.algorithmVersion)",
      "code      \(record.bits) bits, seed \(record.seed): streams SplitMix64(\(record.seed)) / "
        + subject.method,
    ]
    lines += Self.dataLines(record) + Self.runLines(record.run) + Self.resultLines(record)
    lines += Self.curveLines(record.learningCurve, whole: wholeCurve)
    lines += ["configuration", Self.pretty(subject.configuration)]
    self.lines = lines
  }

  private static func dataLines(_ record: TrialRecord) -> [String] {
    let (data, split) = (record.dataset, record.split)
    var lines = [
      "data      \(data.name): \(data.itemCount) items, \(data.imageColumns) picture columns, "
        + "\(data.textColumns) text columns, \(data.labelCount) labels",
      "          SHA-256 \(data.digest)",
    ]
    if let surrogate = data.surrogate { lines.append("          SURROGATE: \(surrogate) made up") }
    lines += data.warnings.map { "          warning: \($0)" }
    lines += [
      "split     \(split.rule): \(split.queryCount) queries, \(split.trainingCount) training items, "
        + "\(split.retrievalCount) searched",
      "          SHA-256 \(split.digest)",
    ]
    return lines
  }

  private static func runLines(_ run: RunProvenance) -> [String] {
    let processor = run.processorSeconds.map { ", \($0.fixed(1)) CPU s" } ?? ""
    var lines = [
      "run       \(run.started) on \(run.host), \(run.seconds.fixed(1)) s\(processor), peak memory "
        + "\((Double(run.peakMemoryBytes) * 1e-6).fixed(0)) MB",
      "          Crossbit \(run.version), BLAS kernels \(run.blasCore), \(run.blasThreads) "
        + "\(run.blasThreads == 1 ? "thread" : "threads"), Hamming kernels \(run.simdLevel)",
    ]
    if let cost = run.cost {
      let passes = cost.passes.map { ", \($0.fixed(1)) passes" } ?? ""
      lines.append(
        "          training \(cost.trainingSeconds.fixed(1)) s over \(cost.trainingPairs) pairs"
          + "\(passes); encoding \(cost.encodingSeconds.fixed(1)) s for \(cost.encodedItems) codes")
    }
    return lines
  }

  private static func resultLines(_ record: TrialRecord) -> [String] {
    record.results.map { result in
      let map = result.result.meanAveragePrecision
      let order = map.databaseOrder.map { ", database order \($0.fixed(4))" } ?? ""
      return "result    \(result.task.displayName) \(result.databaseCodes.rawValue): mAP@all "
        + "\(map.expected.fixed(4)) (\(map.worst.fixed(4)) … \(map.best.fixed(4))\(order)), "
        + "\(result.result.answerableCount) of \(result.result.queryCount) queries answerable"
    }
  }

  private static func curveLines(_ curve: [LearningCurvePoint], whole: Bool) -> [String] {
    func line(_ point: LearningCurvePoint) -> String {
      let figures = point.figures.sorted { $0.key < $1.key }
        .map { "\($0.key) \($0.value.significant(4))" }
      return "curve     \(point.stage) \(point.step)/\(point.stepCount): "
        + (["loss \(point.loss.significant(4))"] + figures).joined(separator: ", ")
    }
    guard !whole, curve.count > 2 * endPoints else { return curve.map(line) }
    return curve.prefix(endPoints).map(line)
      + ["          … \(curve.count - 2 * endPoints) more points, see --curve"]
      + curve.suffix(endPoints).map(line)
  }

  private static func pretty(_ configuration: String) -> String {
    guard let json = try? JSONSerialization.jsonObject(with: Data(configuration.utf8)),
      let data = try? JSONSerialization.data(
        withJSONObject: json, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    else { return configuration }
    return String(decoding: data, as: UTF8.self)
  }
}
