import ArgumentParser
import CrossModalData
import ExperimentKit
import Foundation
import HashingMethods
import Reports

/// The command `crossbit tune METHOD`.
struct TuneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune",
    abstract: "Searches a method's knobs at random on held-out training items.",
    discussion: """
      Candidates are drawn from the ranges that the method declares; the profile itself takes part \
      as it is. Each is trained on a part of the training items and asks with the others: the \
      split's query set is never looked at. The ledger of all candidates goes to \
      RESULTS/tune-METHOD-PROFILE-DATASET, and the best one is printed as a line of a manifest. \
      After an interruption the same command goes on where it was.

      Example: crossbit tune rmsh --dataset openclipart --bits 32 --candidates 24
      """)

  @Argument(help: "Method and profile, such as rmsh or rmsh.short; see crossbit list.")
  var method: String
  @Option(help: "Name of the data set: its file in the data folder, without .h5.")
  var dataset: String
  @Option(help: "Stored split whose training items are divided.")
  var split = "official"
  @Option(
    help: ArgumentHelp(
      "Training items that ask and are not trained on.",
      discussion: "A fifth of the training items, 500 at most, unless said otherwise."))
  var queries: Int?
  @Option(name: .customLong("bits"), parsing: .upToNextOption, help: "Code lengths K.")
  var codeLengths = [32]
  @Option(help: "Candidates to draw beside the profile itself.")
  var candidates = 24
  @Option(help: "Seed of the draw of candidates and of the division of the training items.")
  var seed: UInt64 = 1
  @Option(
    name: .customLong("training-seeds"), parsing: .upToNextOption,
    help: "Seeds with which each candidate is trained.")
  var trainingSeeds: [UInt64] = [1]
  @OptionGroup var data: DataOption
  @OptionGroup var results: ResultsOption
  @Option(help: "Number of trials at a time.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount
  @Option(help: .hidden) var trial: Int?
  @Option(help: .hidden) var expecting: String?

  /// Training items that ask unless said otherwise: a share, and a number that is always enough.
  private static let queryShare = 5
  private static let mostQueries = 500

  func validate() throws {
    guard jobs >= 1 else { throw ValidationError("--jobs is at least 1, not \(jobs).") }
    guard candidates >= 1 else {
      throw ValidationError("--candidates is at least 1, not \(candidates).")
    }
    if let queries, queries < 1 {
      throw ValidationError("--queries is at least 1, not \(queries).")
    }
  }

  func run() async throws {
    let queryCount = try queries ?? usualQueryCount
    let search = try TuningSearch(
      .registered(method), request(queryCount: queryCount))
    if let trial {
      return try TrialRunning(
        experiment: search.experiment, data: data.folder, results: results.folder
      ).runAsWorker(trial, expecting: expecting)
    }
    let plan = try ExperimentPlan(search.experiment, dataFolder: data.folder)
    try ExperimentPlan.requireUsable(search.experiment, dataFolder: data.folder)
    let ledger = Ledger(results: results.folder, experiment: search.experiment.name)
    let arguments = arguments(queryCount: queryCount)
    let folders = ["--data", data.folder, "--results", results.folder]
    let runner = ExperimentRunner(plan: plan, ledger: ledger, jobs: jobs) { trial in
      arguments + folders + ["--trial", "\(trial.index)", "--expecting", trial.identifier]
    }
    let outcome = try await RunSession(runner: runner).run()
    let report = TuningReport(
      TuningOutcome(search, records: outcome.records), records: outcome.records,
      command: "crossbit " + arguments.joined(separator: " "))
    let folder = "\(results.folder)/\(search.experiment.name)"
    for file in report.files {
      try WholeFile.write(Data(file.text.utf8), to: "\(folder)/\(file.path)")
    }
    try Console.report(report.terminalText)
    try Console.report("All candidates: \(folder)/README.md")
    if !outcome.failures.isEmpty { throw ExitCode.failure }
  }

  private var reference: DatasetReference {
    DatasetReference.known.first { $0.name == dataset } ?? .file(dataset)
  }

  private var usualQueryCount: Int {
    get throws {
      let dataset = try CrossModalDataset(reference, in: data.folder)
      let training = try dataset.split(for: .stored(split)).training.count
      return max(1, min(Self.mostQueries, training / Self.queryShare))
    }
  }

  private func request(queryCount: Int) throws -> TuningSearch.Request {
    let base = try MethodVariant.registered(method)
    let name = ["tune", base.description.identifier, base.variant, reference.name]
      .joined(separator: "-").lowercased()
      .map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    return TuningSearch.Request(
      name: String(name).split(separator: "-").joined(separator: "-"), dataset: reference,
      split: split, queryCount: queryCount, codeLengths: codeLengths,
      candidateCount: candidates, seed: seed, trainingSeeds: trainingSeeds)
  }

  /// The command in full, without folders and machine: a worker's arguments, and a reader's command.
  private func arguments(queryCount: Int) -> [String] {
    ["tune", method, "--dataset", dataset, "--split", split, "--queries", "\(queryCount)"]
      + ["--bits"] + codeLengths.map { "\($0)" }
      + ["--candidates", "\(candidates)", "--seed", "\(seed)"]
      + ["--training-seeds"] + trainingSeeds.map { "\($0)" }
  }
}
