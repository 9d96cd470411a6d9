package import Foundation

/// Files that appear whole or not at all, whatever ends the process or the machine.
package enum WholeFile {
  /// What a file that is being written ends in.
  static let partialSuffix = ".partial"
  /// What a file ends in that is locked while a trial is made.
  static let claimSuffix = ".running"

  /// Writes a file: to a temporary file in the same folder, synchronised, then renamed.
  ///
  /// The temporary file is locked by its writer, so that ``removeAbandoned(in:)`` can tell a file
  /// that is being written from one that a killed process left.
  ///
  /// - Throws: ``StorageError``; the temporary file is removed and an older file is left as it was.
  package static func write(_ data: Data, to path: String) throws(StorageError) {
    let (folder, name) = (folder(of: path), path.split(separator: "/").last ?? "")
    let partial = "\(folder)/.\(name).\(getpid())\(partialSuffix)"
    func failure(_ code: Int32) -> StorageError {
      StorageError(path: path, failure: "cannot be written", code: code)
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
    guard rename(partial, path) == 0 else { throw failure(errno) }
    finished = true
    synchronise(folder)
  }

  /// Reads a file; nil when there is none.
  ///
  /// - Throws: ``StorageError`` with the system's reason, which Foundation does not pass on.
  package static func read(_ path: String) throws(StorageError) -> Data? {
    func failure() -> StorageError {
      StorageError(path: path, failure: "cannot be read", code: errno)
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw failure()
    }
    defer { close(descriptor) }
    var data = Data()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw failure() }
      if count == 0 { return data }
      data.append(contentsOf: buffer[..<count])
    }
  }

  /// Creates a folder with all folders above it.
  ///
  /// - Throws: ``StorageError``.
  package static func createFolder(_ folder: String) throws(StorageError) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      // Foundation's own text does not name the reason; ask the system again.
      let code = mkdir(folder, 0o755) == 0 ? EIO : errno
      throw StorageError(path: folder, failure: "cannot be created", code: code)
    }
  }

  /// Removes temporary files and claims whose process is gone.
  ///
  /// - Returns: The number of files removed.
  @discardableResult
  package static func removeAbandoned(in folder: String) -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.count { name in
      [partialSuffix, claimSuffix].contains { name.hasSuffix($0) }
        && removeIfAbandoned("\(folder)/\(name)")
    }
  }

  private static func removeIfAbandoned(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) == 0 && unlink(path) == 0
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  /// Makes a rename last: without it the folder's entry may be lost with the power.
  private static func synchronise(_ folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    close(descriptor)
  }
}
