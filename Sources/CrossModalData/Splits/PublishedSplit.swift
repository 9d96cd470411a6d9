/// A split as the code of a publication makes it, by a name that manifests can say.
///
/// A rule knows rows, not pictures: it gives the published lists for a file whose rows stand in the
/// release's order, and only the number of rows can be checked.
public struct PublishedSplit: Sendable, Hashable {
  /// How we know that the rule is the release's.
  public enum Evidence: String, Sendable, Hashable {
    /// The lists were compared with the release's own.
    case measured
    /// The rule was read in the release's code.
    case read
    /// The rule was read, but the number of rows or the state of the generator is a guess.
    case inferred
  }

  /// Name in manifests, tables and on the command line, such as `gcdh-mirflickr25k`.
  public let name: String
  /// The data set, such as `MIRFlickr-25K`.
  public let dataset: String
  /// Number of rows of the release's file; a file with another number is refused.
  public let itemCount: Int
  /// Whose rows they are: the file of the release whose order the rows must have.
  public let rows: String
  /// Repository and files that hold the rule.
  public let source: String
  /// How we know.
  public let evidence: Evidence
  /// How the items are cut.
  package let rule: SplitRule

  /// Number of items searched.
  package var retrievalCount: Int { itemCount - rule.queryCount }

  /// The published split of this name; nil when there is none.
  public static func named(_ name: String) -> PublishedSplit? {
    known.first { $0.name == name }
  }

  /// The rule with the name, as protocol lines print it.
  package var ruleText: String { "published split \(name): \(rule.words)" }
}
