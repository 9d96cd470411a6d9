import ArrayFiles
import CrossModalData
import Foundation

/// Makes a data file of files that other programs wrote.
package struct DatasetImport {
  /// What was made, for the user.
  package struct Outcome: Sendable {
    /// Number of items.
    package let itemCount: Int
    /// How the files were read: what was turned, joined, left out.
    package let remarks: [String]
  }

  /// Reads the files, writes the data file and checks it; it appears whole or not at all.
  ///
  /// - Parameters:
  ///   - request: What is wanted.
  ///   - path: Path of the data file; an older one is replaced at the end.
  /// - Returns: What was made.
  /// - Throws: ``DatasetError`` when a file cannot be read, arrays do not fit each other, something is
  ///   missing, or the result breaks the format.
  package static func run(_ request: ImportRequest, to path: String) throws -> Outcome {
    let sources = try ImportSources(request)
    let items = try ImportedItems(sources, request)
    let missing = [ImportRole.image, .text, .label].filter { !items.has($0) }
    guard request.isPartial || missing.isEmpty else {
      throw sources.namespace.error(
        expected: "pictures, texts and labels, or --partial for a file without some of them",
        found: "no array for \(missing.map(\.rawValue).joined(separator: ", ")); there are "
          + sources.namespace.listing)
    }
    let writer = try HDF5Writer(path: path)
    var remarks = items.remarks
    try items.write(to: writer, request, remarks: &remarks)
    try writeProvenance(request, to: writer)
    try writer.close()
    do {
      try DatasetFile(path: writer.partialPath).validate()
    } catch let error as DatasetError where error.file == writer.partialPath {
      throw DatasetError(
        file: sources.namespace.paths, dataset: error.dataset, expected: error.expected,
        found: "\(error.found) of what would be stored")
    }
    try writer.finish(isReplacing: request.isReplacing)
    return Outcome(itemCount: items.count, remarks: remarks)
  }

  private static func writeProvenance(
    _ request: ImportRequest, to writer: HDF5Writer
  ) throws(DatasetError) {
    if let title = request.title { try writer.writeAttribute("dataset", title) }
    let lists = [request.labelNames, request.vocabulary].compactMap { $0 }
    for (index, file) in (request.files + lists).enumerated() {
      try writer.writeAttribute(
        "source_\(index + 1)",
        "\(file.fileName)\(try digestText(ofFileAt: file))")
    }
    if let layout = request.layout {
      try writer.writeAttribute("source_layout", "\(layout.name): \(layout.origin)")
    }
    try writer.writeAttribute("import_command", request.command)
  }

  /// The digest of a file, or of the digests of all arrays of a folder.
  private static func digestText(ofFileAt path: String) throws(DatasetError) -> String {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else { return ", SHA-256 \(try SHA256.hexDigest(ofFileAt: path))" }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let arrays = names.sorted().filter { $0.hasSuffix(".npy") }
    var digest = SHA256()
    for name in arrays {
      let line = "\(try SHA256.hexDigest(ofFileAt: "\(path)/\(name)"))  \(name)\n"
      Array(line.utf8).withUnsafeBytes { digest.update($0) }
    }
    return ", \(arrays.count) arrays, SHA-256 of what sha256sum prints \(digest.hexDigest())"
  }
}
