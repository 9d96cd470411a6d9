package import ExperimentKit
import HashingMethods

/// A row's method or reference point, with a name of its own in the report.
package struct ReportSubject: Sendable, Equatable {
  /// What the trials were recorded under.
  package let subject: TrialSubject
  /// The configuration's name, numbered (`short #2`) where two configurations share it.
  package let variant: String

  /// Whether it is chance or the label oracle rather than a method.
  package var isReference: Bool { subject.kind == .reference }

  /// Name and variant in one phrase.
  package var title: String {
    variant.isEmpty ? subject.displayName : "\(subject.displayName) · \(variant)"
  }

  /// ``title`` for a plot, which may be seen without its table: a reconstruction says so.
  var plotTitle: String {
    subject.fidelity == .reconstructed ? "\(title) (reconstructed)" : title
  }

  /// Fidelity as tables print it.
  var fidelityText: String { subject.fidelity?.rawValue ?? "–" }
}

/// What makes two trials belong to one row: everything that decides the codes but K and seed.
///
/// The display name is left out, so that renaming a method does not tear its trials apart.
struct SubjectKey: Hashable {
  let kind: TrialSubject.Kind
  let method: String
  let algorithmVersion: Int
  let configuration: String

  init(_ subject: TrialSubject) {
    kind = subject.kind
    method = subject.method
    algorithmVersion = subject.algorithmVersion
    configuration = subject.configuration
  }
}

extension ReportSubject {
  /// The distinct subjects of some records: methods first, then reference points, each in order.
  static func subjects(of records: [TrialRecord]) -> [(key: SubjectKey, subject: ReportSubject)] {
    var seen: Set<SubjectKey> = []
    let distinct = records.map(\.subject).filter { seen.insert(SubjectKey($0)).inserted }
    let ordered = distinct.filter { $0.kind == .method } + distinct.filter { $0.kind != .method }
    var uses: [[String]: Int] = [:]
    return ordered.map { subject in
      let use = uses[[subject.method, subject.variant], default: 0] + 1
      uses[[subject.method, subject.variant]] = use
      let variant = use == 1 ? subject.variant : "\(subject.variant) #\(use)"
      return (SubjectKey(subject), ReportSubject(subject: subject, variant: variant))
    }
  }
}
