import CrossModalData
import Foundation
import Retrieval

/// The finished trials of one experiment: one file each in `<results>/<experiment>/trials`.
package struct Ledger: Sendable {
  /// Folder of the records.
  package let folder: String

  /// Names the ledger of an experiment; touches no file.
  package init(results: String, experiment: String) {
    folder = "\(results)/\(experiment)/trials"
  }

  /// What the ledger holds for a trial.
  package enum Entry: Sendable {
    /// Nothing.
    case missing
    /// A file that is no intact record of this trial, and why.
    case damaged(String)
    /// Intact codes whose measures or names are not those of the manifest any more.
    case outdated(TrialRecord)
    /// Everything that the manifest asks for.
    case finished(TrialRecord)

    /// The record, when it is finished.
    package var finishedRecord: TrialRecord? {
      if case .finished(let record) = self { record } else { nil }
    }
  }

  /// Where the record of a trial lies.
  package func file(of trial: Trial) -> String {
    "\(folder)/\(trial.identifier).json"
  }

  /// Looks a trial up.
  ///
  /// - Throws: ``StorageError`` when a file is there and cannot be read.
  package func entry(for trial: Trial, of experiment: Experiment) throws(StorageError) -> Entry {
    guard let data = try WholeFile.read(file(of: trial)) else { return .missing }
    let record: TrialRecord
    do {
      record = try RecordFile.decode(data)
    } catch {
      return .damaged(error.description)
    }
    guard
      record.identifier == trial.identifier,
      TrialIdentity(of: record).identifier == trial.identifier
    else {
      return .damaged("it is the record of \(record.identifier)")
    }
    return record.answers(trial, of: experiment) ? .finished(record) : .outdated(record)
  }

  /// Writes a record, whole or not at all.
  ///
  /// - Throws: ``StorageError``.
  package func write(_ record: TrialRecord) throws {
    try WholeFile.createFolder(folder)
    try WholeFile.write(
      RecordFile.encode(record), to: "\(folder)/\(record.identifier).json")
  }

  /// Sets a damaged record aside under `<name>.json.damaged`, where it disturbs nothing.
  ///
  /// - Throws: ``StorageError``.
  package func setAside(_ trial: Trial) throws(StorageError) {
    let path = file(of: trial)
    guard rename(path, path + ".damaged") == 0 || errno == ENOENT else {
      throw StorageError(path: path, failure: "cannot be set aside", code: errno)
    }
  }
}

extension TrialRecord {
  /// Whether the record says all that the manifest asks of the trial, under its present names.
  func answers(_ trial: Trial, of experiment: Experiment) -> Bool {
    subject == trial.subject && measures == experiment.measures
      && dataset.name == trial.material.dataset.name
      && Set(results.map(\.question))
        == Set(TaskQuestion.all(for: trial.coder, of: experiment, jointCodes: codes.hasJoint))
  }
}
