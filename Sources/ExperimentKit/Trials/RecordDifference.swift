import Foundation
import HashingMethods

/// One thing in which two records differ.
package struct RecordDifference: Sendable, Hashable {
  /// What it is, such as `data digest` or `configuration.epochs`.
  package let name: String
  /// What the first one has; nil where it has no such thing.
  package let first: String?
  /// What the second one has.
  package let second: String?
  /// Whether it belongs to the machine and the program rather than to what was asked for.
  package let isEnvironment: Bool

  /// Everything but the codes, the measures and what training took.
  ///
  /// - Returns: The differences in the order data, split, method, trial, environment.
  package static func all(between first: TrialRecord, _ second: TrialRecord) -> [RecordDifference] {
    let pairs =
      zip(first.identity, second.identity).map { ($0, $1, false) }
      + zip(first.environment, second.environment).map { ($0, $1, true) }
    var differences = pairs.compactMap { one, other, isEnvironment in
      one.value == other.value
        ? nil
        : RecordDifference(
          name: one.name, first: one.value, second: other.value, isEnvironment: isEnvironment)
    }
    let knobs = [first, second].map { Knobs(of: $0.subject.configuration).values }
    let names = Set(knobs.flatMap(\.keys)).sorted()
    let place = differences.firstIndex(where: \.isEnvironment) ?? differences.count
    differences.insert(
      contentsOf: names.filter { knobs[0][$0] != knobs[1][$0] }.map {
        RecordDifference(
          name: "configuration.\($0)", first: knobs[0][$0], second: knobs[1][$0],
          isEnvironment: false)
      }, at: place)
    return differences
  }

  /// The knobs of a configuration by their paths, each value as JSON.
  private struct Knobs {
    var values: [String: String] = [:]

    init(of configuration: String) {
      guard let json = try? JSONSerialization.jsonObject(with: Data(configuration.utf8)) else {
        return
      }
      add(json, at: "")
    }

    private mutating func add(_ value: Any, at path: String) {
      if let members = value as? [String: Any], !members.isEmpty {
        for (name, member) in members { add(member, at: path.isEmpty ? name : "\(path).\(name)") }
      } else if let data = try? JSONSerialization.data(
        withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys])
      {
        values[path] = String(decoding: data, as: UTF8.self)
      }
    }
  }
}

extension TrialRecord {
  fileprivate typealias Field = (name: String, value: String?)

  /// What the trial was asked to do, without the configuration.
  fileprivate var identity: [Field] {
    [
      ("data set", dataset.name), ("data digest", dataset.digest),
      ("made-up modality", dataset.surrogate), ("split", split.rule),
      ("split digest", split.digest), ("method", subject.method), ("variant", subject.variant),
      ("fidelity", subject.fidelity?.rawValue),
      ("algorithm version", String(subject.algorithmVersion)), ("bits", String(bits)),
      ("seed", String(seed)),
    ]
  }

  /// What it ran on.
  fileprivate var environment: [Field] {
    [
      ("version of Crossbit", run.version), ("BLAS kernels", run.blasCore),
      ("BLAS threads", String(run.blasThreads)), ("Hamming kernels", run.simdLevel),
      ("machine", run.host),
    ]
  }
}

extension TrialCodes {
  /// Whether all codes are the same, bit for bit.
  package func equals(_ other: TrialCodes) -> Bool {
    queryImage == other.queryImage && queryText == other.queryText
      && retrievalImage == other.retrievalImage && retrievalText == other.retrievalText
      && retrievalPair == other.retrievalPair
  }
}
