import Crossbit
import HammingKernels

/// The kernel under the evaluator and nothing else: histograms of distances, and of relevant items
/// by distance, over bit planes that are there already.
///
/// What the evaluator takes beyond this is turning the retrieval set, and measuring histograms.
struct BareKernel {
  private let inputs: RetrievalInputs
  private let kernels: hamming_kernels
  private let planes: [UInt64]
  private let firstLabelPlane: Int
  private let planesPerBlock: Int
  private let blockCount: Int

  /// Items a block holds; the kernel's number.
  static let itemsPerBlock = 512
  /// The evaluator's loops: so many queries go over so many blocks, which stay in the cache.
  private static let queriesPerTile = 64
  private static let blocksPerTile = 32

  /// Turns the retrieval set; nil where codes are too long for the kernel.
  init?(_ inputs: RetrievalInputs) {
    let items = inputs.items
    guard items.bits <= Int(hamming_plane_bits_maximum) else { return nil }
    self.inputs = inputs
    kernels = hamming_kernels_at(Self.level)
    firstLabelPlane = (items.bits + 15) / 16 * 16
    planesPerBlock = firstLabelPlane + Setting.labelCount
    blockCount = (items.count + Self.itemsPerBlock - 1) / Self.itemsPerBlock
    var planes = [UInt64](repeating: 0, count: blockCount * planesPerBlock * 8)
    hamming_make_planes(items.words, items.count, items.bits, planesPerBlock, 0, &planes)
    hamming_make_planes(
      inputs.itemLabels.words, items.count, Setting.labelCount, planesPerBlock, firstLabelPlane,
      &planes)
    self.planes = planes
  }

  /// The highest level that runs here.
  static var level: hamming_level {
    let levels = [
      hamming_level_avx512, hamming_level_avx2, hamming_level_popcnt, hamming_level_scalar,
    ]
    return levels.first(where: hamming_level_is_supported) ?? hamming_level_scalar
  }

  /// Planes of labels that a query reads, on average.
  var labelPlanesPerQuery: Double {
    let total = (0..<inputs.queries.count).reduce(0) {
      $0 + inputs.queryLabels.cardinality(of: $1)
    }
    return Double(total) / Double(max(1, inputs.queries.count))
  }

  /// Counts all queries; the sum of the relevant counts is returned so that they are needed.
  func run() -> Int {
    let bits = inputs.items.bits
    let count = inputs.queries.count
    var total = 0
    for first in stride(from: 0, to: count, by: Self.queriesPerTile) {
      let queries = (first..<min(count, first + Self.queriesPerTile)).map(planeQuery)
      var items = [UInt32](repeating: 0, count: bits + 1)
      var relevant = items
      planes.withUnsafeBufferPointer { planes in
        for start in stride(from: 0, to: blockCount, by: Self.blocksPerTile) {
          let blocks = min(blockCount - start, Self.blocksPerTile)
          guard let address = planes.baseAddress else { continue }
          for query in queries {
            kernels.plane_histogram(
              address + start * planesPerBlock * 8, blocks, planesPerBlock, bits, query.flips,
              query.labels, query.labels.count, &items, &relevant)
          }
        }
      }
      total += relevant.reduce(0) { $0 + Int($1) }
    }
    return total
  }

  private func planeQuery(_ query: Int) -> (flips: [UInt64], labels: [UInt32]) {
    let codes = inputs.queries
    let flips = (0..<firstLabelPlane).map { bit -> UInt64 in
      let word = codes.words[query * codes.wordsPerCode + bit / 64]
      return bit < codes.bits && word >> UInt64(bit % 64) & 1 == 1 ? .max : 0
    }
    let labels = (0..<Setting.labelCount).filter { inputs.queryLabels.contains($0, item: query) }
    return (flips, labels.map { UInt32(firstLabelPlane + $0) })
  }
}
