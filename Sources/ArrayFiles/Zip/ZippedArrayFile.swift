import Foundation

/// A zip file around one other file of arrays, as released MATLAB files are sometimes packed.
///
/// The file inside is unpacked beside the system's other temporary files while this object lives.
package final class ZippedArrayFile: ArrayFile {
  package let path: String
  package var kindName: String { "zipped \(inner.kindName)" }
  package var entries: [ArrayEntry] { inner.entries }
  private let inner: any ArrayFile
  private let folder: String

  /// Opens a zip file with a single member.
  ///
  /// - Throws: ``DatasetError`` when it holds more than one file or another kind, or is damaged.
  package init(path: String) throws(DatasetError) {
    let bytes = try FileBytes(path: path, expected: "a zip file")
    // What macOS adds about each file counts for nothing.
    let members = try ZipDirectory(bytes).members.filter {
      !$0.name.hasSuffix("/") && !$0.name.hasPrefix("__MACOSX/")
    }
    guard members.count == 1, let member = members.first else {
      throw DatasetError(
        file: path, expected: "a zip file with .npy files or with one other file in it",
        found: "\(members.count) files (\(members.prefix(3).map(\.name).joined(separator: ", ")))")
    }
    var template = Array(
      "\(FileManager.default.temporaryDirectory.path)/crossbit.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw DatasetError(
        file: path, expected: "a temporary folder to unpack it in",
        found: "none (\(String(cString: strerror(errno))))")
    }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    self.path = path
    let unpacked = "\(folder)/member"
    do throws(DatasetError) {
      try Self.unpack(member, of: bytes, to: unpacked)
      inner = try ArrayFiles.open(path: unpacked)
    } catch {
      try? FileManager.default.removeItem(atPath: folder)
      throw error.inside(path, instead: unpacked)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  package func read(_ name: String) throws(DatasetError) -> NumericArray {
    do throws(DatasetError) {
      let array = try inner.read(name)
      return NumericArray(
        file: path, name: array.name, shape: array.shape, elementName: array.elementName,
        values: array.values)
    } catch { throw error.inside(path, instead: inner.path) }
  }

  package func readText(_ name: String) throws(DatasetError) -> [String] {
    do throws(DatasetError) {
      return try inner.readText(name)
    } catch { throw error.inside(path, instead: inner.path) }
  }

  private static func unpack(
    _ member: ZipMember, of bytes: FileBytes, to path: String
  ) throws(DatasetError) {
    let stream = try ZipStream(member, in: bytes, name: member.name)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    defer { if descriptor >= 0 { close(descriptor) } }
    while descriptor >= 0, stream.remaining > 0 {
      let block = try stream.read(min(stream.remaining, 1 << 20))
      guard block.withUnsafeBytes({ FileBytes.put($0, into: descriptor) }) == 0 else { break }
    }
    guard descriptor >= 0, stream.remaining == 0 else {
      throw DatasetError(
        file: path, expected: "room to unpack \(member.byteCount) bytes",
        found: "that they cannot be written (\(String(cString: strerror(errno))))")
    }
    try stream.finish()
  }
}

extension DatasetError {
  /// The same error about the file that a user knows.
  fileprivate func inside(_ path: String, instead other: String) -> DatasetError {
    guard file == other else { return self }
    return DatasetError(file: path, dataset: dataset, expected: expected, found: found)
  }
}
