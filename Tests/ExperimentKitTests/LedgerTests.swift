import ExperimentKit
import Foundation
import Retrieval
import TestSupport
import Testing

@Suite("The ledger")
struct LedgerTests {
  private let experiment: Experiment
  private let plan: ExperimentPlan
  private let trial: Trial

  init() throws {
    experiment = sampleExperiment()
    plan = try ExperimentPlan(experiment, materials: [sampleMaterial()])
    trial = plan.trials[8]
  }

  private func withLedger(_ body: (Ledger) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try body(Ledger(results: "\(folder)/Results", experiment: experiment.name))
    }
  }

  private func state(_ ledger: Ledger, _ experiment: Experiment? = nil) throws -> String {
    switch try ledger.entry(for: trial, of: experiment ?? self.experiment) {
    case .missing: "missing"
    case .damaged: "damaged"
    case .outdated: "outdated"
    case .finished: "finished"
    }
  }

  @Test("gives a record back as it was written")
  func roundTrip() throws {
    try withLedger { ledger in
      #expect(try state(ledger) == "missing")
      let record = sampleRecord(of: trial, measures: experiment.measures)
      try ledger.write(record)
      let read = try #require(ledger.entry(for: trial, of: experiment).finishedRecord)
      #expect(try RecordFile.encode(read) == RecordFile.encode(record))
      #expect(read.codes.queryImage == record.codes.queryImage)
      #expect(read.results == record.results)
      #expect(read.learningCurve == record.learningCurve)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: ledger.folder)
          == ["\(trial.identifier).json"])
    }
  }

  @Test("keeps records as JSON that other programs can read")
  func json() throws {
    let data = try RecordFile.encode(sampleRecord(of: trial, measures: experiment.measures))
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["identifier"] as? String == trial.identifier)
    #expect((object["sha256"] as? String)?.count == 64)
  }

  @Test("notices a record that lost its end, wherever it was cut")
  func truncation() throws {
    let data = try RecordFile.encode(sampleRecord(of: trial, measures: experiment.measures))
    for length in 0..<data.count {
      #expect(throws: RecordFile.Damage.self) { try RecordFile.decode(data.prefix(length)) }
    }
  }

  @Test("notices a record with a changed bit, wherever it is")
  func alteration() throws {
    let data = try RecordFile.encode(sampleRecord(of: trial, measures: experiment.measures))
    var random = testStream("altered records")
    for position in data.indices {
      var altered = data
      altered[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      #expect(throws: RecordFile.Damage.self) { try RecordFile.decode(altered) }
    }
  }

  @Test("notices zeros and strangers in place of a record")
  func strangers() throws {
    try withLedger { ledger in
      try WholeFile.createFolder(ledger.folder)
      for content in [Data(), Data(count: 4096), Data("{}\n".utf8)] {
        try WholeFile.write(content, to: ledger.file(of: trial))
        #expect(try state(ledger) == "damaged")
      }
      var other = sampleRecord(of: plan.trials[9], measures: experiment.measures)
      try WholeFile.write(RecordFile.encode(other), to: ledger.file(of: trial))
      #expect(try state(ledger) == "damaged")
      // A record that claims the trial's name but was made from other facts.
      other.identifier = trial.identifier
      try WholeFile.write(RecordFile.encode(other), to: ledger.file(of: trial))
      #expect(try state(ledger) == "damaged")
      other = sampleRecord(of: trial, measures: experiment.measures)
      other.format += 1
      try WholeFile.write(RecordFile.encode(other), to: ledger.file(of: trial))
      #expect(try state(ledger) == "damaged")
    }
  }

  @Test("sets a damaged record aside without losing it")
  func settingAside() throws {
    try withLedger { ledger in
      try WholeFile.createFolder(ledger.folder)
      try WholeFile.write(Data("torn".utf8), to: ledger.file(of: trial))
      try ledger.setAside(trial)
      #expect(try state(ledger) == "missing")
      let kept = try String(contentsOfFile: ledger.file(of: trial) + ".damaged", encoding: .utf8)
      #expect(kept == "torn")
      // There is nothing to set aside any more, which is as good.
      #expect(throws: Never.self) { try ledger.setAside(trial) }
    }
  }

  @Test("calls a record outdated when measures or tasks have changed, never when only the grid has")
  func outdated() throws {
    try withLedger { ledger in
      try ledger.write(sampleRecord(of: trial, measures: experiment.measures))
      #expect(try state(ledger, sampleExperiment(bits: [8], seeds: [1, 7])) == "finished")
      #expect(try state(ledger, sampleExperiment(cutoffs: [1])) == "outdated")
      #expect(try state(ledger, sampleExperiment(measures: ["WAP"])) == "outdated")
      #expect(try state(ledger, sampleExperiment(curves: ["PR(rank,11)"])) == "outdated")
      for tasks: [RetrievalTask] in [[.imageToText], RetrievalTask.allCases] {
        #expect(try state(ledger, sampleExperiment(tasks: tasks)) == "outdated")
      }
      #expect(
        try state(ledger, sampleExperiment(tasks: [.textToImage, .imageToText])) == "finished")
      // Joint codes are asked for, but the record has none to measure.
      #expect(
        try state(ledger, sampleExperiment(databaseCodes: [.ownModality, .joint])) == "finished")
    }
  }

  @Test("gives a record the names of the manifest, whatever it was stored under")
  func renamed() throws {
    try withLedger { ledger in
      try ledger.write(sampleRecord(of: trial, measures: experiment.measures))
      let renamed = sampleExperiment(methods: [Method(.firstColumns(), named: "Mine")])
      let plan = try ExperimentPlan(renamed, materials: [sampleMaterial("other-file")])
      let record = try #require(ledger.entry(for: plan.trials[8], of: renamed).finishedRecord)
      #expect(record.subject.displayName == "Mine")
      #expect(record.dataset.name == "other-file")
    }
  }

  @Test("names the file that stands where the folder of results should")
  func fileInTheWay() throws {
    try withTemporaryFolder { folder in
      let file = "\(folder)/file"
      try Data().write(to: URL(filePath: file))
      for results in [file, "\(file)/deeper"] {
        let error = #expect(throws: StorageError.self) {
          try Ledger(results: results, experiment: experiment.name)
            .entry(for: trial, of: experiment)
        }
        #expect(error?.description == "\(file) cannot hold results: Not a directory.")
      }
    }
  }

  @Test("says which file cannot be read and why")
  func unreadable() throws {
    try withLedger { ledger in
      // A folder in the place of a file fails for every user, root included.
      try WholeFile.createFolder(ledger.file(of: trial))
      let error = #expect(throws: StorageError.self) {
        try ledger.entry(for: trial, of: experiment)
      }
      #expect(
        error?.description == "\(ledger.file(of: trial)) cannot be read: Is a directory.")
    }
  }
}
