import ArrayFiles

/// Items of several files brought together by the names of their pictures.
///
/// Names are compared without the folders in front. A file with an array of names orders its own
/// arrays by it; the arrays of a file without one have the order of the names of the whole part.
struct NameJoin {
  /// Items that all files have, in the order of the names of the part.
  let items: [Int]
  /// Row of each of ``items`` in the arrays of files with names of their own.
  let order: [ImportRole: [Int]]
  /// Items of the file of each role that has names of its own.
  private let counts: [ImportRole: Int]
  /// What a user should know.
  let remarks: [String]

  /// Brings items together.
  ///
  /// - Throws: ``DatasetError`` when there are no names to go by, a name stands twice, or the files
  ///   have no item in common.
  init(
    _ arrays: ImportSources.Arrays, names: [String]?, in sources: ImportSources
  ) throws(DatasetError) {
    guard let names, let primary = arrays[.name] else {
      throw sources.namespace.error(
        expected: "names of the items to join by, given with --name", found: "none")
    }
    var places: [ImportRole: [String: Int]] = [:]
    var unnamed: Set<String> = []
    for role in [ImportRole.image, .text, .label, .caption] {
      guard let member = arrays[role], member.file.path != primary.file.path else { continue }
      guard let own = Self.names(in: member.file) else {
        unnamed.insert(member.file.path)
        continue
      }
      places[role] = try Self.places(of: own.readText(), in: own)
    }
    guard !places.isEmpty else {
      throw sources.namespace.error(
        expected: "a second file with names to join by, in an array "
          + Self.usualNames.joined(separator: ", "),
        found: "names in \(primary.file.path.fileName) only")
    }
    let keys = names.map(\.fileName)
    _ = try Self.places(of: names, in: primary)
    items = keys.indices.filter { item in places.values.allSatisfy { $0[keys[item]] != nil } }
    guard !items.isEmpty else {
      throw sources.namespace.error(
        expected: "items of one name in all files", found: "none, such as \(keys[0])")
    }
    var order: [ImportRole: [Int]] = [:]
    for (role, places) in places { order[role] = items.compactMap { places[keys[$0]] } }
    self.order = order
    counts = places.mapValues(\.count)
    remarks =
      ["joined by name: \(items.count) of \(names.count) items are in all files"]
      + unnamed.sorted().map { path in
        "\(path.fileName) has no names: its rows were taken in the order of "
          + primary.file.path.fileName
      }
  }

  /// Number of items that are left.
  var itemCount: Int { items.count }

  /// Items of the file of a role with names of its own; nil for others.
  func count(of role: ImportRole) -> Int? { counts[role] }

  /// The row of each item for each role.
  func order(of roles: [ImportRole]) -> [ImportRole: [Int]] {
    Dictionary(uniqueKeysWithValues: Set(roles).map { ($0, order[$0] ?? items) })
  }

  /// Names of arrays that name items.
  private static let usualNames = ["names", "image_name", "imgs", "FAll", "index"]

  private static func names(in file: any ArrayFile) -> ArrayNamespace.Member? {
    for name in usualNames {
      if let entry = file.entries.first(where: { $0.name == name && $0.mayHoldText }) {
        return ArrayNamespace.Member(file: file, entry: entry)
      }
    }
    return nil
  }

  private static func places(
    of names: [String], in member: ArrayNamespace.Member
  ) throws(DatasetError) -> [String: Int] {
    var places: [String: Int] = [:]
    for (place, name) in names.enumerated() {
      if let earlier = places.updateValue(place, forKey: name.fileName) {
        throw DatasetError(
          file: member.file.path, dataset: member.entry.name,
          expected: "each name once, without the folders in front",
          found: "\(name.fileName) in rows \(earlier) and \(place)")
      }
    }
    return places
  }
}
