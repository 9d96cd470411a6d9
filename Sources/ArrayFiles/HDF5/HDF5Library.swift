import CHDF5

/// The HDF5 library that the program is linked with.
package enum HDF5Library {
  /// Readies the library; to be called before anything else of it.
  ///
  /// By itself it closes what is open when the program ends, and crashes there after a disk was full.
  /// All that is read or finished here is closed before.
  static func prepare() { _ = isPrepared }

  private static let isPrepared = H5dont_atexit() >= 0

  /// Version of the library in use, such as `1.10.8`.
  package static var version: String {
    var (major, minor, release): (UInt32, UInt32, UInt32) = (0, 0, 0)
    guard H5get_libversion(&major, &minor, &release) >= 0 else { return "unknown" }
    return "\(major).\(minor).\(release)"
  }
}
