package import ArrayFiles
import Foundation

extension SHA256 {
  /// Returns the digest of a file's bytes.
  ///
  /// - Throws: ``DatasetError`` when the file cannot be opened or read to its end.
  package static func hexDigest(ofFileAt path: String) throws(DatasetError) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw DatasetError(file: path, expected: "a file", found: HDF5File.obstacle(errno))
    }
    defer { close(descriptor) }
    var digest = SHA256()
    // Read rather than mapped: a file that shrinks meanwhile is an error, not a crash.
    let status = withUnsafeTemporaryAllocation(byteCount: 1 << 20, alignment: 64) { buffer in
      var count = read(descriptor, buffer.baseAddress, buffer.count)
      while count > 0 {
        digest.update(UnsafeRawBufferPointer(rebasing: buffer.prefix(count)))
        count = read(descriptor, buffer.baseAddress, buffer.count)
      }
      return count
    }
    guard status == 0 else {
      throw DatasetError(
        file: path, expected: "a readable file", found: HDF5File.obstacle(errno))
    }
    return digest.hexDigest()
  }
}
