public import CrossModalData
public import Retrieval

/// What is to be compared on which data: the whole of a manifest file.
///
/// Every combination of data set, split, method, code length and seed is one trial. Codes drawn at
/// random and codes made from the labels themselves are run beside the methods, so that every table
/// shows where chance lies and what a good code reaches.
///
/// ```swift
/// let wikiDBRH = Experiment("wiki-dbrh", summary: "Table II of Hu et al. 2019 on Wiki") {
///   Dataset(.wiki)
///   Method(.dbrh(.linear))
///   CodeLengths(16, 32, 64, 128)
///   Seeds(1...5)
/// }
/// ```
public struct Experiment: Sendable {
  /// Name on the command line and of the folder of results: lower-case letters, digits, hyphens.
  public let name: String
  /// One line that says what the experiment shows.
  public let summary: String
  /// File that declares the experiment, as messages name it.
  public let file: String
  /// The data sets, in the order given.
  public internal(set) var datasets: [DatasetReference] = []
  /// The methods, in the order given; without the reference points that every experiment carries.
  public internal(set) var methods: [Method] = []
  /// The code lengths K in bits, in the order given.
  public internal(set) var codeLengths: [Int] = []
  /// The seeds, in the order given.
  public internal(set) var seeds: [UInt64] = []
  /// How queries, training items and the retrieval set are chosen.
  public var splits: [SplitProtocol] { namedSplits.isEmpty ? [.stored("official")] : namedSplits }
  /// How the items of the retrieval set are encoded.
  public var databaseCodes: [DatabaseCodes] {
    namedDatabaseCodes.isEmpty ? [.ownModality] : namedDatabaseCodes
  }
  /// Which modality asks and which one answers.
  public var tasks: [RetrievalTask] { namedTasks.isEmpty ? Self.crossingTasks : namedTasks }
  /// What is measured besides mean average precision.
  public internal(set) var measures = MeasureSpecification()
  /// The knob that measures are plotted against, if any.
  public internal(set) var knobAxis: PlotAgainst?
  /// The papers' numbers that stand beside ours.
  public internal(set) var comparisons: [Comparison] = []

  var namedSplits: [SplitProtocol] = []
  var namedDatabaseCodes: [DatabaseCodes] = []
  var namedTasks: [RetrievalTask] = []
  /// What is wrong with measures named in words.
  var measureMistakes: [RetrievalError] = []

  /// The tasks that cross modalities: a picture finds texts, a text finds pictures.
  static let crossingTasks: [RetrievalTask] = [.imageToText, .textToImage]

  /// Declares an experiment.
  ///
  /// Mistakes are reported when the program starts to work on the experiment, all of them, before
  /// the first trial.
  ///
  /// - Parameters:
  ///   - name: Lower-case letters, digits and hyphens, unique among all experiments.
  ///   - summary: One line that says what the experiment shows.
  ///   - file: The declaring file; leave it to the compiler.
  ///   - clauses: Data sets, methods, code lengths, seeds and what is optional beside them.
  public init(
    _ name: String, summary: String = "", file: String = #fileID,
    @ExperimentBuilder clauses: () -> [any ExperimentClause]
  ) {
    self.name = name
    self.summary = summary
    self.file = file
    for clause in clauses() { clause.add(to: &self) }
  }
}
