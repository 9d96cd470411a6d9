package import Foundation

/// Files that appear whole or not at all, whatever ends the process or the machine.
package enum WholeFile {
  /// What a file that is being written ends in.
  static let partialSuffix = ".partial"

  /// Writes a file: to a temporary file in the same folder, synchronised, then renamed.
  ///
  /// The temporary file is locked by its writer, so that ``removeAbandoned(in:)`` can tell a file
  /// that is being written from one that a killed process left.
  ///
  /// - Throws: ``StorageError``; the temporary file is removed and an older file is left as it was.
  package static func write(_ data: Data, to url: URL) throws(StorageError) {
    let folder = url.deletingLastPathComponent()
    let partial = folder.appending(
      path: ".\(url.lastPathComponent).\(getpid())\(partialSuffix)").path
    func failure(_ code: Int32) -> StorageError {
      StorageError(path: url.path, failure: "cannot be written", code: code)
    }

    let descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(errno) }
    var finished = false
    defer {
      close(descriptor)
      if !finished { unlink(partial) }
    }
    _ = flock(descriptor, LOCK_EX)
    var code: Int32 = 0
    data.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let written = Foundation.write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if written < 0 && errno == EINTR { continue }
        guard written >= 0 else {
          code = errno
          return
        }
        rest = rest.dropFirst(written)
      }
    }
    guard code == 0 else { throw failure(code) }
    guard fsync(descriptor) == 0 else { throw failure(errno) }
    guard rename(partial, url.path) == 0 else { throw failure(errno) }
    finished = true
    synchronise(folder)
  }

  /// Creates a folder with all folders above it.
  ///
  /// - Throws: ``StorageError``.
  package static func createFolder(_ folder: URL) throws(StorageError) {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      // Foundation's own text does not name the reason; ask the system again.
      let code = mkdir(folder.path, 0o755) == 0 ? EIO : errno
      throw StorageError(path: folder.path, failure: "cannot be created", code: code)
    }
  }

  /// Removes temporary files whose writer is gone.
  ///
  /// - Returns: The number of files removed.
  @discardableResult
  package static func removeAbandoned(in folder: URL) -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(partialSuffix) && removeIfAbandoned(folder, $0) }.count
  }

  private static func removeIfAbandoned(_ folder: URL, _ name: String) -> Bool {
    let path = folder.appending(path: name).path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) == 0 && unlink(path) == 0
  }

  /// Makes a rename last: without it the folder's entry may be lost with the power.
  private static func synchronise(_ folder: URL) {
    let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    close(descriptor)
  }
}
