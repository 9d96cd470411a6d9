/// One row of the tables: what is run, by which worker and on how many queries.
struct Program: Sendable {
  /// What the worker calls it.
  let name: String
  /// What the table calls it.
  let title: String
  /// Whether a Python worker runs it.
  let isPeer: Bool
  /// Query–item pairs of one run; nil for all.
  ///
  /// The cost of the peers is linear in the number of queries.
  let pairs: Int?

  /// Everything that is measured on the shapes of papers; the first is what the others are
  /// compared with.
  static let all = [
    Program(name: "expected", title: "**Crossbit**", isPeer: false, pairs: nil),
    Program(name: "threads", title: "Crossbit, two threads", isPeer: false, pairs: nil),
    Program(name: "database", title: "Crossbit, database order too", isPeer: false, pairs: nil),
    Program(name: "kernel", title: "its bare kernel", isPeer: false, pairs: nil),
    Program(name: "histograms", title: "NumPy, histograms", isPeer: true, pairs: 20_000_000),
    Program(name: "argsort", title: "NumPy, argsort loop", isPeer: true, pairs: 10_000_000),
    Program(name: "torch", title: "PyTorch, per-query loop", isPeer: true, pairs: 5_000_000),
    Program(
      name: "faiss-5000-heap", title: "faiss, first 5000, heap", isPeer: true, pairs: 40_000_000),
    Program(
      name: "faiss-5000-counting", title: "faiss, first 5000, counting", isPeer: true,
      pairs: 100_000_000),
    Program(name: "faiss-all-heap", title: "faiss, all, heap", isPeer: true, pairs: 5_000_000),
    Program(
      name: "faiss-all-counting", title: "faiss, all, counting", isPeer: true, pairs: 40_000_000),
  ]

  /// What is measured on the large shape.
  static let large = all.filter { ["expected", "threads", "kernel"].contains($0.name) }

  /// Queries of one run: 16 at least, all at most.
  func queryCount(_ shape: RetrievalShape) -> Int {
    guard let pairs else { return shape.queryCount }
    return min(shape.queryCount, max(16, pairs / shape.itemCount))
  }
}
