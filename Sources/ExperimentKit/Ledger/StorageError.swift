import Foundation

/// A file or folder of the results that could not be read or written.
package struct StorageError: Error, Equatable, CustomStringConvertible {
  /// Path of the file or folder.
  package let path: String
  /// What was tried, such as `cannot be written`.
  package let failure: String
  /// The system's error number.
  package let code: Int32

  /// One sentence; where the space has run out it says how to go on.
  package var description: String {
    let advice =
      isOutOfSpace ? "; nothing is half written: free some space and run the experiment again" : ""
    return "\(path) \(failure): \(String(cString: strerror(code)))\(advice)."
  }

  /// Whether the disk, the quota or the limit on file sizes is exhausted.
  package var isOutOfSpace: Bool { [ENOSPC, EDQUOT, EFBIG].contains(code) }
}
