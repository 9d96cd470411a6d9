import Contest
import Foundation

/// What the system counts of this process.
enum ProcessMemory {
  /// Bytes of memory of the process's own; pages of mapped files are not among them.
  static func anonymousBytes() throws -> Int {
    try field("RssAnon:", of: "/proc/self/status") * 1024
  }

  /// Bytes that the process has made the system read from disk so far.
  static func bytesReadFromDisk() throws -> Int {
    try field("read_bytes:", of: "/proc/self/io")
  }

  /// Asks the system to forget what it keeps of a file, so that the next pass reads the disk.
  static func forget(_ path: String) {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    fsync(descriptor)
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
  }

  private static func field(_ name: String, of path: String) throws -> Int {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
    guard let word = line?.split(whereSeparator: \.isWhitespace).dropFirst().first,
      let number = Int(word)
    else { throw BenchmarkError("\(path) says nothing of \(name)") }
    return number
  }
}
