import CHDF5
import CHDF5Shims
import Foundation

/// An HDF5 file opened for reading.
package final class HDF5File {
  /// Path as the user gave it.
  package let path: String
  private let handle: HDF5Identifier

  /// Opens a file.
  ///
  /// - Throws: ``DatasetError`` when there is no file, it may not be read, it is not HDF5, or it is
  ///   truncated.
  package init(path: String) throws(DatasetError) {
    self.path = path
    if let obstacle = Self.obstacle(toReading: path) {
      throw DatasetError(file: path, expected: "an HDF5 file", found: obstacle)
    }
    HDF5Library.prepare()
    Self.silenceErrors()
    FaultGuard.enter(path)
    defer { FaultGuard.leave() }
    guard H5Fis_hdf5(path) > 0 else {
      throw DatasetError(
        file: path, expected: "an HDF5 file", found: "a file without the HDF5 signature")
    }
    let id = H5Fopen(path, chdf5_acc_rdonly(), hid_t(H5P_DEFAULT))
    guard let handle = HDF5Identifier(id, close: H5Fclose) else {
      throw DatasetError(
        file: path, expected: "a complete HDF5 file",
        found: "one that cannot be opened (\(Self.innermostError()))")
    }
    self.handle = handle
  }

  /// Size of the file in bytes.
  var byteCount: Int {
    var size: hsize_t = 0
    return H5Fget_filesize(id, &size) >= 0 ? Int(clamping: size) : 0
  }

  /// The identifier for calls into the library; valid while the file lives.
  var id: hid_t { handle.id }

  /// An error about a dataset of this file.
  package func error(_ dataset: String?, expected: String, found: String) -> DatasetError {
    DatasetError(file: path, dataset: dataset, expected: expected, found: found)
  }

  /// Says why a path cannot be read as a file, in words; nil when it can.
  static func obstacle(toReading path: String) -> String? {
    // Without O_NONBLOCK, opening a named pipe waits for a writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return obstacle(errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return obstacle(errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return status.st_size == 0 ? "an empty file" : nil
    case S_IFDIR: return "a directory"
    default: return "something that is not a regular file"
    }
  }

  /// Puts the error number of `open` into words that fit after "found".
  package static func obstacle(_ number: Int32) -> String {
    switch number {
    case ENOENT, ENOTDIR: "no file"
    case EACCES, EPERM: "a file that this user may not read"
    default: "a file that cannot be opened (\(String(cString: strerror(number))))"
    }
  }

  // The library prints its error stack by default. The setting belongs to the calling thread, so it
  // is made wherever a file is opened.
  static func silenceErrors() {
    _ = H5Eset_auto2(hid_t(H5E_DEFAULT), nil, nil)
  }

  /// What the library says about the innermost cause of its last failure on this thread.
  static func innermostError() -> String {
    var text = "no reason given"
    _ = withUnsafeMutablePointer(to: &text) { client in
      H5Ewalk2(
        hid_t(H5E_DEFAULT), H5E_WALK_UPWARD,
        { position, entry, client in
          // Upward means from the innermost call outwards; entry 0 is the cause.
          if position == 0, let description = entry?.pointee.desc {
            client?.assumingMemoryBound(to: String.self).pointee = String(cString: description)
          }
          return 0
        }, client)
    }
    return text
  }
}
