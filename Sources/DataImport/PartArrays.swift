import ArrayFiles

/// The arrays of one part with rows as items, whatever their orientation in the file.
struct PartArrays {
  /// Number of items.
  let itemCount: Int
  /// The matrices of features and labels.
  let matrices: [ImportRole: MatrixRows]
  /// Row of each item in a matrix or a list of text; roles that are absent keep the order of items.
  let order: [ImportRole: [Int]]
  /// Names and captions.
  let texts: [ImportRole: [String]]
  /// What a user should know about how they were read.
  let remarks: [String]

  /// Opens the arrays of a part.
  ///
  /// - Throws: ``DatasetError`` when they are damaged, hold something else, or have no number of items
  ///   in common.
  init(
    _ arrays: ImportSources.Arrays, in sources: ImportSources, _ request: ImportRequest
  ) throws(DatasetError) {
    var texts: [ImportRole: [String]] = [:]
    for role in [ImportRole.name, .caption] {
      if let member = arrays[role] { texts[role] = try member.readText() }
    }
    var remarks: [String] = []
    let wanted = try Self.withoutPixels(arrays, request, &remarks)
    let join =
      request.joinsByName
      ? try NameJoin(wanted, names: texts[.name], in: sources) : nil
    var extents: [(member: ArrayNamespace.Member, shape: [Int])] = []
    for role in [ImportRole.image, .text, .label] {
      // What has names of its own has items of its own.
      if let member = wanted[role], join?.order[role] == nil {
        extents.append((member, member.entry.shape ?? []))
      }
    }
    for role in [ImportRole.name, .caption] {
      if let member = arrays[role], join?.order[role] == nil, let count = texts[role]?.count {
        extents.append((member, [count]))
      }
    }
    let count: Int
    if let given = request.itemCount {
      count = given
    } else {
      count = try Self.commonCount(extents, in: sources, &remarks)
    }
    let turned = try Self.turned(wanted, items: { join?.count(of: $0) ?? count })
    remarks += turned.remarks
    var matrices: [ImportRole: MatrixRows] = [:]
    for role in [ImportRole.image, .text, .label] {
      guard let member = wanted[role] else { continue }
      let shape = member.entry.shape ?? []
      let isTurned = turned.roles.contains(role)
      if isTurned {
        remarks.append(
          "\(member.entry.name) is \(shape[0]) × \(shape[1]) and was turned: its columns are items")
      }
      matrices[role] = try MatrixRows(member, isTurned: isTurned)
    }
    if let join {
      remarks += join.remarks
      itemCount = join.itemCount
      order = join.order(of: Array(wanted.keys))
      var ordered: [ImportRole: [String]] = [:]
      for (role, values) in texts {
        ordered[role] = (join.order[role] ?? join.items).map { values[$0] }
      }
      self.texts = ordered
    } else {
      itemCount = count
      order = [:]
      self.texts = texts
    }
    self.matrices = matrices
    self.remarks = remarks
  }

  /// Pictures themselves are no features.
  private static func withoutPixels(
    _ arrays: ImportSources.Arrays, _ request: ImportRequest, _ remarks: inout [String]
  ) throws(DatasetError) -> ImportSources.Arrays {
    var arrays = arrays
    if let image = arrays[.image], let shape = image.entry.shape, shape.count > 2 {
      guard request.isPartial else {
        throw DatasetError(
          file: image.file.path, dataset: image.entry.name,
          expected: "picture features, one row an item",
          found: "\(shape.map { "\($0)" }.joined(separator: " × ")), which looks like pixels; give "
            + "features with --image FILE:NAME, or leave pictures out with --partial")
      }
      arrays[.image] = nil
      remarks.append("\(image.entry.name) looks like pixels and was left out")
    }
    return arrays
  }

  /// The number of items: an extent that all arrays have, of the first dimensions where it can be.
  private static func commonCount(
    _ arrays: [(member: ArrayNamespace.Member, shape: [Int])], in sources: ImportSources,
    _ remarks: inout [String]
  ) throws(DatasetError) -> Int {
    var common: Set<Int>?
    for (_, shape) in arrays { common = common?.intersection(shape) ?? Set(shape) }
    let candidates = common ?? []
    // Of two extents that all arrays have, the one that is first more often.
    let count = candidates.max { one, other in
      func firsts(_ count: Int) -> Int { arrays.count { $0.shape.first == count } }
      return (firsts(one), one) < (firsts(other), other)
    }
    guard let count, count > 0 else {
      throw sources.namespace.error(
        expected: "arrays with one number of items",
        found: arrays.map { array in
          "\(array.member.entry.name) (\(array.shape.map { "\($0)" }.joined(separator: " × ")))"
        }.joined(separator: ", "))
    }
    // One array alone is expected to have its items in rows.
    let others = arrays.count > 1 ? candidates.subtracting([count]) : []
    for other in others.sorted() where other > 1 {
      remarks.append(
        "the shapes fit \(other) items too; \(count) were taken, --items \(other) takes the others")
    }
    return count
  }

  /// Roles whose columns are items.
  ///
  /// A square array, whose shape does not tell, goes with the others of its part.
  private static func turned(
    _ arrays: ImportSources.Arrays, items: (ImportRole) -> Int
  ) throws(DatasetError) -> (roles: Set<ImportRole>, remarks: [String]) {
    var (turned, upright, square): (Set<ImportRole>, Set<ImportRole>, Set<ImportRole>) = (
      [], [], []
    )
    for role in [ImportRole.image, .text, .label] {
      guard let member = arrays[role] else { continue }
      let (shape, items) = (member.entry.shape ?? [], items(role))
      switch (shape.first == items, shape.count == 2 && shape[1] == items) {
      case (true, true) where items > 1: square.insert(role)
      case (true, _): upright.insert(role)
      case (false, true): turned.insert(role)
      case (false, false):
        throw DatasetError(
          file: member.file.path, dataset: member.entry.name, expected: "\(items) items",
          found: shape.map { "\($0)" }.joined(separator: " × "))
      }
    }
    let follows = !turned.isEmpty && upright.isEmpty
    let names = square.compactMap { arrays[$0]?.entry.name }.sorted()
    let remarks = names.map { name in
      "\(name) is square and its shape does not tell what is an item: its "
        + (follows ? "columns were taken, as in the other arrays" : "rows were taken")
    }
    return (follows ? turned.union(square) : turned, remarks)
  }
}
