public import HashingMethods
public import Retrieval

/// What a finished trial leaves behind: one JSON file, `Results/<experiment>/trials/<identifier>.json`.
///
/// Codes are kept, so that every measure can be computed again without training.
public struct TrialRecord: Sendable, Codable {
  /// Version of this file format.
  public static let currentFormat = 1

  /// Format of the file the record was read from.
  public var format = TrialRecord.currentFormat
  /// SHA-256 over data, split, method, version, code length and seed.
  public var identifier: String
  /// Who made the codes.
  public var subject: TrialSubject
  /// Code length K.
  public var bits: Int
  /// Seed of the trial's random streams.
  public var seed: UInt64
  /// The data set.
  public var dataset: DatasetProvenance
  /// The split.
  public var split: SplitProvenance
  /// Where and how it ran.
  public var run: RunProvenance
  /// Loss over training.
  public var learningCurve: [LearningCurvePoint]
  /// The codes.
  public var codes: TrialCodes
  /// Definition under which `results` were computed.
  public var measures: MeasureSpecification
  /// Measures for each task and each kind of database codes.
  public var results: [TaskResult]
}

/// Who made the codes of a trial: a method or a reference point.
public struct TrialSubject: Sendable, Codable, Hashable {
  /// `method`, or `reference` for chance and label-oracle codes.
  public enum Kind: String, Sendable, Codable, Hashable {
    case method, reference
  }

  /// Kind of the subject.
  public var kind: Kind
  /// Identifier such as `dcmh`, `random` or `label-oracle`.
  public var method: String
  /// Name in tables.
  public var displayName: String
  /// Name of the configuration.
  public var variant: String
  /// Fidelity to the paper; nil for reference points.
  public var fidelity: Fidelity?
  /// Name under which papers report it.
  public var reportedName: String?
  /// Version of the algorithm.
  public var algorithmVersion: Int
  /// All knobs as canonical JSON.
  public var configuration: String
}

/// The data set of a trial.
public struct DatasetProvenance: Sendable, Codable, Hashable {
  /// Name in the manifest, such as `wiki`.
  public var name: String
  /// SHA-256 of the file.
  public var digest: String
  /// Made-up modality, nil when all data are real.
  public var surrogate: String?
  /// Number of items.
  public var itemCount: Int
  /// Number of columns of the picture features.
  public var imageColumns: Int
  /// Number of columns of the text features.
  public var textColumns: Int
  /// Number of labels.
  public var labelCount: Int
  /// Further features that the file holds, in words; nil where there are none.
  public var furtherFeatures: String?
  /// What the loader warned of, with counts.
  public var warnings: [String]
}

/// The split of a trial.
public struct SplitProvenance: Sendable, Codable, Hashable {
  /// How it was drawn.
  public var rule: String
  /// SHA-256 over the three index lists.
  public var digest: String
  /// Number of queries.
  public var queryCount: Int
  /// Number of training items.
  public var trainingCount: Int
  /// Number of items searched.
  public var retrievalCount: Int
  /// Number of training items that are searched too.
  public var overlapCount: Int
}

/// Where and how a trial ran.
public struct RunProvenance: Sendable, Codable, Hashable {
  /// Version of Crossbit.
  public var version: String
  /// Name of the BLAS kernel set in use.
  public var blasCore: String
  /// Threads of BLAS.
  public var blasThreads: Int
  /// Instruction-set level of the Hamming kernels.
  public var simdLevel: String
  /// Name of the machine.
  public var host: String
  /// Start, ISO 8601 in UTC.
  public var started: String
  /// Wall-clock seconds.
  public var seconds: Double
  /// Processor seconds of all threads, which other programs on the machine hardly change; nil for
  /// records of earlier versions.
  public var processorSeconds: Double?
  /// Largest resident memory in bytes.
  public var peakMemoryBytes: Int
  /// What training and encoding took; nil for reference points and records of earlier versions.
  public var cost: TrainingCost?
}

/// What training and encoding took of a trial.
public struct TrainingCost: Sendable, Codable, Hashable {
  /// Wall-clock seconds of training.
  public var trainingSeconds: Double
  /// Number of training pairs.
  public var trainingPairs: Int
  /// Passes over the training pairs; nil where training has none.
  public var passes: Double?
  /// Wall-clock seconds of encoding, reading included.
  public var encodingSeconds: Double
  /// Pictures, texts and pairs encoded.
  public var encodedItems: Int
}

/// The codes of a trial; retrieval rows in database order.
public struct TrialCodes: Sendable, Codable {
  /// Queries, from their pictures.
  public var queryImage: BinaryCodes
  /// Queries, from their texts.
  public var queryText: BinaryCodes
  /// Retrieval set, from pictures.
  public var retrievalImage: BinaryCodes
  /// Retrieval set, from texts.
  public var retrievalText: BinaryCodes
  /// Retrieval set, from pairs, where the method has joint codes.
  public var retrievalPair: BinaryCodes?
}

/// How the items of the retrieval set are encoded.
public enum DatabaseCodes: String, Sendable, Codable, CaseIterable, Hashable {
  /// By the network of the answering modality: the usual protocol.
  case ownModality = "own-modality"
  /// By the network of pairs: a database item's code has seen the query's modality (DBRC papers).
  case joint
}

/// Measures of one task with one kind of database codes.
public struct TaskResult: Sendable, Codable, Hashable {
  /// The task.
  public var task: RetrievalTask
  /// Kind of database codes.
  public var databaseCodes: DatabaseCodes
  /// The measures.
  public var result: RetrievalResult
}
