import CHDF5
import Foundation

/// Files of arrays that other programs wrote.
package enum ArrayFiles {
  /// What ``open(path:)`` takes, as messages name it.
  private static let expected =
    "a NumPy file (.npy or .npz), a folder of .npy files, an HDF5 file or a MATLAB file"

  /// Opens a file or a folder; its content says what it is, not its name.
  ///
  /// - Parameters:
  ///   - path: Path of the file or folder.
  ///   - takesReleases: Whether lists in text, and zip files around one other file, will do too.
  /// - Returns: The file, whose arrays are not read yet.
  /// - Throws: ``DatasetError`` when it cannot be opened, is of another kind or is damaged.
  package static func open(
    path: String, takesReleases: Bool = false
  ) throws(DatasetError) -> any ArrayFile {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      return try ArrayFolder(path: path)
    }
    let bytes = try FileBytes(path: path, expected: expected)
    let start = try bytes.read(0..<min(bytes.count, MATLABHeader.length))
    if start.starts(with: NumPyHeader.magic) { return try NumPyFile(path: path) }
    if start.starts(with: ZipDirectory.magic) || start.starts(with: ZipDirectory.emptyMagic) {
      if takesReleases, try !NumPyArchive.holdsArrays(path: path) {
        return try ZippedArrayFile(path: path)
      }
      return try NumPyArchive(path: path)
    }
    HDF5Library.prepare()
    // HDF5 may begin after 512, 1024, … bytes of something else, as it does in MATLAB 7.3 files.
    if H5Fis_hdf5(path) > 0 || start.starts(with: MATLABHeader.version73) {
      return try HDF5ArrayFile(path: path)
    }
    if MATLABHeader.isVersion5(start) || MATLABHeader.isVersion4(start) {
      return try openMATLAB(path: path)
    }
    if start.starts(with: MATLABHeader.beginning) {
      throw DatasetError(
        file: path, expected: "a complete MATLAB file", found: "\(bytes.count) bytes of one")
    }
    let isText = start.allSatisfy { $0 >= 0x20 && $0 != 0x7f || (9...13).contains($0) }
    // What stands beyond ASCII in a list is UTF-8, which reading the whole of it checks.
    if takesReleases, start.allSatisfy({ $0 >= 0x20 || (9...13).contains($0) }) {
      // The first byte or two of another kind of file look like text.
      guard !namesArrays(path) else {
        throw DatasetError(
          file: path, expected: "a complete file of the kind that its name says",
          found: "\(bytes.count) bytes without the signature of one")
      }
      return try ListFile(path: path)
    }
    throw DatasetError(
      file: path, expected: expected, found: isText ? "text" : "a file of another kind")
  }

  /// Whether a name ends as those of files do that are never text.
  private static func namesArrays(_ path: String) -> Bool {
    let suffix = path.split(separator: "/").last?.split(separator: ".").last?.lowercased() ?? ""
    return ["mat", "npy", "npz", "h5", "hdf5", "h5py", "zip"].contains(suffix)
  }

  private static func openMATLAB(path: String) throws(DatasetError) -> any ArrayFile {
    #if MATIO
      return try MATLABFile(path: path)
    #else
      throw DatasetError(
        file: path, expected: "a file that this build can read",
        found: "a MATLAB file before version 7.3, which needs libmatio: install libmatio-dev and "
          + "build again")
    #endif
  }
}
