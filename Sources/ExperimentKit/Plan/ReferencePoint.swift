/// Codes that no method learned, run beside the methods of every experiment.
package enum ReferencePoint: String, Sendable, CaseIterable, Hashable {
  /// Every bit drawn by coin toss: where chance lies.
  case random
  /// Codes made from the labels of the items themselves, the same for picture and text.
  ///
  /// A constructed reference, not a proven ceiling.
  case labelOracle = "label-oracle"

  /// Raised whenever the same seed may give other codes than before.
  package var algorithmVersion: Int { 1 }

  /// Name in tables.
  package var displayName: String {
    switch self {
    case .random: "Chance (random codes)"
    case .labelOracle: "Label oracle"
    }
  }
}
