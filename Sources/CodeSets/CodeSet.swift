package import Retrieval

/// Codes and labels that some program made: what is needed to measure retrieval.
package struct CodeSet: Sendable {
  /// One question that the codes can answer.
  package struct Task: Sendable {
    /// `I2T`, `T2I`, `I2I`, `T2T`, or `codes` where no modality is told.
    package let name: String
    /// Codes of the queries.
    package let queries: BinaryCodes
    /// Codes of the retrieval set, in database order.
    package let retrieval: BinaryCodes
    /// The row of the retrieval set that is the query itself, left out of its ranking; nil for all
    /// queries where the task compares two modalities or nothing was said.
    package let ownRows: [Int?]?
  }

  /// An array that was used.
  package struct Source: Sendable, Hashable {
    /// What it was used for; `query-rows` besides the names of ``CodeRole``.
    package let role: String
    /// Path of its file.
    package let file: String
    /// Its name there.
    package let name: String
    /// Its shape.
    package let shape: [Int]
    /// How its numbers were read, such as `±1`.
    package let reading: String
  }

  /// Code length K.
  package let bits: Int
  /// What can be measured, in the order I2T, T2I, I2I, T2T, codes; never empty.
  package let tasks: [Task]
  /// Label sets of the queries.
  package let queryLabels: LabelSets
  /// Label sets of the retrieval set, over the same labels.
  package let retrievalLabels: LabelSets
  /// Where all of it came from.
  package let sources: [Source]

  /// Number of queries.
  package var queryCount: Int { queryLabels.count }
  /// Number of items searched.
  package var retrievalCount: Int { retrievalLabels.count }
  /// Queries without any label; they are unanswerable.
  package var unlabelledQueryCount: Int { queryLabels.unlabelledCount }
  /// Items without any label; they are relevant to no query.
  package var unlabelledRetrievalCount: Int { retrievalLabels.unlabelledCount }
  /// Paths of the files with arrays that were used, sorted.
  package var files: [String] { Set(sources.map(\.file)).sorted() }
}

extension LabelSets {
  /// Number of items without any label.
  fileprivate var unlabelledCount: Int { (0..<count).count { cardinality(of: $0) == 0 } }
}
