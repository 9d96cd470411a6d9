/// The version of Crossbit: the one place that names it.
package enum ProgramVersion {
  /// Semantic version.
  package static let current = "0.1.0"
}
