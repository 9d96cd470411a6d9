import Contest
import Crossbit
import Foundation
import HammingKernels

/// The Swift worker: answers questions about one problem until its input ends.
enum Worker {
  static func serve(_ shape: RetrievalShape, bits: Int) throws {
    let inputs = RetrievalInputs(shape, bits: bits)
    let kernel = BareKernel(inputs)
    try answer(Introduction(name: "Crossbit", library: ""))
    while let line = readLine() {
      let words = line.split(separator: " ").map(String.init)
      switch (words.first, words.count) {
      case ("facts", 1): try answer(facts(inputs))
      case ("check", 2):
        let result = try inputs.result(queries: Int(words[1]), databaseOrder: true)
        try answer(
          Check(meanAveragePrecision: result.meanAveragePrecision.databaseOrder ?? .nan))
      case ("run", 3): try answer(turn(words[1], inputs, kernel))
      default: throw BenchmarkError("a worker takes `facts`, `check` and `run`, not `\(line)`")
      }
    }
  }

  /// All queries, as often as fills a turn.
  private static func turn(
    _ name: String, _ inputs: RetrievalInputs, _ kernel: BareKernel?
  ) throws -> Turn {
    let memory = try ResidentMemory.startingPeak()
    let processor = clock()
    let start = ContinuousClock.now
    var runs = 0.0
    var seconds = 0.0
    repeat {
      switch name {
      case "expected": _ = try inputs.result(databaseOrder: false)
      case "threads": _ = try inputs.result(databaseOrder: false, threads: 2)
      case "database": _ = try inputs.result(databaseOrder: true)
      case "kernel":
        guard let kernel, kernel.run() > 0 else {
          throw BenchmarkError("the kernel takes no codes of \(inputs.items.bits) bits")
        }
      default: throw BenchmarkError("a worker runs no `\(name)`")
      }
      runs += 1
      seconds = (ContinuousClock.now - start) / .seconds(1)
    } while seconds < Setting.secondsPerTurn
    // The bare kernel goes over whole tiles, so its pairs are not quite those of the shape.
    if name == "kernel", let kernel {
      runs *= Double(kernel.pairCount) / Double(inputs.queries.count * inputs.items.count)
    }
    return Turn(
      seconds: seconds / runs,
      processorSeconds: Double(clock() - processor) / Double(CLOCKS_PER_SEC) / runs,
      memory: Turn.Memory(before: memory, peak: try ResidentMemory.peak()))
  }

  private static func facts(_ inputs: RetrievalInputs) throws -> Facts {
    let words =
      inputs.queries.words.count + inputs.queryLabels.words.count + inputs.items.words.count
      + inputs.itemLabels.words.count
    let labels = (0..<inputs.queries.count).map { inputs.queryLabels.cardinality(of: $0) }
    // The pooled precision of the ball that holds everything.
    let share = try inputs.result(queries: 200, databaseOrder: false).precisionRecall.last?
      .precision
    return Facts(
      inputBytes: words * 8,
      labelsPerQuery: Double(labels.reduce(0, +)) / Double(max(1, labels.count)),
      relevantShare: share ?? 0, octetsPerBlock: BareKernel.octetsPerBlock(inputs),
      gigahertz: ClockRate.gigahertz(),
      vectorBits: BareKernel.level == hamming_level_avx512
        ? 512 : BareKernel.level == hamming_level_avx2 ? 256 : 64)
  }
}

/// The clock of the core that runs this.
enum ClockRate {
  /// Clock in GHz, the highest of a hundred tries, each shorter than a time slice.
  ///
  /// A step shifts, exclusive-ors and multiplies what the step before gave: 1 + 1 + 3 cycles on
  /// AMD's and Intel's cores since 2013.
  static func gigahertz() -> Double {
    let steps = 200_000
    var fastest = Double.infinity
    var value = UInt64(steps)
    for _ in 0..<100 {
      let start = ContinuousClock.now
      for _ in 0..<steps { value = (value ^ (value >> 29)) &* 0xbf58_476d_1ce4_e5b9 }
      fastest = min(fastest, (ContinuousClock.now - start) / .nanoseconds(1))
    }
    // The chain must be needed: the value is a part of the result that changes nothing.
    return Double(5 * steps) / fastest + (value == 0 ? .ulpOfOne : 0)
  }
}
