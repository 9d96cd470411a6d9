import ArrayFiles
import CrossModalData
import ExperimentKit
import Retrieval

/// The codes of a finished trial with the labels they are measured by.
struct StoredCodes {
  /// What the trial is, for people.
  let title: String
  /// Name of the record.
  let identifier: String
  private let files: [File]
  /// For each query the row of the retrieval set that is the query itself, −1 for none; nil where
  /// no query is searched.
  private let ownRows: [Int32]?

  /// One array as it is written.
  private struct File {
    let name: String
    let content: String
    let rows: Int
    let columns: Int
    let values: [UInt8]

    init(_ name: String, _ codes: BinaryCodes, _ content: String) {
      self.name = "\(name).npy"
      self.content = content
      rows = codes.count
      columns = codes.bits
      values = codes.zeroesAndOnes
    }

    init(_ name: String, _ labels: LabelSets, _ content: String) {
      self.name = "\(name).npy"
      self.content = content
      rows = labels.count
      columns = labels.labelCount
      values = labels.zeroesAndOnes
    }
  }

  /// Takes the codes from a trial's record and the labels from its data set.
  ///
  /// - Parameters:
  ///   - trial: The trial.
  ///   - record: Its record.
  ///   - dataFolder: Folder of the data sets' files.
  ///   - joint: Whether the retrieval set is taken as encoded from pairs.
  /// - Throws: ``StoredCodesProblem/noJointCodes(trial:)``, or the data set's error.
  init(of trial: Trial, _ record: TrialRecord, dataFolder: String, joint: Bool) throws {
    let dataset = try CrossModalDataset(trial.material.dataset, in: dataFolder)
    let split = try dataset.split(for: trial.material.split)
    let codes = record.codes
    var retrieval = [
      File("retrieval_image", codes.retrievalImage, "retrieval set, from its pictures"),
      File("retrieval_text", codes.retrievalText, "retrieval set, from its texts"),
    ]
    if joint {
      guard let pairs = codes.retrievalPair else {
        throw StoredCodesProblem.noJointCodes(trial: trial.title)
      }
      retrieval = ["retrieval_image", "retrieval_text"].map {
        File($0, pairs, "retrieval set, from its pairs of picture and text")
      }
    }
    let rows = Dictionary(zip(split.retrieval, split.retrieval.indices)) { first, _ in first }
    let isSearched = split.query.contains { rows[$0] != nil }
    ownRows = isSearched ? split.query.map { rows[$0].map { Int32($0) } ?? -1 } : nil
    title = trial.title
    identifier = record.identifier
    files =
      [
        File("query_image", codes.queryImage, "queries, from their pictures"),
        File("query_text", codes.queryText, "queries, from their texts"),
      ] + retrieval + [
        File("query_labels", dataset.labels.selecting(split.query), "labels of the queries"),
        File(
          "retrieval_labels", dataset.labels.selecting(split.retrieval),
          "labels of the retrieval set"),
      ]
  }

  /// Writes the arrays as NumPy files of 0 and 1, each whole or not at all.
  ///
  /// - Throws: `StorageError` or `DatasetError` when a file cannot be written.
  func write(to folder: String) throws {
    try WholeFile.createFolder(folder)
    for file in files {
      try NumPyFile.write(
        path: "\(folder)/\(file.name)", shape: [file.rows, file.columns], values: file.values)
    }
    if let ownRows {
      try NumPyFile.write(
        path: "\(folder)/query_rows.npy", shape: [ownRows.count], values: ownRows)
    }
  }

  /// The trial, then a line for each file.
  var lines: [String] {
    var table = AlignedColumns(sides: [.left, .left, .left])
    for file in files { table.append([file.name, "\(file.rows) × \(file.columns)", file.content]) }
    if let ownRows {
      table.append([
        "query_rows.npy", "\(ownRows.count)", "rows of the queries in the retrieval set",
      ])
    }
    return ["\(title) (\(identifier))"]
      + table.alignedLines
      + (ownRows == nil ? [] : ["I2I and T2T leave these rows out with --query-rows query_rows"])
  }
}

/// Why a trial has no codes to write.
enum StoredCodesProblem: Error, Equatable, CustomStringConvertible {
  /// There is no record yet.
  case notFinished(trial: String, experiment: String, index: Int)
  /// The record cannot be used.
  case damaged(path: String, reason: String, experiment: String)
  /// The method encodes no pairs.
  case noJointCodes(trial: String)

  /// One sentence that says what to do.
  var description: String {
    switch self {
    case .notFinished(let trial, let experiment, let index):
      "Trial \(index) of “\(experiment)” (\(trial)) is not finished, so it has no codes yet; "
        + "`crossbit trial \(experiment) \(index)` runs it."
    case .damaged(let path, let reason, let experiment):
      "The record \(path) is damaged: \(reason); `crossbit run \(experiment)` makes it again."
    case .noJointCodes(let trial):
      "The trial \(trial) has no codes of pairs, so --joint finds nothing; without it the codes of "
        + "the own modality are written."
    }
  }
}
