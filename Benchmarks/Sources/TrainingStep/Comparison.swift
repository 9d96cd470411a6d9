import Contest

/// The turns of all contenders on one network.
struct Comparison {
  /// One row of the table: a contender and its turns, round by round.
  struct Entry {
    let introduction: Introduction
    let isPeer: Bool
    var turns: [Turn] = []
  }

  let shape: NetworkShape
  private(set) var entries: [Entry]
  /// Largest relative difference between the losses of the checked steps.
  let lossDifference: Double

  /// Runs the contenders in turn: Crossbit with the kernels that OpenBLAS chooses, the peer, and
  /// Crossbit with the kernels that the environment asks for, where it does.
  ///
  /// Neighbouring turns meet the same neighbours on a shared machine, so their ratio is steadier
  /// than either time.
  init(_ shape: NetworkShape, rounds: Int, peer: [String]?) throws {
    self.shape = shape
    let own = [CommandLine.arguments[0], "--worker", shape.name]
    var contenders = [try Contender(own, without: BLASCore.variable)]
    if let peer { contenders.append(try Contender(peer + shape.widths.map(String.init))) }
    if BLASCore.exported != nil { contenders.append(try Contender(own)) }
    defer { for contender in contenders { contender.finish() } }
    entries = contenders.enumerated().map { index, contender in
      Entry(introduction: contender.introduction, isPeer: peer != nil && index == 1)
    }

    // The first steps compare the losses and take the large allocations.
    let losses = try contenders.map {
      try $0.ask("check \(Setting.checkedSteps)", for: Check.self).losses
    }
    let differences = losses.dropFirst().flatMap { other in
      zip(losses[0], other).map { abs(($0 - $1) / $0) }
    }
    guard differences.allSatisfy({ $0 <= Setting.lossTolerance }) else {
      throw BenchmarkError(
        "the programs do different work on \(shape.layers): their first losses are \(losses)")
    }
    lossDifference = differences.max() ?? 0

    for _ in 0..<rounds {
      for (index, contender) in contenders.enumerated() {
        let turn = try contender.ask("run \(shape.stepsPerTurn)", for: Turn.self)
        guard turn.loss.isFinite else {
          throw BenchmarkError("the loss of \(contender.introduction.name) became \(turn.loss)")
        }
        entries[index].turns.append(turn)
      }
    }
  }

  /// The median over rounds of the peer's cost over this entry's, or nil without a peer.
  func speedup(of entry: Entry, by cost: (Turn) -> Double) -> Double? {
    guard let peer = entries.first(where: \.isPeer) else { return nil }
    return median(zip(entry.turns, peer.turns).map { cost($1) / cost($0) })
  }
}
