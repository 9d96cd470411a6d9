/// A finished file of a report, not yet written.
package struct ReportFile: Sendable, Equatable {
  /// Path below the experiment's folder, such as `curves/learning.csv`.
  package let path: String
  /// The whole text.
  package let text: String
}
