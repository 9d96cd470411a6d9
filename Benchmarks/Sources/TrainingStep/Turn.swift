import Contest
import Crossbit
import Foundation

/// What a worker answers to `check`: the losses of its first steps.
struct Check: Codable {
  let losses: [Double]
}

/// What a worker answers to `run`: the cost of a number of steps.
struct Turn: Codable {
  /// Wall-clock seconds of all steps.
  let seconds: Double
  /// Processor seconds of all steps; less than `seconds` when another program had the core.
  let processorSeconds: Double
  /// Loss of the last step; a loss that is not finite means that the numbers mean nothing.
  let loss: Double
  /// Wall-clock seconds within products, where the program counts them.
  var secondsInProducts: Double?
  /// Floating-point operations of products, where the program counts them.
  var operations: Double?
  /// Large buffers allocated, where the program counts them.
  var largeAllocations: Int?
}

/// Answers `check N` and `run N` on standard input, one JSON line each, until the input ends.
enum Worker {
  static func serve(_ shape: NetworkShape) throws {
    BLAS.configure(threads: 1)
    var step = TrainingStep(shape)
    let version = BLAS.configuration.split(separator: " ").prefix(2).joined(separator: " ")
    try answer(Introduction(name: "Crossbit", library: "\(version), \(BLAS.coreName)"))
    while let line = readLine() {
      let words = line.split(separator: " ")
      guard words.count == 2, let count = Int(words[1]), count > 0 else { throw unknown(line) }
      switch words[0] {
      case "check": try answer(Check(losses: (0..<count).map { _ in step.run() }))
      case "run": try answer(turn(count, &step))
      default: throw unknown(line)
      }
    }
  }

  private static func turn(_ count: Int, _ step: inout TrainingStep) -> Turn {
    let products = BLAS.secondsInProducts
    let operations = BLAS.operationsInProducts
    let processor = clock()
    let start = ContinuousClock.now
    var loss = 0.0
    let allocations = MatrixAllocations.counting {
      for _ in 0..<count { loss = step.run() }
    }
    return Turn(
      seconds: (ContinuousClock.now - start) / .seconds(1),
      processorSeconds: Double(clock() - processor) / Double(CLOCKS_PER_SEC), loss: loss,
      secondsInProducts: BLAS.secondsInProducts - products,
      operations: BLAS.operationsInProducts - operations, largeAllocations: allocations)
  }

  private static func unknown(_ line: String) -> BenchmarkError {
    BenchmarkError("a worker takes `check N` and `run N`, not `\(line)`")
  }
}
