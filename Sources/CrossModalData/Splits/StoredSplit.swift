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
  /// - Throws: ``DatasetError`` when a name is stored twice.
  static func splitGroups(
    in file: HDF5File, members: [String: HDF5File.Member]
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
    for (name, group) in found {
      guard groups.updateValue(group, forKey: name) == nil else {
        throw file.error(group, expected: "one split called \(name)", found: "two")
      }
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
    let members = file.members(of: group)
    let query = try indices(group, "query_idx")
    let retrieval = try indices(group, "database_idx")
    let training = members["train_idx"] == nil ? nil : try indices(group, "train_idx")
    if let training {
      let asked = Set(query)
      if let shared = training.first(where: asked.contains) {
        let count = training.count(where: asked.contains)
        throw file.error(
          "\(group)/train_idx", expected: "no item of query_idx",
          found: "\(count) of them, the first is item \(shared)")
      }
    }
    return StoredSplit(name: name, query: query, training: training, retrieval: retrieval)
  }

  /// Reads one index list: not empty, in range, without repeats.
  private func indices(_ group: String, _ name: String) throws(DatasetError) -> [Int] {
    let dataset = try HDF5Dataset("\(group)/\(name)", in: file)
    try dataset.requireRank(1)
    guard dataset.elementType.isInteger else {
      throw dataset.error(expected: "int32 indices", found: dataset.elementType.name)
    }
    let indices = try dataset.readIntegers()
    guard !indices.isEmpty else {
      throw dataset.error(expected: "at least one index", found: "none")
    }
    var position = [Int?](repeating: nil, count: itemCount)
    for (place, index) in indices.enumerated() {
      guard index >= 0, index < itemCount else {
        throw dataset.error(
          expected: "indices from 0 to \(itemCount - 1)", found: "\(index) at position \(place)")
      }
      if let earlier = position[index] {
        throw dataset.error(
          expected: "each index once",
          found: "index \(index) at positions \(earlier) and \(place)")
      }
      position[index] = place
    }
    return indices
  }
}
