/// Shapes: what they need, whether a file can hold it, the order of their elements.
enum ArrayShape {
  /// The shape as messages print it, such as `100 × 64`.
  static func text(_ shape: [Int]) -> String {
    shape.isEmpty ? "a single value" : shape.map { "\($0)" }.joined(separator: " × ")
  }

  /// Number of elements of a shape whose bytes were counted.
  static func count(_ shape: [Int]) -> Int {
    // Several large extents beside a 0 may overflow before the 0 is met.
    shape.contains(0) ? 0 : shape.reduce(1, *)
  }

  /// Bytes of an array; nil when an extent is negative or the size is beyond any file.
  ///
  /// An array without elements may have large extents too, but not such as a loop over them would
  /// never end.
  static func byteCount(_ shape: [Int], elementBytes: Int) -> Int? {
    guard shape.allSatisfy({ $0 >= 0 }) else { return nil }
    if shape.contains(0) { return shape.contains { $0 > Int(Int32.max) } ? nil : 0 }
    var product = elementBytes
    for extent in shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      guard !overflow else { return nil }
      product = next
    }
    return product
  }

  /// The greatest size in memory that is believed of so many bytes in a file.
  ///
  /// Compressed data, chunks that were never written and sparse matrices grow as they are read, so
  /// the size of the file alone is no bound. Deflate grows at most 1032-fold (zlib, "Technical
  /// Details"); a sparse double of 12 bytes or more may then stand for 1548 elements, while tags and
  /// words, the sparsest matrices of this field, have one in some 700. What was never written costs
  /// nothing in the file: 64 MiB of that are allowed. A header that claims more is damaged, and
  /// must not make the program ask for that memory.
  static func largestByteCount(storedBytes: Int) -> Int {
    let (grown, overflow) = storedBytes.multipliedReportingOverflow(by: 1032)
    let (sum, overflowToo) = grown.addingReportingOverflow(64 << 20)
    return overflow || overflowToo ? .max : sum
  }

  /// Reorders elements that lie column after column, the first index running fastest.
  static func rowMajor<Element>(_ elements: [Element], shape: [Int]) -> [Element] {
    // With at most one extent above 1, both orders are the same.
    guard shape.count(where: { $0 > 1 }) > 1, !elements.isEmpty else { return elements }
    // Steps in the result for a step along each dimension.
    var strides = [Int](repeating: 1, count: shape.count)
    for dimension in stride(from: shape.count - 2, through: 0, by: -1) {
      strides[dimension] = strides[dimension + 1] * shape[dimension + 1]
    }
    let rowCount = shape[0]
    let rowStride = strides[0]
    return [Element](unsafeUninitializedCapacity: elements.count) { result, initializedCount in
      // Every place of the result is written once: the indices run over the whole shape.
      var index = [Int](repeating: 0, count: shape.count)
      var source = 0
      var start = 0
      while source < elements.count {
        for row in 0..<rowCount {
          result.initializeElement(at: start + row * rowStride, to: elements[source + row])
        }
        source += rowCount
        var dimension = 1
        while dimension < shape.count {
          index[dimension] += 1
          start += strides[dimension]
          if index[dimension] < shape[dimension] { break }
          start -= index[dimension] * strides[dimension]
          index[dimension] = 0
          dimension += 1
        }
      }
      initializedCount = elements.count
    }
  }
}
