import CZlib

/// Unpacks a deflate stream, raw or with the header and the checksum of zlib.
final class Inflation {
  // zlib keeps the address of its stream, so it must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private var input: UnsafeMutableBufferPointer<UInt8>
  private var isAtEnd = false
  /// Whether the last call filled its room, so that more may be at hand without further input.
  private var holdsOutput = false

  /// Starts at the beginning of a stream; nil when there is no memory.
  ///
  /// - Parameter isRaw: Whether the stream has no header, as in zip files.
  init?(isRaw: Bool = true) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input = UnsafeMutableBufferPointer(start: nil, count: 0)
    // A negative number of window bits: without the header.
    let status = inflateInit2_(
      stream, isRaw ? -MAX_WBITS : MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { return nil }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  /// Fills a buffer with the next unpacked bytes.
  ///
  /// - Parameters:
  ///   - buffer: Room for bytes that the stream is said to hold.
  ///   - next: Returns the next packed bytes; none at the end.
  ///   - error: Makes an error of the reason why there are no more bytes.
  /// - Throws: ``DatasetError`` of `next` or `error`.
  func fill(
    _ buffer: UnsafeMutableRawBufferPointer, next: () throws(DatasetError) -> [UInt8],
    error: (String) -> DatasetError
  ) throws(DatasetError) {
    var done = 0
    while done < buffer.count {
      guard !isAtEnd else { throw error("it ends early") }
      done += try step(
        UnsafeMutableRawBufferPointer(rebasing: buffer[done...]), next: next, error: error)
    }
  }

  /// Goes to the end of the stream, where zlib compares its checksum.
  ///
  /// - Throws: ``DatasetError`` of `next` or `error`.
  func finish(
    next: () throws(DatasetError) -> [UInt8], error: (String) -> DatasetError
  ) throws(DatasetError) {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { room.deallocate() }
    while !isAtEnd { _ = try step(room, next: next, error: error) }
  }

  /// Unpacks what fits some room; the number of bytes, which may be 0.
  private func step(
    _ room: UnsafeMutableRawBufferPointer, next: () throws(DatasetError) -> [UInt8],
    error: (String) -> DatasetError
  ) throws(DatasetError) -> Int {
    if stream.pointee.avail_in == 0, !holdsOutput {
      let bytes = try next()
      guard !bytes.isEmpty else { throw error("it ends early") }
      input.deallocate()
      input = .allocate(capacity: bytes.count)
      _ = input.initialize(from: bytes)
      stream.pointee.next_in = input.baseAddress
      stream.pointee.avail_in = UInt32(bytes.count)
    }
    // The library counts in 32 bits.
    let count = min(room.count, 1 << 30)
    stream.pointee.next_out = room.assumingMemoryBound(to: UInt8.self).baseAddress
    stream.pointee.avail_out = UInt32(count)
    let status = inflate(stream, Z_NO_FLUSH)
    holdsOutput = stream.pointee.avail_out == 0
    switch status {
    case Z_OK: break
    case Z_STREAM_END: isAtEnd = true
    case Z_BUF_ERROR where stream.pointee.avail_in == 0: break
    default: throw error(stream.pointee.msg.map { String(cString: $0) } ?? "status \(status)")
    }
    return count - Int(stream.pointee.avail_out)
  }
}
