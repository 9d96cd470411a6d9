import Foundation

/// Bytes that come once, from first to last.
protocol ByteStream: AnyObject {
  /// Bytes that are still to come, as the file claims.
  var remaining: Int { get }
  /// Fills a buffer of at most `remaining` bytes.
  ///
  /// - Throws: ``DatasetError`` when the file holds fewer or they are damaged.
  func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(DatasetError)
  /// Goes over what is still to come and checks the whole.
  func finish() throws(DatasetError)
}

extension ByteStream {
  /// Reads the next bytes.
  func read(_ count: Int) throws(DatasetError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    try fill(&bytes)
    return bytes
  }

  /// Fills an array with the next bytes, as they are.
  func fill<Element: BitwiseCopyable>(_ elements: inout [Element]) throws(DatasetError) {
    try elements.withUnsafeMutableBufferPointer { buffer throws(DatasetError) in
      try fill(UnsafeMutableRawBufferPointer(buffer))
    }
  }
}

/// A regular file that is open for reading at any place.
///
/// Read rather than mapped: a file that shrinks meanwhile is an error, not a crash.
final class FileBytes {
  /// Path as the user gave it.
  let path: String
  /// Size in bytes when it was opened.
  let count: Int
  private let descriptor: Int32

  /// Opens a file.
  ///
  /// - Throws: ``DatasetError`` with `expected` when there is no file, or none with bytes in it.
  init(path: String, expected: String) throws(DatasetError) {
    if let obstacle = HDF5File.obstacle(toReading: path) {
      throw DatasetError(file: path, expected: expected, found: obstacle)
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
      throw DatasetError(file: path, expected: expected, found: HDF5File.obstacle(errno))
    }
    self.path = path
    self.descriptor = descriptor
    count = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Fills a buffer with the bytes from a place on.
  func fill(_ buffer: UnsafeMutableRawBufferPointer, from offset: Int) throws(DatasetError) {
    var done = 0
    while done < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      let got = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
      if got < 0 && errno == EINTR { continue }
      guard got > 0 else {
        throw DatasetError(
          file: path, expected: "\(buffer.count) bytes from byte \(offset) on",
          found: got == 0 ? "\(done)" : HDF5File.obstacle(errno))
      }
      done += got
    }
  }

  /// Writes all bytes to an open file; the error number of the system, or 0.
  static func put(_ bytes: UnsafeRawBufferPointer, into descriptor: Int32) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      let written = Foundation.write(descriptor, part.baseAddress, part.count)
      if written < 0 && errno == EINTR { continue }
      guard written >= 0 else { return errno }
      rest = rest.dropFirst(written)
    }
    return 0
  }

  /// Reads some bytes.
  func read(_ range: Range<Int>) throws(DatasetError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    try bytes.withUnsafeMutableBufferPointer { buffer throws(DatasetError) in
      try fill(UnsafeMutableRawBufferPointer(buffer), from: range.lowerBound)
    }
    return bytes
  }
}

/// The bytes of a file from a place to its end.
final class FileStream: ByteStream {
  private let file: FileBytes
  private var offset = 0

  init(_ file: FileBytes) { self.file = file }

  var remaining: Int { file.count - offset }

  func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(DatasetError) {
    try file.fill(buffer, from: offset)
    offset += buffer.count
  }

  // A plain file has no sum to check.
  func finish() {}
}

extension Collection<UInt8> {
  /// The unsigned number in these bytes, the lowest first.
  var littleEndianNumber: UInt64 {
    reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
