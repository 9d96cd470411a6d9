import CHDF5

/// The HDF5 library that the program is linked with.
package enum HDF5Library {
  /// Version of the library in use, such as `1.10.8`.
  package static var version: String {
    var (major, minor, release): (UInt32, UInt32, UInt32) = (0, 0, 0)
    guard H5get_libversion(&major, &minor, &release) >= 0 else { return "unknown" }
    return "\(major).\(minor).\(release)"
  }
}
