/// A dense float32 matrix: row-major, contiguous, 64-byte aligned.
///
/// A reference to one buffer that is allocated once and reused: two variables that hold the same
/// matrix see the same numbers. Not `Sendable`: a trial runs on one thread.
public final class Matrix {
  /// Number of rows.
  public let rows: Int
  /// Number of columns; also the distance between the starts of two rows, in elements.
  public let columns: Int
  /// All `rows * columns` elements, row after row, in place.
  ///
  /// The pointer does not keep the matrix alive: hold the matrix in a variable, or take ``values``.
  public let elements: UnsafeMutableBufferPointer<Float>

  /// Allocates a matrix of zeros, shape (rows, columns).
  public init(rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0, "a matrix cannot have shape (\(rows), \(columns))")
    self.rows = rows
    self.columns = columns
    let byteCount = max(rows * columns, 1) * MemoryLayout<Float>.stride
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 64)
    elements = UnsafeMutableBufferPointer(
      rebasing: memory.bindMemory(to: Float.self)[..<(rows * columns)])
    elements.initialize(repeating: 0)
    MatrixAllocations.count(byteCount)
  }

  deinit {
    UnsafeMutableRawPointer(elements.baseAddress)?.deallocate()
  }
}

extension Matrix {
  /// Copies elements given row after row.
  ///
  /// - Precondition: `elements.count == rows * columns`.
  public convenience init(rows: Int, columns: Int, elements values: [Float]) {
    precondition(
      values.count == rows * columns,
      "\(values.count) elements do not fill shape (\(rows), \(columns))")
    self.init(rows: rows, columns: columns)
    _ = elements.update(from: values)
  }

  /// A copy of all elements, row after row.
  public var values: [Float] { withExtendedLifetime(self) { Array(elements) } }

  /// The elements of one row, in place.
  public func row(_ index: Int) -> UnsafeMutableBufferPointer<Float> {
    precondition(index >= 0 && index < rows, "row \(index) of a matrix of \(rows) rows")
    return UnsafeMutableBufferPointer(
      rebasing: elements[(index * columns)..<((index + 1) * columns)])
  }

  /// The element at a row and a column; for tests and small jobs, not for hot loops.
  public subscript(row: Int, column: Int) -> Float {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }
}
