package import ArrayFiles

/// A split as the file stores it.
package struct StoredSplit: Sendable, Hashable {
  /// Name of the split; `official` where it lies at `/split/*_idx` directly.
  package let name: String
  /// Items that ask.
  package let query: [Int]
  /// Items trained on; nil when the file leaves them open.
  package let training: [Int]?
  /// Items that are searched.
  package let retrieval: [Int]
}

extension DatasetFile {
  private static let indexNames = ["query_idx", "train_idx", "database_idx"]

  /// Finds the groups of the stored splits: `/split` itself, `/split/NAME` and `/split_NAME`.
  ///
  /// - Throws: ``DatasetError`` when a name is stored twice and `faults` stops there.
  static func splitGroups(
    in file: HDF5File, members: [String: HDF5File.Member], faults: inout FaultList
  ) throws(DatasetError) -> [String: String] {
    var found: [(name: String, group: String)] = []
    if members["split"] == .group {
      let inside = file.members(of: "/split")
      if indexNames.contains(where: { inside[$0] != nil }) { found.append(("official", "/split")) }
      for name in inside.keys.sorted() where inside[name] == .group {
        found.append((name, "/split/\(name)"))
      }
    }
    for name in members.keys.sorted() where name.hasPrefix("split_") && members[name] == .group {
      found.append((String(name.dropFirst("split_".count)), "/\(name)"))
    }
    var groups: [String: String] = [:]
    for (name, group) in found where groups.updateValue(group, forKey: name) != nil {
      try faults.report([file.error(group, expected: "one split called \(name)", found: "two")])
    }
    return groups
  }

  /// Reads a stored split and checks it against the items of the file.
  ///
  /// Queries and training items must differ. Queries may be searched too; some protocols do that.
  ///
  /// - Throws: ``DatasetError`` when there is no such split, an index is out of range or repeated,
  ///   or a query is trained on.
  package func storedSplit(named name: String) throws(DatasetError) -> StoredSplit {
    guard let group = splitGroups[name] else {
      throw file.error(
        "/split/\(name)", expected: "a stored split",
        found: splitNames.isEmpty
          ? "a file without any" : "only \(splitNames.joined(separator: ", "))")
    }
    do throws(PartFaults) {
      return try checkedSplit(named: name, in: group)
    } catch {
      throw error.first
    }
  }

  /// Reads a stored split and checks all of it.
  ///
  /// - Throws: ``PartFaults`` with everything that is wrong with its lists.
  func checkedSplit(named name: String, in group: String) throws(PartFaults) -> StoredSplit {
    let query = checkedIndices(group, "query_idx")
    let retrieval = checkedIndices(group, "database_idx")
    let training =
      file.members(of: group)["train_idx"] == nil ? nil : checkedIndices(group, "train_idx")
    var faults = query.faults + retrieval.faults + (training?.faults ?? [])
    if let training {
      let asked = Set(query.indices)
      if let shared = training.indices.first(where: asked.contains) {
        let count = training.indices.count(where: asked.contains)
        faults.append(
          file.error(
            "\(group)/train_idx", expected: "no item of query_idx",
            found: "\(count) of them, the first is item \(shared)"))
      }
    }
    if let faults = PartFaults(faults) { throw faults }
    return StoredSplit(
      name: name, query: query.indices, training: training?.indices,
      retrieval: retrieval.indices)
  }

  /// Reads one index list: not empty, in range, without repeats.
  private func checkedIndices(
    _ group: String, _ name: String
  ) -> (indices: [Int], faults: [DatasetError]) {
    do throws(DatasetError) {
      let dataset = try HDF5Dataset("\(group)/\(name)", in: file)
      var faults: [DatasetError] = []
      if let fault = dataset.rankFault(1) { faults.append(fault) }
      if !dataset.elementType.isInteger {
        faults.append(dataset.error(expected: "int32 indices", found: dataset.elementType.name))
      }
      guard faults.isEmpty else { return ([], faults) }
      let indices = try dataset.readIntegers()
      return (indices, faultsOfIndices(indices, in: dataset))
    } catch {
      return ([], [error])
    }
  }

  private func faultsOfIndices(_ indices: [Int], in dataset: HDF5Dataset) -> [DatasetError] {
    guard !indices.isEmpty else {
      return [dataset.error(expected: "at least one index", found: "none")]
    }
    var firstPlace = [Int?](repeating: nil, count: itemCount)
    var outside: (place: Int, count: Int)?
    var repeated: (earlier: Int, place: Int, count: Int)?
    for (place, index) in indices.enumerated() {
      if index < 0 || index >= itemCount {
        outside = (outside?.place ?? place, (outside?.count ?? 0) + 1)
      } else if let earlier = firstPlace[index] {
        repeated = (
          repeated?.earlier ?? earlier, repeated?.place ?? place, (repeated?.count ?? 0) + 1
        )
      } else {
        firstPlace[index] = place
      }
    }
    var faults: [DatasetError] = []
    if let outside {
      faults.append(
        dataset.error(
          expected: "indices from 0 to \(itemCount - 1)",
          found: "\(indices[outside.place]) at position \(outside.place)"
            + firstOf(outside.count)))
    }
    if let repeated {
      faults.append(
        dataset.error(
          expected: "each index once",
          found: "index \(indices[repeated.place]) at positions \(repeated.earlier) and "
            + "\(repeated.place)" + firstOf(repeated.count, "repeats")))
    }
    return faults
  }
}
