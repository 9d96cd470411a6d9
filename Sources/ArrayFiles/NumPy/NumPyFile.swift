import Foundation

/// A `.npy` file: one array, named by the file's name without its ending.
package final class NumPyFile: ArrayFile {
  package let path: String
  package let kindName = "NumPy file"
  package let entries: [ArrayEntry]

  /// Opens a file and reads its header.
  ///
  /// - Throws: ``DatasetError`` when it cannot be read or its header is damaged.
  package init(path: String) throws(DatasetError) {
    self.path = path
    let source = NumPySource(file: path, name: nil)
    entries = [
      try source.entry(
        named: Self.entryName(ofFileAt: path), from: FileStream(Self.bytes(path)))
    ]
  }

  /// The name of a file's array.
  static func entryName(ofFileAt path: String) -> String {
    URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  }

  private static func bytes(_ path: String) throws(DatasetError) -> FileBytes {
    try FileBytes(path: path, expected: "a NumPy file")
  }

  package func read(_ name: String) throws(DatasetError) -> NumericArray {
    _ = try entry(name)
    return try NumPySource(file: path, name: nil)
      .array(named: name, from: FileStream(Self.bytes(path)))
  }

  package func readText(_ name: String) throws(DatasetError) -> [String] {
    _ = try textEntry(name)
    return try NumPySource(file: path, name: nil).text(from: FileStream(Self.bytes(path)))
  }
}

/// Reads the bytes of a `.npy` file, wherever they lie.
struct NumPySource {
  /// The file that messages name.
  let file: String
  /// The dataset that messages name; nil where the file says all.
  let name: String?

  private func error(_ expected: String, _ found: String) -> DatasetError {
    DatasetError(file: file, dataset: name, expected: expected, found: found)
  }

  /// Describes the array from its header.
  func entry(named name: String, from stream: any ByteStream) throws(DatasetError) -> ArrayEntry {
    let header = try NumPyHeader(from: stream, error: error)
    switch header.element {
    case .number(let element):
      _ = try byteCount(of: header, element, in: stream)
      return ArrayEntry(
        name: name, shape: header.shape, elementName: element.name, obstacle: nil)
    case .text:
      return ArrayEntry(name: name, shape: header.shape, elementName: "text", obstacle: "text")
    case .other(let elementName, let obstacle):
      return ArrayEntry(
        name: name, shape: header.shape, elementName: elementName, obstacle: obstacle)
    }
  }

  /// Reads the array.
  func array(
    named name: String, from stream: any ByteStream
  ) throws(DatasetError) -> NumericArray {
    let header = try NumPyHeader(from: stream, error: error)
    guard case .number(let element) = header.element else {
      throw error("an array of numbers", "another type")
    }
    let byteCount = try byteCount(of: header, element, in: stream)
    let values = try element.read(byteCount / element.byteCount, from: stream, error: error)
    try stream.finish()
    return NumericArray(
      file: file, name: name, shape: header.shape, elementName: element.name,
      values: header.isFortranOrder ? values.rowMajor(shape: header.shape) : values)
  }

  /// Reads the strings of an array with at most one extent above 1.
  func text(from stream: any ByteStream) throws(DatasetError) -> [String] {
    let header = try NumPyHeader(from: stream, error: error)
    guard case .text(let type) = header.element else { throw error("text", "another type") }
    let byteCount = ArrayShape.byteCount(header.shape, elementBytes: type.byteCount)
    guard header.shape.count(where: { $0 > 1 }) <= 1, type.width > 0, let byteCount,
      byteCount <= stream.remaining
    else {
      throw error(
        "a list of strings in \(stream.remaining) bytes",
        "shape \(ArrayShape.text(header.shape)) of \(type.byteCount) bytes each")
    }
    let strings = try type.read(byteCount / type.byteCount, from: stream)
    try stream.finish()
    return strings
  }

  /// Bytes of the elements.
  ///
  /// - Throws: ``DatasetError`` when the stream claims to hold fewer.
  private func byteCount(
    of header: NumPyHeader, _ element: NumPyElement, in stream: any ByteStream
  ) throws(DatasetError) -> Int {
    let byteCount = ArrayShape.byteCount(header.shape, elementBytes: element.byteCount)
    guard let byteCount, byteCount <= stream.remaining else {
      throw error(
        "the numbers of shape \(ArrayShape.text(header.shape)), \(element.name)",
        "\(stream.remaining) bytes")
    }
    return byteCount
  }
}
