import ExperimentKit
import Foundation
import Retrieval

/// A finished trial in half a line: its mean average precision and what it took.
struct TrialSummary {
  /// `I→T 0.2531, T→I 0.2274, 12.3 s`.
  let text: String

  init(_ record: TrialRecord) {
    let results = record.results.map { result in
      let joint = result.databaseCodes == .joint ? " (joint)" : ""
      let value = String(format: "%.4f", result.result.meanAveragePrecision.expected)
      return "\(result.task.displayName)\(joint) \(value)"
    }
    let seconds = String(format: "%.1f s", record.run.seconds)
    text = (results + [seconds]).joined(separator: ", ")
  }
}
