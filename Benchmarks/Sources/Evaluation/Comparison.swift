import Contest
import Foundation

/// The turns of all programs on one shape and code length.
struct Comparison {
  /// One row: a program and its turns, round by round.
  struct Entry {
    let program: Program
    let queryCount: Int
    /// Nanoseconds a query–item pair, round by round.
    var nanoseconds: [Double] = []
    /// Processor nanoseconds a pair, round by round.
    var processorNanoseconds: [Double] = []
    /// The largest peak of resident memory over what was resident before.
    var addedBytes = 0
  }

  let shape: RetrievalShape
  let bits: Int
  let facts: Facts
  let peer: Introduction?
  private(set) var entries: [Entry]
  /// Difference of the checked mAP between Crossbit and the peer, or nil without one.
  let checkDifference: Double?

  /// Runs the programs in turn, so that neighbours in a round meet the same machine.
  ///
  /// Without a command for the Python worker, `peer`, its programs are left out.
  ///
  /// - Throws: ``BenchmarkError`` when a worker fails or the programs do different work.
  init(
    _ shape: RetrievalShape, bits: Int, programs: [Program], rounds: Int, peer: [String]?
  ) throws {
    self.shape = shape
    self.bits = bits
    let size = ["\(shape.queryCount)", "\(shape.itemCount)", "\(bits)"]
    let own = try Contender([CommandLine.arguments[0], "--worker"] + size)
    defer { own.finish() }
    let folder = FileManager.default.temporaryDirectory
      .appending(component: "crossbit-evaluation-\(ProcessInfo.processInfo.processIdentifier)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let other = try peer.map { command in
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try RetrievalInputs(shape, bits: bits).write(to: folder)
      return try Contender(command + [folder.path, "\(bits)", "\(Setting.secondsPerTurn)"])
    }
    defer { other?.finish() }
    self.peer = other?.introduction
    facts = try own.ask("facts", for: Facts.self)

    checkDifference = try other.map { other in
      let question = "check \(Setting.checkedQueries)"
      let ours = try own.ask(question, for: Check.self).meanAveragePrecision
      let theirs = try other.ask(question, for: Check.self).meanAveragePrecision
      guard abs(ours - theirs) <= Setting.checkTolerance else {
        throw BenchmarkError(
          "the programs do different work on \(shape.name) at \(bits) bits: mAP@all in database "
            + "order is \(ours) and \(theirs)")
      }
      return abs(ours - theirs)
    }

    entries = programs.filter { !$0.isPeer || other != nil }
      .map { Entry(program: $0, queryCount: $0.queryCount(shape)) }
    for _ in 0..<rounds {
      for index in entries.indices {
        let entry = entries[index]
        let worker = entry.program.isPeer ? other ?? own : own
        let turn = try worker.ask(
          "run \(entry.program.name) \(entry.queryCount)", for: Turn.self)
        let scale = 1e9 / Double(entry.queryCount) / Double(shape.itemCount)
        entries[index].nanoseconds.append(turn.seconds * scale)
        entries[index].processorNanoseconds.append(turn.processorSeconds * scale)
        if let memory = turn.memory {
          entries[index].addedBytes = max(entry.addedBytes, memory.peak - memory.before)
        }
      }
    }
  }

  /// The entry of a program, or nil where it was left out.
  func entry(_ name: String) -> Entry? { entries.first { $0.program.name == name } }

  /// The median over rounds of an entry's time over that of Crossbit.
  func ratio(_ entry: Entry) -> Double {
    median(zip(entry.nanoseconds, entries[0].nanoseconds).map { $0 / $1 })
  }
}
