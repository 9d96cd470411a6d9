/// A file, or a folder, that holds arrays by name.
package protocol ArrayFile: AnyObject {
  /// Path as the user gave it.
  var path: String { get }
  /// What kind of file it is, such as `NumPy archive`.
  var kindName: String { get }
  /// All entries, sorted by name.
  var entries: [ArrayEntry] { get }

  /// Reads an entry.
  ///
  /// - Throws: ``DatasetError`` when there is no such entry, it holds no numbers, or is damaged.
  func read(_ name: String) throws(DatasetError) -> NumericArray

  /// Reads an entry of text: strings, the rows of a matrix of characters, or the members of a cell
  /// array, each made one string.
  ///
  /// - Throws: ``DatasetError`` when there is no such entry, it holds no text, or is damaged.
  func readText(_ name: String) throws(DatasetError) -> [String]
}

/// What a file says about one of its arrays before it is read.
package struct ArrayEntry: Sendable, Hashable {
  /// Name to read it by.
  package let name: String
  /// Extent of every dimension, rows first; nil when it is not known.
  package let shape: [Int]?
  /// The type by its NumPy name where it has one, such as `uint8` or `text`.
  package let elementName: String
  /// What it holds instead of numbers, in words that fit after "found"; nil when it can be read.
  package let obstacle: String?

  /// Whether it may hold text; a cell array tells only when it is read.
  package var mayHoldText: Bool { Self.textTypes.contains(elementName) }

  /// The names of MATLAB, NumPy and HDF5 for text.
  private static let textTypes: Set = ["char", "cell", "text", "string"]

  /// The entry as a message lists it, such as `codes (200 × 64)`.
  package var summary: String {
    "\(name) (\(obstacle == nil ? ArrayShape.text(shape ?? []) : elementName))"
  }
}

extension ArrayEntry {
  /// An entry whose description cannot be read.
  init(unreadable name: String, _ error: DatasetError) {
    self.init(
      name: name, shape: nil, elementName: "unreadable",
      obstacle: "\(error.found) where \(error.expected) should be")
  }
}

extension ArrayFile {
  /// Entries that one message lists.
  private static var listedEntryCount: Int { 20 }

  /// The entry of a name.
  ///
  /// - Throws: ``DatasetError`` that lists the names of the file when there is none, or says what the
  ///   entry holds instead of numbers.
  package func entry(_ name: String) throws(DatasetError) -> ArrayEntry {
    let entry = try anyEntry(name)
    if let obstacle = entry.obstacle {
      throw DatasetError(
        file: path, dataset: name, expected: "an array of numbers", found: obstacle)
    }
    return entry
  }

  /// The entry of text of a name.
  ///
  /// - Throws: ``DatasetError`` as ``entry(_:)`` does, or when the entry cannot hold text.
  func textEntry(_ name: String) throws(DatasetError) -> ArrayEntry {
    let entry = try anyEntry(name)
    guard entry.mayHoldText else {
      throw DatasetError(
        file: path, dataset: name, expected: "text",
        found: entry.obstacle ?? "\(entry.elementName) numbers")
    }
    return entry
  }

  private func anyEntry(_ name: String) throws(DatasetError) -> ArrayEntry {
    guard let entry = entries.first(where: { $0.name == name }) else {
      var listed = entries.prefix(Self.listedEntryCount).map(\.summary)
      if entries.count > listed.count { listed.append("\(entries.count - listed.count) more") }
      throw DatasetError(
        file: path, dataset: name, expected: "the name of an array in this \(kindName)",
        found: entries.isEmpty ? "none, for it is empty" : "only \(listed.joined(separator: ", "))")
    }
    return entry
  }
}
