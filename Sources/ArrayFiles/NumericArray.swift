/// Numbers in the shape that their file gives them, row after row.
package struct NumericArray: Sendable {
  /// The numbers, in the narrowest of five types that holds the type in the file.
  package enum Values: Sendable, Hashable {
    /// `uint8`, and `bool` as 0 and 1.
    case bytes([UInt8])
    /// `int8`.
    case signedBytes([Int8])
    /// All other integer types.
    case integers([Int64])
    /// `float32` and `float16`.
    case floats([Float])
    /// `float64`.
    case doubles([Double])
  }

  /// Path of the file, for messages.
  package let file: String
  /// Name of the array in the file, for messages.
  package let name: String
  /// Extent of every dimension as NumPy or MATLAB shows it, rows first; empty for a single value.
  package let shape: [Int]
  /// The type in the file by its NumPy name, such as `float64` or `bool`.
  package let elementName: String
  /// The numbers in row-major order, whatever the order in the file.
  package let values: Values

  /// Creates an array.
  ///
  /// - Precondition: There are as many values as the shape says.
  package init(file: String, name: String, shape: [Int], elementName: String, values: Values) {
    precondition(
      ArrayShape.count(shape) == values.count, "\(values.count) values do not fill shape \(shape)")
    self.file = file
    self.name = name
    self.shape = shape
    self.elementName = elementName
    self.values = values
  }

  /// Number of numbers.
  package var count: Int { values.count }

  /// The shape as messages print it, such as `100 × 64`.
  package var shapeText: String { ArrayShape.text(shape) }

  /// The number at a place in row-major order, rounded to double precision.
  package subscript(position: Int) -> Double {
    switch values {
    case .bytes(let bytes): Double(bytes[position])
    case .signedBytes(let bytes): Double(bytes[position])
    case .integers(let integers): Double(integers[position])
    case .floats(let floats): Double(floats[position])
    case .doubles(let doubles): doubles[position]
    }
  }

  /// An error about this array.
  package func error(expected: String, found: String) -> DatasetError {
    DatasetError(file: file, dataset: name, expected: expected, found: found)
  }
}

extension NumericArray.Values {
  /// Number of numbers.
  package var count: Int {
    switch self {
    case .bytes(let bytes): bytes.count
    case .signedBytes(let bytes): bytes.count
    case .integers(let integers): integers.count
    case .floats(let floats): floats.count
    case .doubles(let doubles): doubles.count
    }
  }

  /// The same numbers row after row, given column after column.
  func rowMajor(shape: [Int]) -> Self {
    switch self {
    case .bytes(let bytes): .bytes(ArrayShape.rowMajor(bytes, shape: shape))
    case .signedBytes(let bytes): .signedBytes(ArrayShape.rowMajor(bytes, shape: shape))
    case .integers(let integers): .integers(ArrayShape.rowMajor(integers, shape: shape))
    case .floats(let floats): .floats(ArrayShape.rowMajor(floats, shape: shape))
    case .doubles(let doubles): .doubles(ArrayShape.rowMajor(doubles, shape: shape))
    }
  }
}
