import Foundation
import TestSupport
import Testing

@testable import ExperimentKit

@Suite("A file that appears whole or not at all")
struct WholeFileTests {
  private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test("replaces an older one", arguments: [0, 1, 4095, 4096, 4097, 1 << 20])
  func replaces(byteCount: Int) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/file"
      try WholeFile.write(Data("old".utf8), to: path)
      let data = Data((0..<byteCount).map { UInt8(truncatingIfNeeded: $0 * 7) })
      try WholeFile.write(data, to: path)
      #expect(try Data(contentsOf: URL(filePath: path)) == data)
      #expect(try names(in: folder) == ["file"])
    }
  }

  @Test("leaves nothing behind when it cannot be put in place")
  func failure() throws {
    try withTemporaryFolder { folder in
      try WholeFile.createFolder("\(folder)/taken/inside")
      let error = #expect(throws: StorageError.self) {
        try WholeFile.write(Data("new".utf8), to: "\(folder)/taken")
      }
      #expect(error?.description == "\(folder)/taken cannot be written: Is a directory.")
      #expect(try names(in: folder) == ["taken"])
      #expect(throws: StorageError.self) {
        try WholeFile.write(Data(), to: "\(folder)/absent/file")
      }
    }
  }

  @Test("cannot lie in a folder below a file")
  func folderBelowFile() throws {
    try withTemporaryFolder { folder in
      try WholeFile.write(Data(), to: "\(folder)/file")
      let error = #expect(throws: StorageError.self) {
        try WholeFile.createFolder("\(folder)/file/below")
      }
      #expect(error?.description == "\(folder)/file/below cannot be created: Not a directory.")
    }
  }

  @Test("says how to go on when the space has run out", arguments: [ENOSPC, EDQUOT, EFBIG])
  func outOfSpace(code: Int32) {
    let error = StorageError(path: "f", failure: "cannot be written", code: code)
    #expect(error.isOutOfSpace)
    #expect(error.description.contains("free some space and run the experiment again"))
    #expect(!StorageError(path: "f", failure: "", code: EACCES).isOutOfSpace)
  }

  @Test("is cleaned up after a killed writer, not under a living one")
  func abandoned() throws {
    try withTemporaryFolder { folder in
      try Data("torn".utf8).write(to: URL(filePath: "\(folder)/.a.json.1.partial"))
      try Data("living".utf8).write(to: URL(filePath: "\(folder)/.b.json.2.partial"))
      try Data("kept".utf8).write(to: URL(filePath: "\(folder)/c.json"))
      let writer = open("\(folder)/.b.json.2.partial", O_RDWR)
      #expect(flock(writer, LOCK_EX) == 0)
      #expect(WholeFile.removeAbandoned(in: folder) == 1)
      #expect(try names(in: folder) == [".b.json.2.partial", "c.json"])
      close(writer)
      #expect(WholeFile.removeAbandoned(in: folder) == 1)
      #expect(try names(in: folder) == ["c.json"])
      #expect(WholeFile.removeAbandoned(in: "\(folder)/absent") == 0)
    }
  }
}

@Suite("The lock of an experiment")
struct ExperimentLockTests {
  @Test("is held by one run at a time and says by whom")
  func exclusive() throws {
    try withTemporaryFolder { folder in
      let ledger = Ledger(results: folder, experiment: "locked")
      let lock = try ExperimentLock(ledger: ledger, experiment: "locked")
      let error = #expect(throws: ExperimentInUse.self) {
        try ExperimentLock(ledger: ledger, experiment: "locked")
      }
      #expect(
        error?.description
          == "Experiment “locked” is being run by process \(getpid()) on "
          + "\(ComputeEnvironment.host); wait for it to finish or stop it first.")
      // Other experiments are not concerned.
      try ExperimentLock(ledger: Ledger(results: folder, experiment: "b"), experiment: "b")
        .release()
      lock.release()
      try ExperimentLock(ledger: ledger, experiment: "locked").release()
    }
  }
}
