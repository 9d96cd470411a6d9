import ElementwiseKernels
public import Tensors

/// Which training items share a label with which, a row at a time.
///
/// Row i tells for every item j whether S_ij = 1. Rows are made from label words when they are
/// wanted: for 10,000 items the full matrix would take 100 MB and a row takes microseconds.
public struct LabelSimilarity {
  /// Number of items n.
  public let count: Int
  private let words: [UInt64]
  private let wordsPerItem: Int

  /// Wraps packed label sets: `wordsPerItem` 64-bit words an item, item after item.
  public init(count: Int, wordsPerItem: Int, words: [UInt64]) {
    precondition(
      words.count == count * wordsPerItem,
      "\(words.count) words are not \(count) items of \(wordsPerItem)")
    self.count = count
    self.words = words
    self.wordsPerItem = wordsPerItem
  }

  /// Writes row `item`: 1 where the item shares a label, else 0.
  public func writeRow(_ item: Int, to row: UnsafeMutableBufferPointer<UInt8>) {
    precondition(row.count == count, "a row of \(row.count) is not one of \(count) items")
    words.withUnsafeBufferPointer { words in
      guard let first = words.baseAddress else { return }
      Elementwise.kernels.meets(
        first + item * wordsPerItem, first, count, wordsPerItem, row.baseAddress)
    }
  }
}

extension Variable {
  /// Negative log-likelihood of similarities against a buffer of the codes of all training items.
  ///
  /// Σ_{i ∈ batch} Σ_{j=1..n} softplus(θ_ij) − S_ij θ_ij with θ_ij = ½ f_i · g_j (DCMH eq. 1); f is
  /// this variable, shape (b, K), and g the buffer, shape (n, K), a constant.
  ///
  /// Gradient: df_i = ½ Σ_j (σ(θ_ij) − S_ij) g_j, which MATLAB's `process_DCMH.m` writes by hand.
  ///
  /// - Parameters:
  ///   - buffer: Real codes g of all n training items of the other modality.
  ///   - similarity: S.
  ///   - items: Training row of each row of this variable.
  /// - Returns: The sum, a scalar.
  public func similarityLikelihood(
    against buffer: Matrix, similarity: LabelSimilarity, items: [Int]
  ) -> Variable {
    precondition(
      items.count == rows && buffer.rows == similarity.count && buffer.columns == columns,
      "\(items.count) items and a buffer (\(buffer.rows), \(buffer.columns)) do not fit codes "
        + "(\(rows), \(columns)) and \(similarity.count) label sets")
    let kernels = Elementwise.kernels
    // θ first, then its slope σ(θ) − S in the same place; shape (b, n).
    let slope = tape.scratch(rows: rows, columns: buffer.rows)
    return tape.record(rows: 1, columns: 1, from: [self]) { loss in
      slope.setProduct(value.asFactor, buffer.transposed, scale: 0.5)
      var total = 0.0
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: buffer.rows) { similar in
        for (index, item) in items.enumerated() {
          similarity.writeRow(item, to: similar)
          let row = slope.row(index).baseAddress
          total += kernels.likelihood(row, similar.baseAddress, row, buffer.rows)
        }
      }
      loss.elements[0] = Float(total)
    } backward: { _, dLoss in
      receive { df in
        df.target.setProduct(
          slope.asFactor, buffer.asFactor, scale: df.scale * 0.5 * dLoss.elements[0],
          keep: df.keep)
      }
    }
  }
}
