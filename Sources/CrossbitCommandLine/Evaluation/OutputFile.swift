import ExperimentKit
import Foundation

/// A file that a command writes beside what it prints.
struct OutputFile {
  /// The path with links followed, so that the file behind a link is replaced and not the link.
  let path: String

  /// Looks at what is there before anything is measured.
  ///
  /// - Parameters:
  ///   - option: The option that names the file, for messages.
  ///   - path: Path as the user gave it.
  ///   - inputs: Files that the command reads.
  /// - Throws: ``OutputProblem`` when the path is that of an input or of no regular file.
  init(option: String, path: String, inputs: [String]) throws(OutputProblem) {
    self.path = Self.canonical(path)
    var status = stat()
    guard stat(self.path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw OutputProblem(option: option, path: path, reason: "is no regular file")
    }
    guard access(self.path, W_OK) == 0 else {
      throw OutputProblem(option: option, path: path, reason: "may not be written by this user")
    }
    let isRead = inputs.contains { input in
      var other = stat()
      return stat(input, &other) == 0 && other.st_dev == status.st_dev
        && other.st_ino == status.st_ino
    }
    if isRead {
      throw OutputProblem(option: option, path: path, reason: "is one of the files that are read")
    }
  }

  /// Writes the file whole or not at all.
  func write(_ text: String) throws(StorageError) {
    try WholeFile.write(Data(text.utf8), to: path)
  }

  /// The path with links followed, as far as it exists.
  private static func canonical(_ path: String) -> String {
    func resolved(_ path: String) -> String? {
      guard let resolved = realpath(path, nil) else { return nil }
      defer { free(resolved) }
      return String(cString: resolved)
    }
    if let whole = resolved(path) { return whole }
    guard let slash = path.lastIndex(of: "/") else {
      return resolved(".").map { "\($0)/\(path)" } ?? path
    }
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    return resolved(folder).map { "\($0)\(path[slash...])" } ?? path
  }
}

/// Why a file that a command is to write would destroy something.
struct OutputProblem: Error, CustomStringConvertible {
  let option: String
  let path: String
  let reason: String

  var description: String { "\(option) \(path): this \(reason), so it is not replaced." }
}
