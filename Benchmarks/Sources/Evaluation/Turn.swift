/// What a worker answers to `run NAME QUERIES`: the cost of one run.
struct Turn: Codable {
  /// Wall-clock seconds.
  let seconds: Double
  /// Processor seconds of all threads.
  let processorSeconds: Double
  /// Resident memory before the turn and its peak during it, where the program looks.
  var memory: Memory?

  /// Resident memory in bytes.
  struct Memory: Codable {
    let before: Int
    let peak: Int
  }
}

/// What a worker answers to `check QUERIES`: the mAP of the first queries, ties in database order.
struct Check: Codable {
  let meanAveragePrecision: Double
}

/// What the Swift worker answers to `facts`.
struct Facts: Codable {
  /// Bytes of the packed codes and labels of queries and items.
  let inputBytes: Int
  /// Mean number of labels of a query.
  let labelsPerQuery: Double
  /// Share of pairs that share a label.
  let relevantShare: Double
  /// Runs of eight distances that hold an item of a block of 512, on average.
  let octetsPerBlock: Double
  /// Clock in GHz, from a chain of dependent operations.
  let gigahertz: Double
  /// Bits of the kernel's vectors.
  let vectorBits: Int
}
