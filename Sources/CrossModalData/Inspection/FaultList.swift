import ArrayFiles

/// What is wrong with a file, in the order in which it was found.
///
/// Opening to train and listing everything for `crossbit data validate` run the same checks: one
/// stops at the first fault, the other keeps all of them.
struct FaultList {
  /// Whether a fault is thrown instead of kept.
  let stopsAtFirst: Bool
  /// The faults that were kept.
  private(set) var faults: [DatasetError] = []

  /// Starts an empty list.
  init(stopsAtFirst: Bool) {
    self.stopsAtFirst = stopsAtFirst
  }

  /// Takes what a check found.
  ///
  /// - Throws: The first fault, when the list stops there.
  mutating func report(_ found: [DatasetError]) throws(DatasetError) {
    if stopsAtFirst, let first = found.first { throw first }
    faults += found
  }

  /// Does some work and takes its fault.
  ///
  /// - Returns: What the work made; nil when its fault was kept.
  /// - Throws: The fault, when the list stops there.
  mutating func attempt<Value>(
    _ work: () throws(DatasetError) -> Value
  ) throws(DatasetError) -> Value? {
    do throws(DatasetError) {
      return try work()
    } catch {
      try report([error])
      return nil
    }
  }

  /// Opens a dataset of features and checks its shape and type.
  ///
  /// - Returns: The number of rows, where there is one, and the features, where nothing is amiss.
  mutating func features(
    _ path: String, rank: Int = 2, in file: HDF5File
  ) throws(DatasetError) -> (rows: Int?, source: FeatureSource?) {
    guard
      let dataset = try attempt({ () throws(DatasetError) in try HDF5Dataset(path, in: file) })
    else { return (nil, nil) }
    let found = FeatureSource.faults(of: dataset, rank: rank)
    try report(found)
    guard found.isEmpty else { return (dataset.shape.first, nil) }
    return (
      dataset.shape.first,
      try attempt { () throws(DatasetError) in try FeatureSource(dataset, rank: rank) }
    )
  }

  /// Opens a list of strings and checks its shape, its type and, where known, its length.
  ///
  /// - Parameters:
  ///   - path: Path of the dataset.
  ///   - file: The file.
  ///   - count: How many strings there must be; nil when what they name is missing.
  ///   - unit: What the strings are, such as `names, one for each column of /label`.
  /// - Returns: The dataset; nil when something is amiss.
  /// - Throws: The first fault, when the list stops there.
  mutating func strings(
    _ path: String, in file: HDF5File, count: Int?, unit: String
  ) throws(DatasetError) -> HDF5Dataset? {
    guard
      let dataset = try attempt({ () throws(DatasetError) in try HDF5Dataset(path, in: file) })
    else { return nil }
    var found: [DatasetError] = []
    if let fault = dataset.rankFault(1) { found.append(fault) }
    if dataset.elementType != .string {
      found.append(dataset.error(expected: "strings", found: dataset.elementType.name))
    }
    if let count, let length = dataset.shape.first, length != count {
      found.append(dataset.error(expected: "\(count) \(unit)", found: "\(length)"))
    }
    try report(found)
    return found.isEmpty ? dataset : nil
  }
}

extension HDF5Dataset {
  /// The fault of another number of dimensions; nil when there is none.
  func rankFault(_ rank: Int) -> DatasetError? {
    do throws(DatasetError) {
      try requireRank(rank)
      return nil
    } catch {
      return error
    }
  }
}

/// The faults of one part of a file: at least one.
struct PartFaults: Error {
  /// The fault that training names.
  let first: DatasetError
  /// All of them, the first included.
  let all: [DatasetError]

  /// Gathers faults; nil when there are none.
  init?(_ faults: [DatasetError]) {
    guard let first = faults.first else { return nil }
    self.first = first
    all = faults
  }
}

/// Words that follow the first offender when there are more of them; empty when it is alone.
func firstOf(_ count: Int, _ unit: String = "") -> String {
  count > 1 ? ", the first of \(count)\(unit.isEmpty ? "" : " \(unit)")" : ""
}
