/// An HDF5 file that a test composes, spoils and writes.
public struct HDF5Fixture: Sendable {
  /// The elements of a dataset and their type in the file.
  public enum Values: Sendable {
    /// IEEE half precision, given as bit patterns.
    case float16(bitPatterns: [UInt16])
    /// IEEE single precision, little-endian.
    case float32([Float])
    /// IEEE single precision, big-endian in the file.
    case bigEndianFloat32([Float])
    /// IEEE double precision.
    case float64([Double])
    /// Unsigned bytes.
    case uint8([UInt8])
    /// Signed bytes.
    case int8([Int8])
    /// 32-bit integers.
    case int32([Int32])
    /// 64-bit integers.
    case int64([Int64])
    /// Strings padded with zeros to this many bytes.
    case fixedStrings([String], width: Int)
    /// Strings of variable length.
    case variableStrings([String])
  }

  /// How a dataset is stored.
  public enum Layout: Sendable {
    /// One run of bytes.
    case contiguous
    /// Chunks of this shape.
    case chunked([Int])
    /// Chunks of this shape, shuffled and packed with gzip.
    case compressed([Int])
    /// In the raw file of this path.
    case external(String)
  }

  /// A dataset: shape, elements row after row, layout.
  public struct Dataset: Sendable {
    /// Extent of every dimension.
    public var shape: [Int]
    /// The elements.
    public var values: Values
    /// How they are stored.
    public var layout: Layout

    /// Creates a dataset.
    public init(_ shape: [Int], _ values: Values, layout: Layout = .contiguous) {
      self.shape = shape
      self.values = values
      self.layout = layout
    }
  }

  /// Paths in the order in which they are written, which decides where they lie in the file.
  public private(set) var paths: [String] = []
  private var datasets: [String: Dataset] = [:]
  /// String attributes of the root group.
  public var attributes: [String: String] = [:]
  /// Links into other files: link path to (file, path there).
  public var externalLinks: [String: (file: String, path: String)] = [:]

  /// Creates an empty file.
  public init() {}

  /// The dataset at a path; its place in the order is that of the first assignment.
  public subscript(path: String) -> Dataset? {
    get { datasets[path] }
    set {
      if newValue == nil {
        paths.removeAll { $0 == path }
      } else if datasets[path] == nil {
        paths.append(path)
      }
      datasets[path] = newValue
    }
  }
}
