/// Something that is allowed but worth knowing.
package struct DatasetWarning: Sendable, Hashable {
  /// How often it occurs.
  package struct Tally: Sendable, Hashable {
    /// Number of offenders.
    package let count: Int
    /// Number of items, rows, queries or labels that were looked at.
    package let total: Int
    /// The first offender, such as `item 4`.
    package let first: String
  }

  /// Path of the dataset or the group of the split.
  package let dataset: String
  /// What it is, such as `items without labels`.
  package let what: String
  /// How often it occurs; nil when there is nothing to count.
  package let tally: Tally?

  /// A warning about the file itself rather than some of its rows.
  init(_ dataset: String, _ what: String) {
    self.dataset = dataset
    self.what = what
    tally = nil
  }

  /// A warning about some of many; nil when there are no offenders.
  ///
  /// - Parameters:
  ///   - dataset: Path of the dataset or the group of the split.
  ///   - what: What they are.
  ///   - offenders: All of them in order.
  ///   - total: How many were looked at.
  ///   - name: Makes words of an offender.
  init?<Offender>(
    _ dataset: String, _ what: String, _ offenders: [Offender], of total: Int,
    name: (Offender) -> String
  ) {
    guard let first = offenders.first else { return nil }
    self.init(dataset, what, Tally(count: offenders.count, total: total, first: name(first)))
  }

  /// A warning with a count that is known.
  init(_ dataset: String, _ what: String, _ tally: Tally) {
    self.dataset = dataset
    self.what = what
    self.tally = tally
  }

  /// The warning as it is kept with a trial: `items without labels: 3 of 40`.
  package var phrase: String {
    tally.map { "\(what): \($0.count) of \($0.total)" } ?? what
  }

  /// The warning with its place and the first offender.
  package var sentence: String {
    "\(dataset): \(phrase)" + (tally.map { ", the first is \($0.first)" } ?? "")
  }
}
