import Foundation

/// A type of numbers that ``NumPyFile`` writes.
package protocol NumPyWritable: BitwiseCopyable {
  /// The type as NumPy's header names it.
  static var numPyType: String { get }
}

extension UInt8: NumPyWritable { package static var numPyType: String { "|u1" } }
extension Int32: NumPyWritable { package static var numPyType: String { "<i4" } }
extension Int64: NumPyWritable { package static var numPyType: String { "<i8" } }
extension Float: NumPyWritable { package static var numPyType: String { "<f4" } }
extension Double: NumPyWritable { package static var numPyType: String { "<f8" } }

extension NumPyFile {
  /// Writes an array, whole or not at all: to a temporary file beside it that is then renamed.
  ///
  /// The bytes are those of `numpy.save`, format 1.0.
  ///
  /// - Parameters:
  ///   - path: Path of the file; an older one is replaced.
  ///   - shape: Extent of every dimension, rows first.
  ///   - values: The numbers, row after row.
  /// - Throws: ``DatasetError`` with the system's reason; an older file is left as it was.
  package static func write<Number: NumPyWritable>(
    path: String, shape: [Int], values: [Number]
  ) throws(DatasetError) {
    precondition(
      ArrayShape.count(shape) == values.count, "\(values.count) values do not fill shape \(shape)")
    let partial = "\(path).\(getpid()).partial"
    func failure(_ code: Int32) -> DatasetError {
      DatasetError(
        file: path, expected: "a file that can be written",
        found: "that it cannot (\(String(cString: strerror(code))))")
    }
    let descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(errno) }
    var isFinished = false
    defer {
      close(descriptor)
      if !isFinished { unlink(partial) }
    }
    for code in [
      header(type: Number.numPyType, shape: shape).withUnsafeBytes {
        FileBytes.put($0, into: descriptor)
      }, values.withUnsafeBytes { FileBytes.put($0, into: descriptor) },
    ] where code != 0 {
      throw failure(code)
    }
    guard fsync(descriptor) == 0, rename(partial, path) == 0 else { throw failure(errno) }
    isFinished = true
  }

  /// The bytes before the numbers, filled up with spaces to a multiple of 64 as NumPy does.
  private static func header(type: String, shape: [Int]) -> [UInt8] {
    let extents = shape.map { "\($0)" }.joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let fields = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(extents)), }"
    let fixedCount = NumPyHeader.magic.count + 4
    let total = (fixedCount + fields.utf8.count + 1 + 63) / 64 * 64
    let length = total - fixedCount
    let spaces = String(repeating: " ", count: length - fields.utf8.count - 1)
    return NumPyHeader.magic + [1, 0, UInt8(length % 256), UInt8(length / 256)]
      + Array("\(fields)\(spaces)\n".utf8)
  }
}
