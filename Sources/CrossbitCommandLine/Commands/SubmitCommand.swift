import ArgumentParser
import ExperimentKit
import Foundation

/// The command `crossbit submit NAME`.
struct SubmitCommand: ParsableCommand {
  /// Batch systems that trials can be handed to.
  enum Engine: String, ExpressibleByArgument, CaseIterable {
    case slurm
  }

  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Hands the open trials of an experiment to a batch system.",
    discussion: """
      Submits an array job, one element for each open trial or for each --chunk of them, and behind it \
      a job that writes the table. Trials that are finished, that a process makes, or that already \
      wait in the queue are left out, so the command may be given again after elements were cancelled \
      or failed. Results go to the same records as those of crossbit run; crossbit status tells both.

        crossbit submit openclipart-all --partition cpu --time 1:00:00 --memory 4G --chunk 10
      """)

  @OptionGroup var selection: ExperimentArgument
  @OptionGroup var part: TrialSelection
  @OptionGroup var data: DataOption
  @OptionGroup var results: ResultsOption
  @Option(help: "The batch system: \(Engine.allCases.map(\.rawValue).joined(separator: ", ")).")
  var engine = Engine.slurm
  @Option(help: "Partition.") var partition: String?
  @Option(help: "Account.") var account: String?
  @Option(
    help: ArgumentHelp(
      "Time limit of an element as SLURM takes it, such as 1:30:00.", valueName: "time")) var time:
    String?
  @Option(help: ArgumentHelp("Memory of an element, such as 4G.", valueName: "size"))
  var memory: String?
  @Option(help: ArgumentHelp("Modules to load, such as gcc,openblas.", valueName: "names"))
  var modules: String?
  @Option(
    help: ArgumentHelp(
      "File with lines of your site for the head of the script: #SBATCH options, commands.",
      valueName: "file"))
  var site: String?
  @Option(help: "Trials of an element, for short ones.") var chunk = 1
  @Option(help: ArgumentHelp("Elements that run at a time at most.", valueName: "count"))
  var atMost: Int?
  @Flag(help: "Print the script and submit nothing.") var dryRun = false

  func validate() throws {
    guard chunk >= 1 else { throw ValidationError("--chunk is at least 1, not \(chunk).") }
    if let atMost, atMost < 1 {
      throw ValidationError("--at-most is at least 1, not \(atMost).")
    }
    // They stand in lines of the script as they are.
    for (option, value) in [
      ("--partition", partition), ("--account", account), ("--time", time), ("--memory", memory),
    ] {
      guard let value, value.isEmpty || value.contains(where: { !Self.isPlain($0) }) else {
        continue
      }
      throw ValidationError("\(option) takes one word of SLURM's, not “\(value)”.")
    }
  }

  /// Whether a character stands for itself in an option of `sbatch`.
  private static func isPlain(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "-_.:,+/".contains(character)
  }

  func run() throws {
    let experiment = try selection.experiment
    let isWanted = try part.filter(for: experiment)
    let plan = try ExperimentPlan(experiment, dataFolder: data.folder)
    let ledger = Ledger(results: results.folder, experiment: experiment.name)
    let queued =
      dryRun ? [:] : try SlurmQueue(of: experiment.name, submissions: ledger.submissions).states
    let status = try ExperimentStatus(plan: plan, ledger: ledger)
    let running = Set(status.running.map(\.trial.identifier))
    let finished = Set(status.finished.map(\.identifier))
    let trials = plan.trials.filter { trial in
      isWanted(trial) && !finished.contains(trial.identifier)
        && !running.contains(trial.identifier) && queued[trial.identifier] == nil
    }
    guard !trials.isEmpty else {
      return try Console.report(
        "Nothing to submit: \(finished.count) of \(plan.trials.count) trials are finished, "
          + "\(queued.count) wait or run in the queue.")
    }
    let folders = ["--data", absolute(data.folder), "--results", absolute(results.folder)]
    let jobs = absolute(ledger.jobFolder)
    guard jobs.allSatisfy(Self.isPlain) else {
      throw ValidationError(
        "SLURM cannot write logs to \(jobs)/logs: the path may hold letters, digits and -_.:,+/ "
          + "only; name another folder with --results.")
    }
    let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path
    let here = FileManager.default.currentDirectoryPath
    let script = SlurmScript(
      experiment: experiment.name, trials: trials, request: try request, program: program,
      folder: here, options: folders, logs: "\(jobs)/logs")
    if dryRun { return try Console.report(script.text) }
    let table = ([program, "table", experiment.name] + folders).map(SlurmScript.quoted)
      .joined(separator: " ")
    let submission = try SlurmSubmission(
      submitting: script, writtenTo: "\(jobs)/array.sh", logs: "\(jobs)/logs")
    // Kept before anything else can fail: what waits must not be submitted a second time.
    try ledger.keep(submission)
    let tableJob = try submission.submitTable(
      of: experiment.name, command: table, in: here, logs: "\(jobs)/logs")
    try Console.report(
      "Submitted \(trials.count) trials as job \(submission.job) of \(script.elements.count) "
        + "elements, the table as job \(tableJob); `crossbit status \(experiment.name)` tells how "
        + "they get on.")
  }

  private var request: SlurmRequest {
    get throws {
      var request = SlurmRequest()
      request.partition = partition
      request.account = account
      request.time = time
      request.memory = memory
      request.modules = modules?.split(separator: ",").map(String.init) ?? []
      request.atMost = atMost
      request.trialsPerElement = chunk
      if let site {
        guard let text = try? String(contentsOfFile: site, encoding: .utf8) else {
          throw ValidationError("--site: \(site) cannot be read.")
        }
        request.siteLines = text.split(separator: "\n").map(String.init)
      }
      return request
    }
  }

  private func absolute(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.path
  }
}
