import Crossbit
import HammingKernels

/// The kernel under the evaluator and nothing else: histograms of distances, and of relevant items
/// by distance, over blocks of planes that are there already.
///
/// What the evaluator takes beyond this is making the blocks, and measuring histograms. The blocks
/// of one tile are gone over again and again, as the evaluator goes over them with many queries.
final class BareKernel {
  private let inputs: RetrievalInputs
  private let kernels: hamming_kernels
  /// Aligned to the lines of the cache, as the evaluator's are.
  private let blocks: UnsafeMutablePointer<UInt64>
  private let firstLabelPlane: Int
  private let planesPerBlock: Int
  private let blockCount: Int

  /// Items a block holds; the kernel's number.
  static let itemsPerBlock = 512
  /// The evaluator's tiles: so many bytes stay in the cache.
  private static let tileBytes = 600_000

  /// Makes the blocks of one tile; nil where codes are too long for the kernel.
  init?(_ inputs: RetrievalInputs) {
    let items = inputs.items
    guard items.bits <= Int(hamming_plane_bits_maximum) else { return nil }
    self.inputs = inputs
    kernels = hamming_kernels_at(Self.level)
    firstLabelPlane = hamming_first_label_plane(items.bits)
    planesPerBlock = firstLabelPlane + Setting.labelCount
    blockCount = min(items.count / Self.itemsPerBlock, Self.tileBytes / (planesPerBlock * 64))
    let wordCount = blockCount * planesPerBlock * 8
    blocks = UnsafeMutableRawPointer.allocate(byteCount: wordCount * 8, alignment: 64)
      .bindMemory(to: UInt64.self, capacity: wordCount)
    let labels = inputs.itemLabels
    items.words.withUnsafeBufferPointer { codeWords in
      labels.words.withUnsafeBufferPointer { labelWords in
        guard let codes = codeWords.baseAddress, let sets = labelWords.baseAddress else { return }
        for block in 0..<blockCount {
          let start = block * Self.itemsPerBlock
          kernels.make_block(
            codes + start * items.wordsPerCode, sets + start * labels.wordsPerItem,
            Self.itemsPerBlock, items.bits, labels.labelCount, blocks + block * planesPerBlock * 8)
        }
      }
    }
  }

  deinit { blocks.deallocate() }

  /// The highest level that runs here.
  static var level: hamming_level {
    let levels = [
      hamming_level_avx512, hamming_level_avx2, hamming_level_popcnt, hamming_level_scalar,
    ]
    return levels.first(where: hamming_level_is_supported) ?? hamming_level_scalar
  }

  /// Runs of eight distances, from a multiple of eight on, that hold an item of a block, on average
  /// over some queries and blocks.
  static func octetsPerBlock(_ inputs: RetrievalInputs) -> Double {
    let items = inputs.items
    let words = items.wordsPerCode
    let blocks = min(20, items.count / itemsPerBlock)
    let queries = min(20, inputs.queries.count)
    var octetCount = 0
    for query in 0..<queries {
      for block in 0..<blocks {
        var octets: Set<Int> = []
        for item in (block * itemsPerBlock)..<((block + 1) * itemsPerBlock) {
          let distance = (0..<words).reduce(0) {
            $0
              + (inputs.queries.words[query * words + $1] ^ items.words[item * words + $1])
              .nonzeroBitCount
          }
          octets.insert(distance / 8)
        }
        octetCount += octets.count
      }
    }
    return Double(octetCount) / Double(max(1, queries * blocks))
  }

  /// Counts all queries over as many blocks as the retrieval set has; the sum of the relevant
  /// counts is returned so that they are needed.
  func run() -> Int {
    let bits = inputs.items.bits
    let queries = (0..<inputs.queries.count).map(planeQuery)
    let rounds =
      (inputs.items.count + blockCount * Self.itemsPerBlock / 2)
      / (blockCount * Self.itemsPerBlock)
    var items = [UInt32](repeating: 0, count: bits + 1)
    var relevant = items
    for _ in 0..<max(1, rounds) {
      for query in queries {
        kernels.plane_histogram(
          blocks, blockCount, planesPerBlock, bits, query.flip, query.carries, query.labels,
          query.labels.count, &items, &relevant)
      }
    }
    return relevant.reduce(0) { $0 + Int($1) }
  }

  /// Pairs that `run` treats.
  var pairCount: Int {
    let perRound = blockCount * Self.itemsPerBlock
    return inputs.queries.count * perRound * max(1, (inputs.items.count + perRound / 2) / perRound)
  }

  private func planeQuery(
    _ query: Int
  ) -> (flip: UInt64, carries: [UInt32], labels: [UInt32]) {
    let codes = inputs.queries
    let start = query * codes.wordsPerCode
    var carries = [UInt32](repeating: 0, count: (codes.bits + 15) / 16 * 8)
    let code = Array(codes.words[start..<(start + codes.wordsPerCode)])
    let flip = hamming_query_carries(code, codes.bits, &carries)
    let labels = (0..<Setting.labelCount).filter { inputs.queryLabels.contains($0, item: query) }
    return (flip, carries, labels.map { UInt32((firstLabelPlane + $0) * 8) })
  }
}
