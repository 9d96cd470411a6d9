/// One of the two views of an item.
public enum Modality: String, Sendable, Codable, CaseIterable, Hashable {
  /// The picture's features, dataset `/image`.
  case image
  /// The text's features, dataset `/text`.
  case text
}
