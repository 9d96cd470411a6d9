public import CrossModalData
public import HashingMethods
public import Retrieval

/// Names a data set; several clauses make several data sets.
public struct Dataset: ExperimentClause {
  private let reference: DatasetReference

  /// Names a data set: `Dataset(.wiki)`, or a file of your own, `Dataset(.file("flowers"))`.
  public init(_ reference: DatasetReference) {
    self.reference = reference
  }

  /// Adds the data set.
  public func add(to experiment: inout Experiment) {
    experiment.datasets.append(reference)
  }
}

/// Names a method with its knobs; several clauses make several methods.
public struct Method: ExperimentClause {
  /// The method and its knobs.
  public let variant: MethodVariant
  /// Name in tables.
  public let displayName: String
  /// Place on the axis of ``PlotAgainst``, if it has one.
  public let position: Double?

  /// Names a method.
  ///
  /// - Parameters:
  ///   - variant: The method with its knobs, such as `.dbrh(.linear)`.
  ///   - displayName: Name in tables instead of the method's own; codes do not depend on it.
  ///   - position: Place on the axis of ``PlotAgainst``, such as the knob that is varied.
  public init(
    _ variant: MethodVariant, named displayName: String? = nil, at position: Double? = nil
  ) {
    self.variant = variant
    self.displayName = displayName ?? variant.description.displayName
    self.position = position
  }

  /// Adds the method.
  public func add(to experiment: inout Experiment) {
    experiment.methods.append(self)
  }
}

/// Plots every measure against a knob: `PlotAgainst("δ in bits", marking: 4...8)`.
///
/// Methods stand at the places that they name, `Method(…, at: 5)`; those without a place are left
/// out, and each code length is a line.
public struct PlotAgainst: ExperimentClause {
  /// Name of the axis.
  public let label: String
  /// Part of the axis that is marked, such as where theory sees the best.
  public let marked: ClosedRange<Double>?

  /// Names the axis.
  ///
  /// - Parameters:
  ///   - label: Name of the axis with its unit.
  ///   - marked: Part of the axis to mark.
  public init(_ label: String, marking marked: ClosedRange<Double>? = nil) {
    self.label = label
    self.marked = marked
  }

  /// Sets the axis.
  public func add(to experiment: inout Experiment) {
    experiment.knobAxis = self
  }
}

/// Names the code lengths K, in bits: 1 … 4096.
public struct CodeLengths: ExperimentClause {
  private let bits: [Int]

  /// Names code lengths one by one: `CodeLengths(16, 32, 64)`.
  public init(_ bits: Int...) {
    self.bits = bits
  }

  /// Names the code lengths of a sequence.
  public init(_ bits: some Sequence<Int>) {
    self.bits = Array(bits)
  }

  /// Adds the code lengths.
  public func add(to experiment: inout Experiment) {
    experiment.codeLengths += bits
  }
}

/// Names the seeds: each gives one trial with its own randomness.
public struct Seeds: ExperimentClause {
  private let seeds: [UInt64]

  /// Names seeds one by one: `Seeds(1, 2, 3)`.
  public init(_ seeds: UInt64...) {
    self.seeds = seeds
  }

  /// Names the seeds of a sequence: `Seeds(1...5)`.
  public init(_ seeds: some Sequence<UInt64>) {
    self.seeds = Array(seeds)
  }

  /// Adds the seeds.
  public func add(to experiment: inout Experiment) {
    experiment.seeds += seeds
  }
}

/// Names a split of every data set; without the clause the stored split `official` is used.
public struct Split: ExperimentClause {
  private let split: SplitProtocol

  /// Names a split: `Split(.stored("official"))`, or a seeded draw.
  public init(_ split: SplitProtocol) {
    self.split = split
  }

  /// Adds the split.
  public func add(to experiment: inout Experiment) {
    experiment.namedSplits.append(split)
  }
}

/// Says how the items of the retrieval set are encoded; by their own modality without the clause.
///
/// `.joint` is measured for methods that have a code for pairs and left out for the others.
public struct EncodeDatabase: ExperimentClause {
  private let kinds: [DatabaseCodes]

  /// Names one kind or both: `EncodeDatabase(.ownModality, .joint)`.
  public init(_ kinds: DatabaseCodes...) {
    self.kinds = kinds
  }

  /// Adds the kinds.
  public func add(to experiment: inout Experiment) {
    experiment.namedDatabaseCodes += kinds
  }
}

/// Names the tasks; a picture finds texts and a text finds pictures without the clause.
///
/// Joint database codes are a protocol of these two; a task inside one modality, such as
/// `.imageToImage`, is measured against codes of the own modality only, and a query that is searched
/// too is left out of its own ranking there.
public struct Tasks: ExperimentClause {
  private let tasks: [RetrievalTask]

  /// Names tasks one by one: `Tasks(.imageToText, .textToImage, .imageToImage, .textToText)`.
  public init(_ tasks: RetrievalTask...) {
    self.tasks = tasks
  }

  /// Names the tasks of a sequence: `Tasks(RetrievalTask.allCases)`.
  public init(_ tasks: some Sequence<RetrievalTask>) {
    self.tasks = Array(tasks)
  }

  /// Adds the tasks.
  public func add(to experiment: inout Experiment) {
    experiment.namedTasks += tasks
  }
}
