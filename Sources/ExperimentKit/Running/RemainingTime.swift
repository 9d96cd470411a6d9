/// Estimates how long the open trials of a run will take, from what finished trials took.
package struct RemainingTime: Sendable {
  private struct Kind: Hashable {
    let dataset: String
    let subject: TrialSubject
    let bits: Int
  }

  private struct Tally {
    var seconds = 0.0
    var count = 0

    var mean: Double? { count == 0 ? nil : seconds / Double(count) }
  }

  private let jobs: Int
  private var byKind: [Kind: Tally] = [:]
  private var bySubject: [TrialSubject: Tally] = [:]

  /// Starts without experience.
  ///
  /// - Parameter jobs: Number of trials at a time.
  package init(jobs: Int) {
    self.jobs = jobs
  }

  /// Learns from a finished trial.
  package mutating func add(_ record: TrialRecord) {
    let kind = Kind(dataset: record.dataset.digest, subject: record.subject, bits: record.bits)
    byKind[kind, default: Tally()].seconds += record.run.seconds
    byKind[kind, default: Tally()].count += 1
    bySubject[record.subject, default: Tally()].seconds += record.run.seconds
    bySubject[record.subject, default: Tally()].count += 1
  }

  /// Seconds until trials are done; nil while a subject among them has never finished a trial.
  ///
  /// - Parameter open: The trials without a record, with the seconds that each has run already.
  package func estimate(open: [(trial: Trial, elapsed: Double)]) -> Double? {
    var total = 0.0
    var longest = 0.0
    for (trial, elapsed) in open {
      guard let seconds = expectedSeconds(of: trial) else { return nil }
      let rest = max(0, seconds - elapsed)
      total += rest
      longest = max(longest, rest)
    }
    return max(total / Double(jobs), longest)
  }

  private func expectedSeconds(of trial: Trial) -> Double? {
    let kind = Kind(
      dataset: trial.material.datasetDigest, subject: trial.subject, bits: trial.bits)
    return byKind[kind]?.mean ?? bySubject[trial.subject]?.mean
  }
}
