/// What an array of a code set is for.
package enum CodeRole: String, Sendable, CaseIterable {
  /// Codes of the queries, made from their pictures.
  case queryImage = "query-image"
  /// Codes of the queries, made from their texts.
  case queryText = "query-text"
  /// Codes of the retrieval set, made from its pictures.
  case retrievalImage = "retrieval-image"
  /// Codes of the retrieval set, made from its texts.
  case retrievalText = "retrieval-text"
  /// Codes of the queries where no modality is told.
  case queries
  /// Codes of the retrieval set where no modality is told.
  case retrieval
  /// Labels of the queries.
  case queryLabels = "query-labels"
  /// Labels of the retrieval set.
  case retrievalLabels = "retrieval-labels"

  /// Names under which the array is found, the surest first.
  package var usualNames: [String] { UsualNames.names(of: self).all }
}
