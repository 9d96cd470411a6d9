import ArgumentParser
import CodeSets

/// The command `crossbit evaluate PATH…`.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measures codes that any program made, from files of arrays.",
    discussion: EvaluateHelp.text)

  @Argument(
    help: """
      Files with codes and labels (.npy, .npz, .mat, HDF5) and folders of .npy files; all their \
      arrays are looked at together.
      """)
  var paths: [String]

  @OptionGroup var arrays: CodeSetArguments
  @OptionGroup var measures: MeasureArguments

  @Flag(help: "Print JSON with all digits, the curves, file digests and the roles of arrays.")
  var json = false

  @Option(
    name: .customLong("csv"),
    help: ArgumentHelp("Also write task,measure,order,value with all digits.", valueName: "file"))
  var csvFile: String?

  @Option(
    help: ArgumentHelp(
      "Also write the expected value of each measure for each query.", valueName: "file"))
  var perQuery: String?

  @Flag(
    help: """
      Print mAP@all and its kin by every definition that published code uses, and where each is \
      seen.
      """)
  var ladder = false

  @Flag(help: "Print the ladder in Markdown.")
  var markdown = false

  func validate() throws {
    if markdown, !ladder { throw ValidationError("--markdown is for --ladder, which is absent.") }
    if ladder, json || csvFile != nil || perQuery != nil || !measures.areUsual {
      throw ValidationError(
        "--ladder has a list and a form of its own: it goes with --markdown and --threads only.")
    }
  }

  func run() throws {
    let set = try CodeSet(paths: paths, options: arrays.options)
    let csv = try csvFile.map {
      try OutputFile(option: "--csv", path: $0, inputs: set.files)
    }
    let queries = try perQuery.map {
      try OutputFile(option: "--per-query", path: $0, inputs: set.files)
    }
    if let csv, csv.path == queries?.path {
      throw ValidationError("--csv and --per-query name one file, \(csv.path); two are needed.")
    }
    let showsCurves = !measures.curveNames.isEmpty
    if ladder {
      return try StandardOutput.write(
        LadderTable.text(of: set, markdown: markdown, threads: measures.threadCount))
    }
    let evaluations = try set.tasks.map { task in
      try TaskEvaluation(task, of: set, measures, withCurves: json || showsCurves)
    }
    let text =
      if json {
        try EvaluationJSON(set: set, evaluations: evaluations).text
      } else {
        EvaluationTable(
          set: set, evaluations: evaluations, showsCurves: showsCurves,
          hasDatabaseOrder: measures.databaseOrder
        ).text
      }
    try csv?.write(EvaluationCSV.measures(evaluations))
    try queries?.write(EvaluationCSV.queries(evaluations))
    try StandardOutput.write(text)
  }
}
