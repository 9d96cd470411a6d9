package import CrossModalData
import HashingMethods

/// One cell of an experiment's grid: the unit of work, of resuming and of failing.
package struct Trial: Sendable {
  /// Position in the plan, from 0.
  package let index: Int
  /// Name of the record's file; a digest of everything that decides which codes come out.
  package let identifier: String
  /// The data set and how it is split.
  package let material: TrialMaterial
  /// Who makes the codes.
  package let coder: Coder
  /// Code length K.
  package let bits: Int
  /// Seed of the trial's random streams.
  package let seed: UInt64

  /// Who makes the codes of a trial.
  package enum Coder: Sendable {
    /// A method of the manifest.
    case method(Method)
    /// A reference point.
    case reference(ReferencePoint)
  }

  /// The coder as records name it.
  package var subject: TrialSubject { coder.subject }

  /// What the trial is, for people: `wiki, DBRH (DBRC) linear, 16 bits, seed 1`.
  package var title: String {
    "\(material.dataset.name), \(coder.label), \(bits) bits, seed \(seed)"
  }
}

/// One data set under one split, with the digests of both.
package struct TrialMaterial: Sendable, Hashable {
  /// The data set's name in the manifest.
  package let dataset: DatasetReference
  /// SHA-256 of the data set's file.
  package let datasetDigest: String
  /// How the split is made.
  package let split: SplitProtocol
  /// SHA-256 over the three index lists.
  package let splitDigest: String
  /// Number of queries.
  package let queryCount: Int
  /// Number of items searched.
  package let retrievalCount: Int
  /// Number of queries that are searched too.
  package let searchedQueryCount: Int

  /// Creates the material of trials.
  package init(
    dataset: DatasetReference, datasetDigest: String, split: SplitProtocol, splitDigest: String,
    queryCount: Int, retrievalCount: Int, searchedQueryCount: Int = 0
  ) {
    self.dataset = dataset
    self.datasetDigest = datasetDigest
    self.split = split
    self.splitDigest = splitDigest
    self.queryCount = queryCount
    self.retrievalCount = retrievalCount
    self.searchedQueryCount = searchedQueryCount
  }
}

extension Trial.Coder {
  /// The coder as records name it.
  package var subject: TrialSubject {
    switch self {
    case .method(let method):
      TrialSubject(
        kind: .method, method: method.variant.description.identifier,
        displayName: method.displayName, variant: method.variant.variant,
        fidelity: method.variant.fidelity, reportedName: method.variant.reportedName,
        algorithmVersion: method.variant.description.algorithmVersion,
        configuration: method.variant.configuration)
    case .reference(let point):
      TrialSubject(
        kind: .reference, method: point.rawValue, displayName: point.displayName, variant: "",
        fidelity: nil, reportedName: nil, algorithmVersion: point.algorithmVersion,
        configuration: "{}")
    }
  }

  /// Name and configuration, for people.
  package var label: String {
    switch self {
    case .method(let method): method.label
    case .reference(let point): point.displayName
    }
  }
}
