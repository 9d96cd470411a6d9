import ArgumentParser
import ExperimentKit

/// The command `crossbit codes NAME INDEX`.
struct CodesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "codes",
    abstract: "Writes the codes and labels of a finished trial as NumPy files.",
    discussion: """
      The files hold 0 and 1, a row an item, in the order of the split; crossbit evaluate reads \
      their folder, and so does numpy.load. The indices are those of crossbit plan.
      """)

  @OptionGroup var selection: ExperimentArgument
  @Argument(help: "Position of the trial in the plan, from 0.")
  var index: Int
  @Option(help: "Folder to write to; files of the same names are replaced.")
  var output: String
  @Flag(help: "Write the retrieval set as encoded from pairs, for methods that do so.")
  var joint = false
  @OptionGroup var data: DataOption
  @OptionGroup var results: ResultsOption

  func run() throws {
    let experiment = try selection.experiment
    let plan = try ExperimentPlan(experiment, dataFolder: data.folder)
    let trial = try plan.trial(at: index)
    let ledger = Ledger(results: results.folder, experiment: experiment.name)
    let record: TrialRecord
    switch try ledger.entry(for: trial, of: experiment) {
    // Outdated measures are measures: the codes are those of the trial.
    case .finished(let found), .outdated(let found): record = found
    case .damaged(let reason):
      throw StoredCodesProblem.damaged(
        path: ledger.file(of: trial), reason: reason, experiment: experiment.name)
    case .missing:
      throw StoredCodesProblem.notFinished(
        trial: trial.title, experiment: experiment.name, index: index)
    }
    let codes = try StoredCodes(of: trial, record, dataFolder: data.folder, joint: joint)
    try codes.write(to: output)
    for line in codes.lines { try Console.report(line) }
    try Console.report("Written to \(output)")
  }
}
