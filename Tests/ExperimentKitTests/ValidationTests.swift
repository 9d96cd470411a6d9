import CrossModalData
import ExperimentKit
import HashingMethods
import ReportedNumbers
import Retrieval
import Testing

@Suite("The validation of a manifest")
struct ValidationTests {
  private func sentences(of experiment: Experiment) -> [String] {
    do {
      try experiment.validate()
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }

  private func expect(
    _ experiment: Experiment, says complaint: String, location: SourceLocation = #_sourceLocation
  ) {
    #expect(
      sentences(of: experiment) == [
        "\(experiment.file): experiment “\(experiment.name)” \(complaint)."
      ], sourceLocation: location)
  }

  @Test("accepts a manifest without mistakes")
  func accepts() {
    #expect(sentences(of: sampleExperiment()).isEmpty)
  }

  @Test("accepts slugs", arguments: ["a", "wiki-dbrh", "25k", "a-1-b"])
  func goodNames(name: String) {
    #expect(sentences(of: sampleExperiment(name)).isEmpty)
  }

  @Test(
    "refuses names that are no slugs",
    arguments: ["", "-", "-a", "a-", "a--b", "Wiki", "a b", "a/b", "..", "ä", "a_b"])
  func badNames(name: String) {
    expect(
      sampleExperiment(name),
      says: "needs a name of lower-case letters, digits and single hyphens, such as wiki-dbrh")
  }

  @Test("names everything that is missing at once")
  func missing() {
    #expect(
      sentences(of: Experiment("empty", file: "E/E.swift") {})
        == [
          ("data set", "Dataset"), ("method", "Method"), ("code length", "CodeLengths"),
          ("seed", "Seeds"),
        ].map { "E/E.swift: experiment “empty” names no \($0); add \($1)(…)." })
  }

  @Test("refuses code lengths outside 1 … 4096", arguments: [Int.min, -1, 0, 4097, Int.max])
  func codeLengths(bits: Int) {
    expect(
      sampleExperiment(bits: [16, bits]),
      says: "asks for codes of \(bits) bits; a code length lies between 1 and 4096 bits")
  }

  @Test("refuses a place on an axis that is no number", arguments: [Double.nan, .infinity])
  func places(place: Double) {
    let experiment = Experiment("placed") {
      Dataset(.file("sample"))
      Method(.firstColumns(), at: place)
      CodeLengths(8)
      Seeds(1)
      PlotAgainst("a knob")
    }
    expect(
      experiment,
      says: "puts First columns plain at \(place) on the axis of PlotAgainst; a place is a finite "
        + "number")
  }

  @Test("accepts the shortest and the longest code length")
  func extremeCodeLengths() {
    #expect(sentences(of: sampleExperiment(bits: [1, 4096])).isEmpty)
  }

  @Test("refuses what stands twice, once for each value")
  func repetitions() {
    func complaint(_ what: String, _ value: String) -> String {
      "names the \(what) \(value) twice; remove one of them"
    }
    expect(sampleExperiment(bits: [8, 16, 8, 8]), says: complaint("code length", "8"))
    expect(sampleExperiment(seeds: [3, 3]), says: complaint("seed", "3"))
    expect(sampleExperiment(cutoffs: [5, 1, 5]), says: complaint("cut-off", "5"))
    expect(
      sampleExperiment(databaseCodes: [.joint, .joint]),
      says: complaint("kind of database codes", "joint"))
    expect(
      sampleExperiment(tasks: [.imageToText, .textToText, .imageToText]),
      says: complaint("task", "I→T"))
    expect(
      sampleExperiment(measures: ["WAP", "NDCG@5", "WAP"]), says: complaint("measure", "WAP"))
    // P@5 of the list of cut-offs is the same number as P@5 by name.
    expect(
      sampleExperiment(cutoffs: [5], measures: ["P@5"]), says: complaint("measure", "P@5"))
    expect(
      sampleExperiment(curves: ["PR(rank,11)", "PR(rank,11)"]),
      says: complaint("curve", "PR(rank,11)"))
    expect(
      sampleExperiment(methods: [Method(.firstColumns()), Method(.firstColumns(), named: "B")]),
      says: complaint("method", "First columns plain"))
    expect(
      Experiment("twice") {
        Dataset(.wiki)
        Dataset(.wiki)
        Method(.firstColumns())
        CodeLengths(8)
        Seeds(1)
      }, says: complaint("data set", "wiki"))
    expect(
      Experiment("twice") {
        Dataset(.wiki)
        Method(.firstColumns())
        CodeLengths(8)
        Seeds(1)
        Split(.random(queryCount: 5, trainingCount: 7, seed: 1))
        Split(.random(queryCount: 5, trainingCount: 7, seed: 1))
      }, says: complaint("split", "random (5 queries, 7 for training, seed 1)"))
  }

  @Test("refuses methods that tables could not tell apart")
  func sameNames() {
    expect(
      sampleExperiment(methods: [Method(.firstColumns(knob: 1)), Method(.firstColumns(knob: 2))]),
      says: "has two methods called “First columns plain” with different knobs; "
        + "tell them apart with named:")
    #expect(
      sentences(
        of: sampleExperiment(methods: [
          Method(.firstColumns(knob: 1)), Method(.firstColumns(knob: 2), named: "Second"),
        ])
      ).isEmpty)
  }

  @Test("refuses cut-offs below 1", arguments: [0, -5])
  func cutoffs(k: Int) {
    expect(
      sampleExperiment(cutoffs: [k]),
      says: "asks for the precision of the first \(k) items; a cut-off is at least 1")
  }

  @Test(
    "refuses names of no measure and of no curve",
    arguments: ["NDGC@5", "mAP@50", "P@", "lookup(r=2)", "PR(rank,11)", ""])
  func measureNames(name: String) {
    expect(
      sampleExperiment(measures: ["WAP", name]),
      says: "has a wrong name in Measures { … }: "
        + "\(RetrievalError.unknownMeasure(name).description.dropLast())")
    expect(
      sampleExperiment(curves: [name + "?"]),
      says: "has a wrong name in Measures { … }: "
        + "\(RetrievalError.unknownCurve(name + "?").description.dropLast())")
  }

  @Test("refuses tasks inside one modality when only joint database codes are asked for")
  func tasksWithoutCodes() {
    let tasks: [RetrievalTask] = [.imageToText, .imageToImage, .textToText]
    expect(
      sampleExperiment(databaseCodes: [.joint], tasks: tasks),
      says: "asks for I→I and T→T, which joint database codes do not answer; add .ownModality to "
        + "EncodeDatabase(…)")
    #expect(
      sentences(of: sampleExperiment(databaseCodes: [.joint, .ownModality], tasks: tasks)).isEmpty)
  }

  @Test("refuses comparisons that no number of ours could be held against")
  func comparisons() {
    func experiment(_ datasets: [DatasetReference], _ comparison: Comparison) -> Experiment {
      Experiment("compared") {
        for dataset in datasets { Dataset(dataset) }
        Method(.firstColumns())
        CodeLengths(8)
        Seeds(1)
        CompareWith(comparison)
      }
    }
    let table = ReportedTable.dbrcTMM2019TableII
    #expect(sentences(of: experiment([.wiki], .reported(table, dataset: "Wiki"))).isEmpty)
    expect(
      experiment([.wiki], .reported(table, dataset: "Wikipedia")),
      says: "compares with “Wikipedia” in \(table.rawValue), which reports "
        + ReportedLibrary.datasets(in: table).joined(separator: ", "))
    let unclear =
      "compares with \(table.rawValue) without saying for which of its data sets; add for: with "
      + "one of "
    expect(
      experiment([.wiki, .mscoco], .reported(table, dataset: "Wiki")),
      says: unclear + "wiki, mscoco")
    expect(
      experiment([.wiki], .reported(table, dataset: "Wiki", for: .mscoco)), says: unclear + "wiki")
  }

  @Test("is about the names of all experiments, too")
  func catalogue() throws {
    let first = Experiment("same", file: "E/First.swift") {}
    let second = Experiment("same", file: "E/Second.swift") {}
    let error = #expect(throws: InvalidManifest.self) {
      try ExperimentCatalogue([first, second])
    }
    #expect(
      error?.description
        == "E/Second.swift: experiment “same” has the name of another experiment in "
        + "E/First.swift; give one of them another name.")
    let catalogue = try ExperimentCatalogue([first, sampleExperiment("other")])
    #expect(try catalogue.experiment(named: "other").name == "other")
    let unknown = #expect(throws: UnknownExperiment.self) {
      try catalogue.experiment(named: "third")
    }
    #expect(
      unknown?.description == "There is no experiment “third”; there are same, other.")
  }
}
