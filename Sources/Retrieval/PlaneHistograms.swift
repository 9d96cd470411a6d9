import HammingKernels

/// Counts the histograms of many queries from a retrieval set that is turned on its side: one plane
/// of bits for each label and, instead of the bits of the codes, for the first adders over them.
///
/// A kernel then treats 512 items at once and counts histograms without a step for each item. What
/// it cannot give is the order of the database. The planes are made tile by tile, for all queries
/// that are asked for together, so they take no memory to speak of.
struct PlaneHistograms: Sendable {
  private let codes: BinaryCodes
  private let labels: LabelSets
  private let kernels: hamming_kernels
  private let firstLabelPlane: Int
  private let planesPerBlock: Int

  private static let itemsPerBlock = 512

  /// Queries that are best asked for together: enough to make the planes worth their while, few
  /// enough for their histograms to take 2 MB at 64 bits.
  static let queriesAtOnce = 4096

  /// Bytes of a tile, which stays in the second-level cache while all queries go over it.
  private static let tileBytes = 600_000

  /// Prepares a retrieval set; nil where codes are too long for the kernel.
  init?(codes: BinaryCodes, labels: LabelSets, level: SIMDLevel) {
    guard codes.bits <= Int(hamming_plane_bits_maximum) else { return nil }
    self.codes = codes
    self.labels = labels
    kernels = level.kernels
    firstLabelPlane = hamming_first_label_plane(codes.bits)
    planesPerBlock = firstLabelPlane + labels.labelCount
  }

  /// The histograms of some queries, in order.
  ///
  /// - Precondition: Codes and labels of the queries have as many bits and labels as the items.
  func histograms(
    queries range: Range<Int>, codes queryCodes: BinaryCodes, labels queryLabels: LabelSets,
    threads: Int
  ) -> HistogramTable {
    let queries = range.map {
      PlaneQuery($0, codes: queryCodes, labels: queryLabels, firstLabelPlane: firstLabelPlane)
    }
    let tiles = tiles(threads: threads)
    // Counts are whole numbers, so it does not matter which thread adds which tile.
    let parts = concurrentMap(count: min(threads, tiles.count), threads: threads) { thread in
      var table = HistogramTable(queryCount: queries.count, bits: codes.bits)
      let blockCount = tiles.map { Self.blockCount(of: $0) }.max() ?? 0
      // Vectors that lie across two lines of the cache would nearly double the time.
      withUnsafeTemporaryAllocation(byteCount: blockCount * planesPerBlock * 64, alignment: 64) {
        let planes = $0.bindMemory(to: UInt64.self)
        planes.initialize(repeating: 0)
        for index in stride(from: thread, to: tiles.count, by: threads) {
          add(queries, over: tiles[index], planes: planes, to: &table)
        }
      }
      return table
    }
    var table = parts.first ?? HistogramTable(queryCount: queries.count, bits: codes.bits)
    for part in parts.dropFirst() { table.add(part) }
    return table
  }

  /// Runs of items, whole blocks but for the last one, as many for each thread.
  private func tiles(threads: Int) -> [Range<Int>] {
    let blockCount = Self.blockCount(of: 0..<codes.count)
    let blocksPerTile = max(1, Self.tileBytes / (planesPerBlock * 64))
    let rounds = (blockCount + blocksPerTile * threads - 1) / (blocksPerTile * threads)
    let tileCount = max(1, min(blockCount, rounds * threads))
    return (0..<tileCount).map { tile in
      let start = tile * blockCount / tileCount * Self.itemsPerBlock
      let end = (tile + 1) * blockCount / tileCount * Self.itemsPerBlock
      return min(start, codes.count)..<min(end, codes.count)
    }
  }

  private static func blockCount(of items: Range<Int>) -> Int {
    (items.count + itemsPerBlock - 1) / itemsPerBlock
  }

  private func add(
    _ queries: [PlaneQuery], over tile: Range<Int>, planes: UnsafeMutableBufferPointer<UInt64>,
    to table: inout HistogramTable
  ) {
    guard let planes = planes.baseAddress else { return }
    makeBlocks(of: tile, into: planes)
    let blockCount = Self.blockCount(of: tile)
    for (index, query) in queries.enumerated() {
      table.withCounts(of: index) { items, relevant in
        kernels.plane_histogram(
          planes, blockCount, planesPerBlock, codes.bits, query.flip, query.carries,
          query.labels, query.labels.count, items, relevant)
        // The last block is filled up with codes of zeros.
        items[query.distanceToZeros] -= UInt32(blockCount * Self.itemsPerBlock - tile.count)
      }
    }
  }

  private func makeBlocks(of tile: Range<Int>, into planes: UnsafeMutablePointer<UInt64>) {
    codes.words.withUnsafeBufferPointer { codeWords in
      labels.words.withUnsafeBufferPointer { labelWords in
        guard let codeWords = codeWords.baseAddress, let labelWords = labelWords.baseAddress else {
          return
        }
        var block = planes
        for start in stride(from: tile.lowerBound, to: tile.upperBound, by: Self.itemsPerBlock) {
          kernels.make_block(
            codeWords + start * codes.wordsPerCode, labelWords + start * labels.wordsPerItem,
            min(Self.itemsPerBlock, tile.upperBound - start), codes.bits, labels.labelCount, block)
          block += planesPerBlock * 8
        }
      }
    }
  }
}

/// The histograms of some queries, side by side in one array.
struct HistogramTable: Sendable {
  private let binCount: Int
  /// For each query the items at distance 0 … K, then the relevant ones.
  private var counts: [UInt32]

  init(queryCount: Int, bits: Int) {
    binCount = bits + 1
    counts = [UInt32](repeating: 0, count: queryCount * 2 * (bits + 1))
  }

  /// The histogram of the query at a position.
  subscript(query: Int) -> DistanceHistogram {
    let start = query * 2 * binCount
    return DistanceHistogram(
      items: Array(counts[start..<(start + binCount)]),
      relevant: Array(counts[(start + binCount)..<(start + 2 * binCount)]))
  }

  fileprivate mutating func withCounts(
    of query: Int,
    _ body: (
      _ items: UnsafeMutablePointer<UInt32>, _ relevant: UnsafeMutablePointer<UInt32>
    ) -> Void
  ) {
    counts.withUnsafeMutableBufferPointer { counts in
      guard let items = counts.baseAddress.map({ $0 + query * 2 * binCount }) else { return }
      body(items, items + binCount)
    }
  }

  fileprivate mutating func add(_ other: HistogramTable) {
    for index in counts.indices { counts[index] += other.counts[index] }
  }
}

/// A query as the kernel over planes reads it.
private struct PlaneQuery: Sendable {
  /// All ones when its code has an odd number of 1s, else 0.
  var flip: UInt64
  /// Where in a block the carries lie that the query adds up.
  var carries: [UInt32]
  /// Where in a block the planes of its labels lie.
  var labels: [UInt32]
  /// Its distance to a code of zeros.
  var distanceToZeros: Int

  init(_ query: Int, codes: BinaryCodes, labels: LabelSets, firstLabelPlane: Int) {
    let code = Array(codes.rowWords(query))
    carries = [UInt32](repeating: 0, count: (codes.bits + 15) / 16 * 8)
    flip = hamming_query_carries(code, codes.bits, &carries)
    self.labels = (0..<labels.labelCount).filter { labels.contains($0, item: query) }
      .map { UInt32((firstLabelPlane + $0) * 8) }
    distanceToZeros = code.reduce(0) { $0 + $1.nonzeroBitCount }
  }
}
