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
  @Option(help: "Stored or published split whose training items are divided.")
  var split = usualSplit
  @Option(
    help: ArgumentHelp(
      "Training items that ask and are not trained on.",
      discussion: "A fifth of the training items, 500 at most, unless said otherwise."))
  var queries: Int?
  @Option(name: .customLong("bits"), parsing: .upToNextOption, help: "Code lengths K.")
  var codeLengths = usualCodeLengths
  @Option(help: "Candidates to draw beside the profile itself.")
  var candidates = 24
  @Option(help: "Seed of the draw of candidates and of the division of the training items.")
  var seed = usualSeed
  @Option(
    name: .customLong("training-seeds"), parsing: .upToNextOption,
    help: "Seeds with which each candidate is trained.")
  var trainingSeeds = [usualSeed]
  @OptionGroup var data: DataOption
  @OptionGroup var results: ResultsOption
  @Option(help: "Number of trials at a time.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount
  @Option(help: .hidden) var trial: Int?
  @Option(help: .hidden) var expecting: String?

  /// Training items that ask unless said otherwise: a share, and a number that is always enough.
  private static let queryShare = 5
  private static let mostQueries = 500
  private static let usualSplit = "official"
  private static let usualCodeLengths = [32]
  private static let usualSeed: UInt64 = 1

  func validate() throws {
    guard jobs >= 1 else { throw ValidationError("--jobs is at least 1, not \(jobs).") }
    guard (1...TuningSearch.mostCandidates).contains(candidates) else {
      throw ValidationError(
        "--candidates is 1 to \(TuningSearch.mostCandidates), not \(candidates).")
    }
    for (option, values) in [
      ("--bits", codeLengths.map(String.init)), ("--training-seeds", trainingSeeds.map { "\($0)" }),
    ] where Set(values).count < values.count {
      throw ValidationError("\(option) names a value twice: \(values.joined(separator: " ")).")
    }
    if let bits = codeLengths.first(where: { !(1...Experiment.longestCode).contains($0) }) {
      throw ValidationError("--bits is 1 to \(Experiment.longestCode), not \(bits).")
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
    let folders = ["--data", data.folder, "--results", results.folder]
    let folder = "\(results.folder)/\(search.experiment.name)"
    try requireNotSmaller(than: "\(folder)/candidates.csv", search)
    let runner = ExperimentRunner(plan: plan, ledger: ledger, jobs: jobs) { trial in
      arguments + folders + ["--trial", "\(trial.index)", "--expecting", trial.identifier]
    }
    let outcome = try await RunSession(runner: runner).run()
    let report = TuningReport(
      TuningOutcome(search, records: outcome.records), records: outcome.records,
      command: "crossbit " + arguments.joined(separator: " "))
    for file in report.files {
      try WholeFile.write(Data(file.text.utf8), to: "\(folder)/\(file.path)")
    }
    try Console.report(report.terminalText)
    try Console.report("All candidates: \(folder)/README.md")
    if !outcome.failures.isEmpty { throw ExitCode.failure }
  }

  /// Refuses a search that would replace the ledger of a larger one.
  private func requireNotSmaller(than ledger: String, _ search: TuningSearch) throws {
    guard let text = try? String(contentsOfFile: ledger, encoding: .utf8) else { return }
    // A line a candidate beside the header and the profile itself.
    let known = text.split(separator: "\n").count - 2
    guard known > search.candidates.count - 1 else { return }
    throw ValidationError(
      "\(ledger) holds a search of \(known) candidates, which a smaller one would replace; ask for "
        + "at least as many, or for another --results folder.")
  }

  private var reference: DatasetReference {
    DatasetReference.known.first { $0.name == dataset } ?? .file(dataset)
  }

  private var usualQueryCount: Int {
    get throws {
      let dataset = try CrossModalDataset(reference, in: data.folder)
      let training = try dataset.file.split(named: split).training.count
      return max(1, min(Self.mostQueries, training / Self.queryShare))
    }
  }

  private func request(queryCount: Int) throws -> TuningSearch.Request {
    let base = try MethodVariant.registered(method)
    // Searches that differ in more than the number of candidates must not share a ledger.
    var parts = ["tune", base.description.identifier, base.variant, reference.name]
    if split != Self.usualSplit { parts.append(split) }
    if let queries { parts.append("\(queries)-queries") }
    if codeLengths != Self.usualCodeLengths {
      parts.append("\(codeLengths.map(String.init).joined(separator: "-"))-bits")
    }
    if seed != Self.usualSeed { parts.append("seed-\(seed)") }
    if trainingSeeds != [Self.usualSeed] {
      parts.append("trained-\(trainingSeeds.map { "\($0)" }.joined(separator: "-"))")
    }
    let name = parts.joined(separator: "-").lowercased()
      .map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    return TuningSearch.Request(
      name: String(name).split(separator: "-").joined(separator: "-"), dataset: reference,
      split: split, queryCount: queryCount, codeLengths: codeLengths,
      candidateCount: candidates, seed: seed, trainingSeeds: trainingSeeds)
  }

  /// The command in full, without folders and machine: a worker's arguments, and a reader's command.
  private var arguments: [String] {
    ["tune", method, "--dataset", dataset, "--split", split]
      + (queries.map { ["--queries", "\($0)"] } ?? [])
      + ["--bits"] + codeLengths.map { "\($0)" }
      + ["--candidates", "\(candidates)", "--seed", "\(seed)"]
      + ["--training-seeds"] + trainingSeeds.map { "\($0)" }
  }
}
