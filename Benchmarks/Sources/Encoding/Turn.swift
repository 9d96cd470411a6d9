import Contest
import Crossbit
import Foundation

/// What a worker answers to `run`: the cost of one pass over the file.
struct Turn: Codable {
  /// Wall-clock seconds.
  let seconds: Double
  /// Processor seconds of all threads.
  let processorSeconds: Double
  /// Bits that are 1, for a comparison of the programs.
  let ones: Int
  /// Largest memory of the process's own after a block, in bytes.
  let anonymousBytes: Int
  /// Bytes read from disk.
  let diskBytes: Int
  /// Wall-clock seconds within products, where the program counts them.
  var secondsInProducts: Double?
}

/// Answers `run` on standard input, one JSON line each, until the input ends.
enum Worker {
  static func serve(path: String, _ shape: EncodingShape) throws {
    BLAS.configure(threads: 1)
    let network = EncodingNetwork(shape)
    let version = BLAS.configuration.split(separator: " ").prefix(2).joined(separator: " ")
    try answer(Introduction(name: "Crossbit", library: "\(version), \(BLAS.coreName)"))
    while let line = readLine() {
      guard line == "run" else { throw BenchmarkError("a worker takes `run`, not `\(line)`") }
      try answer(turn(path: path, network))
    }
  }

  /// One pass as a trial makes it: the file is opened, every picture becomes a packed code.
  private static func turn(path: String, _ network: EncodingNetwork) throws -> Turn {
    ProcessMemory.forget(path)
    let disk = try ProcessMemory.bytesReadFromDisk()
    let products = BLAS.secondsInProducts
    let processor = clock()
    let start = ContinuousClock.now
    var ones = 0
    var anonymous = 0
    let dataset = try CrossModalDataset(atPath: path)
    let pass = FeaturePass(
      over: Array(0..<dataset.itemCount), of: [dataset.features(.image)], blockRows: 1024)
    try pass.run { blocks, _ in
      let activations = network(blocks[0])
      let codes = try BinaryCodes(
        count: activations.rows, bits: activations.columns, activations: activations.elements)
      ones += codes.words.reduce(0) { $0 + $1.nonzeroBitCount }
      anonymous = max(anonymous, try ProcessMemory.anonymousBytes())
    }
    return Turn(
      seconds: (ContinuousClock.now - start) / .seconds(1),
      processorSeconds: Double(clock() - processor) / Double(CLOCKS_PER_SEC), ones: ones,
      anonymousBytes: anonymous, diskBytes: try ProcessMemory.bytesReadFromDisk() - disk,
      secondsInProducts: BLAS.secondsInProducts - products)
  }
}
