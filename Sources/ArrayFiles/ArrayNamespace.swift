import Foundation

/// The arrays of several files under one roof.
package struct ArrayNamespace {
  /// An array that has not been read.
  package struct Member {
    /// The file that holds it.
    package let file: any ArrayFile
    /// What the file says about it.
    package let entry: ArrayEntry

    /// An array of a file.
    package init(file: any ArrayFile, entry: ArrayEntry) {
      self.file = file
      self.entry = entry
    }

    /// The array as `--key` names it: with its file where the name alone does not tell.
    package func reference(amid members: [Member]) -> String {
      members.count { $0.entry.name == entry.name } > 1
        ? "\(file.path):\(entry.name)" : entry.name
    }

    /// Reads the numbers.
    ///
    /// - Throws: ``DatasetError`` when there are none or they are damaged.
    package func read() throws(DatasetError) -> NumericArray { try file.read(entry.name) }

    /// Reads the text.
    ///
    /// - Throws: ``DatasetError`` when there is none or it is damaged.
    package func readText() throws(DatasetError) -> [String] { try file.readText(entry.name) }
  }

  /// All paths, as messages name them.
  package let paths: String
  /// The files and folders, each once.
  package let files: [any ArrayFile]
  /// All arrays, file after file.
  package let members: [Member]
  /// Arrays that one message lists.
  private static let listedCount = 20

  /// Opens files and folders; one that is given twice counts once.
  ///
  /// - Parameters:
  ///   - paths: Their paths.
  ///   - takesReleases: Whether lists in text, and zip files around one other file, will do too.
  /// - Throws: ``DatasetError`` when one cannot be opened, is of another kind or is damaged.
  package init(paths: [String], takesReleases: Bool = false) throws(DatasetError) {
    var members: [Member] = []
    var seen: Set<String> = []
    var files: [any ArrayFile] = []
    for path in paths
    where seen.insert(URL(filePath: path).resolvingSymlinksInPath().path).inserted {
      let file = try ArrayFiles.open(path: path, takesReleases: takesReleases)
      members += file.entries.map { Member(file: file, entry: $0) }
      files.append(file)
    }
    self.members = members
    self.files = files
    self.paths = files.map(\.path).joined(separator: ", ")
  }

  /// Members of one of some names, in the order of the names; groups around an array do not count.
  package func members(named names: [String]) -> [Member] {
    names.flatMap { name in
      members.filter { $0.entry.name == name || $0.entry.name.hasSuffix("/\(name)") }
    }
  }

  /// The member that `NAME` or `FILE:NAME` means, the file with its folders or without.
  ///
  /// - Throws: ``DatasetError`` when there is none, or more than one; `option` is what named it.
  package func member(_ reference: String, option: String) throws(DatasetError) -> Member {
    // HDF5 paths may be written with their first slash.
    let name = reference.hasPrefix("/") ? String(reference.dropFirst()) : reference
    var found = members.filter { $0.entry.name == reference || $0.entry.name == name }
    if found.isEmpty {
      found = members.filter { member in
        let file = URL(filePath: member.file.path).lastPathComponent
        return [member.file.path, file].contains { reference == "\($0):\(member.entry.name)" }
      }
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
  package func error(expected: String, found: String) -> DatasetError {
    DatasetError(file: paths, expected: expected, found: found)
  }

  /// All arrays with their shapes, in words that fit after "found".
  package var listing: String {
    var listed = members.prefix(Self.listedCount).map(\.entry.summary)
    if members.count > listed.count { listed.append("\(members.count - listed.count) more") }
    return listed.isEmpty ? "no array at all" : "only \(listed.joined(separator: ", "))"
  }
}
