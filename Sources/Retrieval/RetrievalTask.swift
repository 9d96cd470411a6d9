/// Which modality asks and which one answers.
public enum RetrievalTask: String, Sendable, Codable, CaseIterable, Hashable {
  /// A picture finds texts.
  case imageToText = "I2T"
  /// A text finds pictures.
  case textToImage = "T2I"
  /// A picture finds pictures.
  case imageToImage = "I2I"
  /// A text finds texts.
  case textToText = "T2T"

  /// Whether queries and answers are of one modality, so that a query could find itself.
  package var isInsideOneModality: Bool { self == .imageToImage || self == .textToText }

  /// The name as tables print it.
  public var displayName: String {
    switch self {
    case .imageToText: "I→T"
    case .textToImage: "T→I"
    case .imageToImage: "I→I"
    case .textToText: "T→T"
    }
  }
}
