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
    /// Intact codes whose measures or tasks are not those of the manifest any more.
    case outdated(TrialRecord)
    /// Everything that the manifest asks for, under the manifest's names.
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
    guard let data = try content(of: trial) else { return .missing }
    var record: TrialRecord
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
    // The identifier fixes the codes; what they are called is for the manifest to say.
    record.subject = trial.subject
    record.dataset.name = trial.material.dataset.name
    return record.answers(trial, of: experiment) ? .finished(record) : .outdated(record)
  }

  /// The bytes of a trial's file; nil when there is none.
  private func content(of trial: Trial) throws(StorageError) -> Data? {
    let path = file(of: trial)
    do {
      return try WholeFile.read(path)
    } catch  where error.code == ENOTDIR {
      // A file stands where a folder should: name that file and not the one asked for.
      let ends = path.indices.filter { path[$0] == "/" && $0 > path.startIndex }
      var isFolder: ObjCBool = false
      let obstacle = ends.map { String(path[..<$0]) }.first {
        FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder) && !isFolder.boolValue
      }
      throw StorageError(
        path: obstacle ?? path, failure: "cannot hold results", code: error.code)
    }
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
  /// Whether the record says all that the manifest asks of the trial.
  func answers(_ trial: Trial, of experiment: Experiment) -> Bool {
    measures == experiment.measures
      && Set(results.map(\.question))
        == Set(TaskQuestion.all(for: trial.coder, of: experiment, jointCodes: codes.hasJoint))
  }
}
