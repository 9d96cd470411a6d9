package import ArrayFiles
import Foundation

/// The SHA-256 of a file, and by what the same file is known again without reading it.
///
/// A run hashes each data file once and hands the digest to its workers, which would otherwise read
/// gigabytes for every trial. A worker takes it over only where size, time of the last change and
/// place on the disk are those of the file that was hashed.
package struct FileDigest: Sendable, Codable, Hashable {
  /// SHA-256 as hexadecimal digits.
  package let digest: String
  private let stamp: Stamp

  /// What a change of a file changes.
  private struct Stamp: Codable, Hashable {
    let device: UInt
    let number: UInt
    let byteCount: Int
    let changed: [Int]

    init?(ofFileAt path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      device = status.st_dev
      number = status.st_ino
      byteCount = Int(status.st_size)
      changed = [
        status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec,
        status.st_ctim.tv_nsec,
      ]
    }
  }

  /// Variable of the environment by which a run tells its workers what it knows, as JSON.
  package static let variable = "CROSSBIT_DIGESTS"

  /// What the environment hands over; nothing where it says nothing or nonsense.
  private static let handedOver: [FileDigest] =
    ProcessInfo.processInfo.environment[variable]
    .flatMap { try? JSONDecoder().decode([FileDigest].self, from: Data($0.utf8)) } ?? []

  /// Finds the digest of a file, among known ones or by reading it.
  ///
  /// - Parameters:
  ///   - path: Path of the file.
  ///   - known: Digests that may be of it; those of the environment when nil.
  /// - Throws: ``DatasetError`` when the file cannot be opened or read to its end.
  package init(ofFileAt path: String, among known: [FileDigest]? = nil) throws(DatasetError) {
    // Taken before the file is read: a change meanwhile leads to another stamp.
    let stamp = Stamp(ofFileAt: path)
    if let stamp, let known = (known ?? Self.handedOver).first(where: { $0.stamp == stamp }) {
      self = known
      return
    }
    let digest = try SHA256.hexDigest(ofFileAt: path)
    guard let stamp else {
      throw DatasetError(file: path, expected: "a file", found: HDF5File.obstacle(errno))
    }
    self.digest = digest
    self.stamp = stamp
  }

  /// Digests as the environment hands them over.
  package static func text(of digests: [FileDigest]) -> String {
    (try? JSONEncoder().encode(digests)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
