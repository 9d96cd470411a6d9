import ArrayFiles
import Foundation

/// The arrays of several files under one roof.
struct ArrayNamespace {
  /// An array that has not been read.
  struct Member {
    let file: any ArrayFile
    let entry: ArrayEntry

    /// The array as `--key` names it: with its file where the name alone does not tell.
    func reference(amid members: [Member]) -> String {
      members.count { $0.entry.name == entry.name } > 1
        ? "\(file.path):\(entry.name)" : entry.name
    }

    func read() throws(DatasetError) -> NumericArray { try file.read(entry.name) }
  }

  /// All paths, as messages name them.
  let paths: String
  let members: [Member]
  /// Arrays that one message lists.
  private static let listedCount = 20

  /// Opens files and folders; one that is given twice counts once.
  init(paths: [String]) throws(DatasetError) {
    var members: [Member] = []
    var seen: Set<String> = []
    var given: [String] = []
    for path in paths
    where seen.insert(URL(filePath: path).resolvingSymlinksInPath().path).inserted {
      let file = try ArrayFiles.open(path: path)
      members += file.entries.map { Member(file: file, entry: $0) }
      given.append(path)
    }
    self.members = members
    self.paths = given.joined(separator: ", ")
  }

  /// Members of one of some names, in the order of the names; groups around an array do not count.
  func members(named names: [String]) -> [Member] {
    names.flatMap { name in
      members.filter { $0.entry.name == name || $0.entry.name.hasSuffix("/\(name)") }
    }
  }

  /// The member that `NAME` or `PATH:NAME` means.
  ///
  /// - Throws: ``DatasetError`` when there is none, or more than one; `option` is what named it.
  func member(_ reference: String, option: String) throws(DatasetError) -> Member {
    // HDF5 paths may be written with their first slash.
    let name = reference.hasPrefix("/") ? String(reference.dropFirst()) : reference
    var found = members.filter { $0.entry.name == reference || $0.entry.name == name }
    if found.isEmpty {
      found = members.filter { reference == "\($0.file.path):\($0.entry.name)" }
    }
    if found.count > 1 {
      throw error(
        expected: "one array for \(option)",
        found: "\(found.count) of that name; write "
          + found.map { $0.reference(amid: members) }.joined(separator: " or "))
    }
    guard let member = found.first else {
      throw error(expected: "the array \(reference) of \(option)", found: listing)
    }
    return member
  }

  /// An error about all files.
  func error(expected: String, found: String) -> DatasetError {
    DatasetError(file: paths, expected: expected, found: found)
  }

  /// All arrays with their shapes, in words that fit after "found".
  var listing: String {
    var listed = members.prefix(Self.listedCount).map(\.entry.summary)
    if members.count > listed.count { listed.append("\(members.count - listed.count) more") }
    return listed.isEmpty ? "no array at all" : "only \(listed.joined(separator: ", "))"
  }
}
