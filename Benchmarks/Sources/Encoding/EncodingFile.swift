import Contest
import Foundation

/// A way of storing the features whose pass is measured; the numbers are the same in all.
struct EncodingFile: Sendable {
  /// What the command line, the workers and the files' names call it.
  let name: String
  /// What the table calls it.
  let title: String

  /// What users hold: NumPy-like files, what h5py compresses, and half precision.
  static let all = [
    EncodingFile(name: "plain", title: "float32, contiguous"),
    EncodingFile(name: "packed", title: "float32, gzip"),
    EncodingFile(name: "half", title: "float16, gzip"),
  ]

  /// Path of the file in a folder.
  func path(in folder: String) -> String { "\(folder)/\(name).h5" }

  /// Writes all files with the peer's script, which can store every form.
  static func writeAll(items: Int, in folder: String, with script: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = script + ["--write", folder, String(items)]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw BenchmarkError("the files could not be written in \(folder)")
    }
  }
}
