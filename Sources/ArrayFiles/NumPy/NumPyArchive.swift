/// A `.npz` file, as `numpy.savez` and `numpy.savez_compressed` write it.
package final class NumPyArchive: ArrayFile {
  package let path: String
  package let kindName = "NumPy archive"
  package let entries: [ArrayEntry]
  private let bytes: FileBytes
  private let members: [String: ZipMember]

  /// Opens an archive and reads the header of each array in it.
  ///
  /// An array with a damaged header is listed as one that cannot be read.
  ///
  /// - Throws: ``DatasetError`` when the file is no whole zip file or none with `.npy` files.
  package init(path: String) throws(DatasetError) {
    self.path = path
    bytes = try FileBytes(path: path, expected: "a NumPy archive")
    let directory = try ZipDirectory(bytes)
    var members: [String: ZipMember] = [:]
    // Of two with one name the later counts, as in Python.
    for member in directory.members where member.name.hasSuffix(".npy") {
      members[String(member.name.dropLast(".npy".count))] = member
    }
    guard !members.isEmpty || directory.members.isEmpty else {
      throw DatasetError(
        file: path, expected: "a NumPy archive", found: "a zip file without any .npy file in it")
    }
    self.members = members
    var entries: [ArrayEntry] = []
    for (name, member) in members.sorted(by: { $0.key < $1.key }) {
      entries.append(Self.entry(name, member, in: bytes))
    }
    self.entries = entries
  }

  /// Whether a zip file holds `.npy` files, or nothing.
  ///
  /// - Throws: ``DatasetError`` when it is no whole zip file.
  static func holdsArrays(path: String) throws(DatasetError) -> Bool {
    let members = try ZipDirectory(FileBytes(path: path, expected: "a zip file")).members
    return members.isEmpty || members.contains { $0.name.hasSuffix(".npy") }
  }

  private static func entry(
    _ name: String, _ member: ZipMember, in bytes: FileBytes
  ) -> ArrayEntry {
    do throws(DatasetError) {
      return try NumPySource(file: bytes.path, name: name)
        .entry(named: name, from: ZipStream(member, in: bytes, name: name))
    } catch {
      return ArrayEntry(unreadable: name, error)
    }
  }

  package func read(_ name: String) throws(DatasetError) -> NumericArray {
    _ = try entry(name)
    guard let member = members[name] else { preconditionFailure("\(name) is listed") }
    return try NumPySource(file: path, name: name)
      .array(named: name, from: ZipStream(member, in: bytes, name: name))
  }

  package func readText(_ name: String) throws(DatasetError) -> [String] {
    _ = try textEntry(name)
    guard let member = members[name] else { preconditionFailure("\(name) is listed") }
    return try NumPySource(file: path, name: name)
      .text(from: ZipStream(member, in: bytes, name: name))
  }
}
