import Foundation

/// A file that one process at a time holds locked, with the holder's name inside.
///
/// The system gives the lock back when the process ends, however it ends. A file that nobody holds
/// means nothing.
struct LockFile: Sendable {
  private let path: String
  private let descriptor: Int32

  /// Takes the lock; nil when another process holds it.
  ///
  /// - Throws: ``StorageError`` when the file cannot be opened or locked.
  init?(_ path: String) throws(StorageError) {
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else {
        throw StorageError(path: path, failure: "cannot be opened", code: errno)
      }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let code = errno
        close(descriptor)
        guard code == EWOULDBLOCK else {
          throw StorageError(path: path, failure: "cannot be locked", code: code)
        }
        return nil
      }
      // The holder before may have removed the file between the two calls.
      guard Self.isSameFile(descriptor, path) else {
        close(descriptor)
        continue
      }
      self.path = path
      self.descriptor = descriptor
      break
    }
    // The holder's name is for the other's message only; the lock holds without it.
    let holder = "process \(getpid()) on \(ComputeEnvironment.host)"
    if ftruncate(descriptor, 0) == 0 {
      _ = holder.utf8CString.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count - 1) }
    }
  }

  private static func isSameFile(_ descriptor: Int32, _ path: String) -> Bool {
    var held = stat()
    var named = stat()
    return fstat(descriptor, &held) == 0 && stat(path, &named) == 0
      && held.st_ino == named.st_ino && held.st_dev == named.st_dev
  }

  /// Gives the lock back; call it once.
  ///
  /// - Parameter isRemoving: Whether the file goes too.
  func release(isRemoving: Bool) {
    if isRemoving { unlink(path) } else { _ = ftruncate(descriptor, 0) }
    close(descriptor)
  }

  /// Who the file says holds it, such as `process 4711 on node3`.
  static func holder(of path: String) -> String {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.isEmpty ? "another process" : text
  }

  /// Who holds a file locked at this moment; nil when nobody does.
  static func liveHolder(of path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) != 0, errno == EWOULDBLOCK else { return nil }
    return holder(of: path)
  }
}
