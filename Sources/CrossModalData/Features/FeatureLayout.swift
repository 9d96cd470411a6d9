/// What the columns of a feature matrix are.
///
/// An item's one vector comes first. A data file may hold more of it: further levels of a backbone,
/// and local parts such as regions of a picture or tokens of a text. A method that asks for them
/// (``HashingMethod/extraFeatures``) gets them as further columns of the same row.
public struct FeatureLayout: Sendable, Hashable {
  /// Columns of the item's one vector.
  public let vector: Range<Int>
  /// Columns of each further level; empty where the file has none.
  public let levels: [Range<Int>]
  /// The local parts; nil where the file has none.
  public let parts: Parts?

  /// Equally wide local parts, one after the other.
  public struct Parts: Sendable, Hashable {
    /// All their columns: part p takes `width` columns from `range.lowerBound + p * width`.
    public let range: Range<Int>
    /// Number of parts of an item.
    public let count: Int
    /// Columns of a part.
    public var width: Int { range.count / count }
  }

  /// Lays out a vector, further levels and local parts in this order.
  ///
  /// - Parameters:
  ///   - vector: Columns of the vector.
  ///   - levels: Columns of each further level.
  ///   - parts: Number and columns of local parts.
  public init(vector: Int, levels: [Int] = [], parts: (count: Int, width: Int)? = nil) {
    self.vector = 0..<vector
    var end = vector
    var ranges: [Range<Int>] = []
    for columns in levels {
      ranges.append(end..<(end + columns))
      end += columns
    }
    self.levels = ranges
    self.parts = parts.map { Parts(range: end..<(end + $0.count * $0.width), count: $0.count) }
  }

  /// The vector, each level and all parts: what is scaled by itself.
  public var blocks: [Range<Int>] {
    [vector] + levels + (parts.map { [$0.range] } ?? [])
  }

  /// Columns of the whole matrix.
  public var columns: Int { blocks.last?.upperBound ?? 0 }
}

/// What a method wants to see beside one vector an item and its labels.
public struct ExtraFeatures: OptionSet, Sendable, Hashable {
  /// The options as bits.
  public let rawValue: Int

  /// Wraps bits.
  public init(rawValue: Int) {
    self.rawValue = rawValue
  }

  /// `/image_levels` and `/text_levels`.
  public static let levels = ExtraFeatures(rawValue: 1)
  /// `/image_regions` and `/text_tokens`.
  public static let parts = ExtraFeatures(rawValue: 2)
  /// `/label_vectors`.
  public static let labelVectors = ExtraFeatures(rawValue: 4)
}
