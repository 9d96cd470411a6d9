import Foundation

/// A file mapped into memory for reading, unmapped with its owner.
///
/// The pages belong to the page cache, so processes that map one file share them.
final class MappedFile {
  /// All bytes of the file; valid while this object lives.
  let bytes: UnsafeRawBufferPointer

  /// Maps a file; nil when the system will not.
  init?(path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size > 0,
      let start = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0),
      start != MAP_FAILED
    else { return nil }
    bytes = UnsafeRawBufferPointer(start: start, count: Int(status.st_size))
  }

  /// Asks the system to read some bytes ahead of their use.
  func expect(_ range: Range<Int>) { advise(range, MADV_WILLNEED) }

  /// Gives back the pages of some bytes: they count as memory of this process no longer.
  ///
  /// They stay in the page cache while there is room, and later reads find them as before.
  func release(_ range: Range<Int>) { advise(range, MADV_DONTNEED) }

  /// Advice may be refused, which harms nothing.
  private func advise(_ range: Range<Int>, _ advice: Int32) {
    guard let start = bytes.baseAddress, !range.isEmpty else { return }
    let first = range.lowerBound / Self.pageBytes * Self.pageBytes
    madvise(
      UnsafeMutableRawPointer(mutating: start + first), range.upperBound - first, advice)
  }

  private static let pageBytes = sysconf(Int32(_SC_PAGESIZE))

  deinit {
    if let start = bytes.baseAddress {
      munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
    }
  }
}
