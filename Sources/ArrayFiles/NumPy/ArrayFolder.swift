import Foundation

/// A folder whose `.npy` files are its arrays, named by their names without the ending.
package final class ArrayFolder: ArrayFile {
  package let path: String
  package let kindName = "folder"
  package let entries: [ArrayEntry]
  private static let ending = ".npy"

  /// Lists a folder and reads the header of each array in it.
  ///
  /// A file with a damaged header is listed as one that cannot be read.
  ///
  /// - Throws: ``DatasetError`` when the folder cannot be read or has no `.npy` files.
  package init(path: String) throws(DatasetError) {
    self.path = path
    let expected = "a folder with .npy files"
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw DatasetError(file: path, expected: expected, found: "one that cannot be read")
    }
    var entries: [ArrayEntry] = []
    for name in names.sorted() where name.hasSuffix(Self.ending) && !name.hasPrefix(".") {
      entries.append(Self.entry(ofFileAt: "\(path)/\(name)"))
    }
    guard !entries.isEmpty else {
      throw DatasetError(file: path, expected: expected, found: "none of them")
    }
    self.entries = entries.sorted { $0.name < $1.name }
  }

  private static func entry(ofFileAt path: String) -> ArrayEntry {
    do throws(DatasetError) {
      return try NumPyFile(path: path).entries[0]
    } catch {
      return ArrayEntry(unreadable: NumPyFile.entryName(ofFileAt: path), error)
    }
  }

  package func read(_ name: String) throws(DatasetError) -> NumericArray {
    _ = try entry(name)
    return try NumPyFile(path: "\(path)/\(name)\(Self.ending)").read(name)
  }

  package func readText(_ name: String) throws(DatasetError) -> [String] {
    _ = try textEntry(name)
    return try NumPyFile(path: "\(path)/\(name)\(Self.ending)").readText(name)
  }
}
