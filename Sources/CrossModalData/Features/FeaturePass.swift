import Dispatch
public import Tensors

/// One pass over the features of some items, block by block, for files larger than memory.
///
/// Items are taken in the order of the file, whatever the order asked for: every row is read once,
/// and every chunk of a compressed file decoded once. While one block is worked on, the next one is
/// read, converted and checked on a second thread.
public struct FeaturePass {
  private let views: [ItemFeatures]
  private let items: [Int]
  private let blockRows: Int
  /// Positions in `items`, in the order of the file.
  private let order: [Int]

  /// Describes a pass.
  ///
  /// - Parameters:
  ///   - items: Items; repeats are allowed.
  ///   - views: What is read of each, such as one modality or both.
  ///   - blockRows: Rows of a block, at least 1.
  public init(over items: [Int], of views: [ItemFeatures], blockRows: Int) {
    precondition(blockRows >= 1, "a block has at least one row, not \(blockRows)")
    self.items = items
    self.views = views
    self.blockRows = blockRows
    order = items.positionsInAscendingOrder
  }

  /// Hands out all blocks.
  ///
  /// A block's matrices hold it only until `work` returns. The library that reads files is not made
  /// for two threads at once, so `work` must not read from one.
  ///
  /// - Parameter work: Gets a matrix of each view, shape (b, its columns), and the positions in the
  ///   list of items that the rows belong to.
  /// - Throws: ``DatasetError`` when a row cannot be read or holds NaN or infinity, or what `work`
  ///   throws.
  public func run(_ work: ([Matrix], ArraySlice<Int>) throws -> Void) throws {
    let blocks = stride(from: 0, to: order.count, by: blockRows).map {
      order[$0..<min($0 + blockRows, order.count)]
    }
    // Blocks take turns with two stages, so that one is filled while the other is worked on.
    let stages = [Stage(views), Stage(views)]
    func read(_ index: Int) throws {
      try stages[index % 2].read(blocks[index].map { items[$0] })
    }
    guard !blocks.isEmpty else { return }
    try read(0)
    for index in blocks.indices {
      guard index + 1 < blocks.count else {
        return try work(stages[index % 2].matrices, blocks[index])
      }
      try Self.atOnce {
        try work(stages[index % 2].matrices, blocks[index])
      } and: {
        try read(index + 1)
      }
    }
  }

  /// Runs two pieces of work on two threads and waits for both.
  ///
  /// - Throws: The first one's error, or the second one's.
  private static func atOnce(
    _ first: () throws -> Void, and second: () throws -> Void
  ) throws {
    try withoutActuallyEscaping(first) { first in
      try withoutActuallyEscaping(second) { second in
        // The two share nothing but what neither changes: each has its own stage, and only one of
        // them reads from files. Each writes its own result, and both have ended before these are
        // looked at.
        nonisolated(unsafe) let pieces = [first, second]
        nonisolated(unsafe) var results = [Result<Void, any Error>](
          repeating: .success(()), count: 2)
        results.withUnsafeMutableBufferPointer { results in
          nonisolated(unsafe) let results = results
          DispatchQueue.concurrentPerform(iterations: 2) { index in
            results[index] = Result { try pieces[index]() }
          }
        }
        for result in results { try result.get() }
      }
    }
  }

  /// The matrices of one block.
  private final class Stage {
    private let views: [ItemFeatures]
    private(set) var matrices: [Matrix] = []

    init(_ views: [ItemFeatures]) {
      self.views = views
    }

    func read(_ items: [Int]) throws {
      if matrices.first?.rows != items.count {
        matrices = views.map { Matrix(rows: items.count, columns: $0.layout.columns) }
      }
      for (view, matrix) in zip(views, matrices) { try view.copyRows(items, into: matrix) }
    }
  }
}
