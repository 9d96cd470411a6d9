/// How the training rows of a batch are chosen.
public enum BatchDrawing: String, Sendable, Codable, Hashable {
  /// Each batch is a fresh draw without replacement from all rows.
  case independent
  /// Shuffled passes: every row once before any row again; the last batch of a pass may be short,
  /// as in Keras.
  case shuffledPasses
}

/// Draws batches of training rows; allocates only when it is made.
struct BatchSampler {
  /// Rows of a full batch; never more than there are rows.
  let batchSize: Int
  private let drawing: BatchDrawing
  private var order: [Int]
  private var position: Int

  init(count: Int, batchSize: Int, drawing: BatchDrawing) {
    self.batchSize = min(batchSize, count)
    self.drawing = drawing
    order = Array(0..<count)
    position = count
  }

  /// Draws the rows of the next batch.
  mutating func next(using random: inout some RandomNumberGenerator) -> [Int] {
    switch drawing {
    case .independent:
      // A partial Fisher–Yates shuffle is uniform whatever order it starts from.
      for slot in 0..<batchSize {
        order.swapAt(slot, Int.random(in: slot..<order.count, using: &random))
      }
      return Array(order[..<batchSize])
    case .shuffledPasses:
      if position == order.count {
        order.shuffle(using: &random)
        position = 0
      }
      let end = min(position + batchSize, order.count)
      defer { position = end }
      return Array(order[position..<end])
    }
  }
}
