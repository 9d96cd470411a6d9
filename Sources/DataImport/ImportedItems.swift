import ArrayFiles

/// The items of all parts in the order of the data file, with the split that the parts make.
struct ImportedItems {
  /// Number of items.
  private(set) var count = 0
  /// What a user should know.
  private(set) var remarks: [String] = []
  private var matrices: [ImportRole: ItemRows] = [:]
  private var texts: [ImportRole: [String]] = [:]
  /// Items of each part.
  private var items: [ImportPart: [Int]] = [:]
  private let sources: ImportSources

  /// Training items stand first, then those that are searched, then the queries.
  private static let order: [ImportPart] = [.all, .training, .retrieval, .query]

  /// Puts the parts together.
  ///
  /// - Throws: ``DatasetError`` when an array is damaged, or parts do not fit each other.
  init(_ sources: ImportSources, _ request: ImportRequest) throws(DatasetError) {
    self.sources = sources
    var parts: [(ImportPart, PartArrays)] = []
    for part in Self.order {
      if let arrays = sources.parts[part], !arrays.isEmpty {
        parts.append((part, try PartArrays(arrays, in: sources, request)))
      }
    }
    let contained = try Self.places(
      of: parts.first { $0.0 == .training }?.1, in: parts.first { $0.0 == .retrieval }?.1)
    let roles = Set(parts.flatMap { Array($0.1.matrices.keys) + Array($0.1.texts.keys) })
    for (part, arrays) in parts {
      remarks += arrays.remarks
      if part == .training, contained != nil { continue }
      let absent = roles.filter { arrays.matrices[$0] == nil && arrays.texts[$0] == nil }
      if let role = absent.min(by: { $0.rawValue < $1.rawValue }) {
        throw sources.namespace.error(
          expected: "\(role.rawValue) in all parts", found: "none for part \(part.rawValue)")
      }
      for (role, matrix) in arrays.matrices {
        let name = sources.parts[part]?[role]?.entry.name
        try matrices[role, default: ItemRows()].append(
          matrix, order: arrays.order[role], count: arrays.itemCount
        ) { DatasetError(file: sources.namespace.paths, dataset: name, expected: $0, found: $1) }
      }
      for (role, values) in arrays.texts { texts[role, default: []] += values }
      items[part] = Array(count..<(count + arrays.itemCount))
      count += arrays.itemCount
    }
    let used = Set(sources.parts.values.flatMap { $0.values.map(\.file.path) })
    for file in sources.namespace.files where !used.contains(file.path) {
      remarks.append("nothing was taken of \(file.path.fileName)")
    }
    if contained == nil, items[.training] != nil, items[.retrieval] != nil {
      remarks.append("the training items are not all among those searched and are not searched")
    }
    if let contained, let retrieval = items[.retrieval] {
      items[.training] = contained.map { retrieval[$0] }
      remarks.append(
        "all \(contained.count) training items are among those searched and are stored once")
    }
  }

  /// Whether there are numbers, or words to make them of.
  func has(_ role: ImportRole) -> Bool {
    matrices[role] != nil || role == .text && texts[.caption] != nil
  }

  // MARK: - Training items among those searched

  /// The place of each training item among those searched, by all that is known of it; nil when one
  /// is not there, or other things are known.
  private static func places(
    of training: PartArrays?, in retrieval: PartArrays?
  ) throws(DatasetError) -> [Int]? {
    guard let training, let retrieval,
      Set(training.matrices.keys) == Set(retrieval.matrices.keys),
      Set(training.texts.keys) == Set(retrieval.texts.keys)
    else { return nil }
    return places(of: try hashes(training), in: try hashes(retrieval))
  }

  private static func places<Key: Hashable>(of keys: [Key], in others: [Key]) -> [Int]? {
    var waiting: [Key: [Int]] = [:]
    for (place, key) in others.enumerated().reversed() { waiting[key, default: []].append(place) }
    var places: [Int] = []
    for key in keys {
      guard let place = waiting[key]?.popLast() else { return nil }
      places.append(place)
    }
    return places
  }

  private static func hashes(_ part: PartArrays) throws(DatasetError) -> [Int] {
    var hashers = [Hasher](repeating: Hasher(), count: part.itemCount)
    for role in ImportRole.allCases {
      if let matrix = part.matrices[role] {
        var rows = ItemRows()
        try rows.append(matrix, order: part.order[role], count: part.itemCount) {
          DatasetError(file: "", expected: $0, found: $1)
        }
        try rows.hash(into: &hashers)
      }
      for (item, text) in (part.texts[role] ?? []).enumerated() { hashers[item].combine(text) }
    }
    return hashers.map { $0.finalize() }
  }

  // MARK: - Writing

  /// Writes everything but the provenance.
  func write(
    to writer: HDF5Writer, _ request: ImportRequest, remarks: inout [String]
  ) throws(DatasetError) {
    // Labels first: they are what most often will not do.
    if let rows = matrices[.label] {
      let labels = try LabelMatrix(rows) { error(.label, expected: $0, found: $1) }
      remarks += labels.remarks
      let names = try lines(request.labelNames, count: labels.labelCount, of: "/label")
      labels.orderText(names: names).map { remarks.append($0) }
      try writer.writeMatrix(
        "/label", shape: (count, labels.labelCount), as: .uint8, storage: .packed,
        blockRows: 4096
      ) { rows, target throws(DatasetError) in
        let start = rows.lowerBound * labels.labelCount
        for place in 0..<(rows.count * labels.labelCount) {
          target[place] = Float(labels.indicators[start + place])
        }
      }
      if !names.isEmpty { try writer.writeStrings("/label_names", names) }
    }
    for role in [ImportRole.image, .text] {
      if let rows = matrices[role] {
        try write(rows, as: role, to: writer, halves: request.usesHalfPrecision)
      }
    }
    if let captions = texts[.caption], matrices[.text] == nil {
      try write(captions, request.words, to: writer, remarks: &remarks)
    } else if let rows = matrices[.text] {
      let words = try lines(request.vocabulary, count: rows.columns, of: "/text")
      if !words.isEmpty { try writer.writeStrings("/text_vocab", words) }
    }
    if let names = texts[.name] { try writer.writeStrings("/image_name", names) }
    try writeSplit(to: writer, remarks: &remarks)
  }

  private func error(_ role: ImportRole, expected: String, found: String) -> DatasetError {
    let names = Self.order.compactMap { sources.parts[$0]?[role]?.entry.name }
    return DatasetError(
      file: sources.namespace.paths, dataset: names.joined(separator: ", "), expected: expected,
      found: found)
  }

  private func write(
    _ rows: ItemRows, as role: ImportRole, to writer: HDF5Writer, halves: Bool
  ) throws(DatasetError) {
    // Pictures of whole numbers, such as counts of visual words, may be bytes too.
    let isNarrow = rows.elementNames.isDisjoint(with: ["float16", "float32"])
    let isWhole = isNarrow ? try rows.fitsBytes : false
    let type: HDF5Writer.NumberType =
      isWhole ? .uint8 : halves || rows.elementNames == ["float16"] ? .float16 : .float32
    try writer.writeMatrix(
      "/\(role.rawValue)", shape: (count, rows.columns), as: type,
      storage: type == .uint8 ? .packed : .contiguous, blockRows: rows.blockRows
    ) { items, target throws(DatasetError) in try rows.copy(items, into: target) }
  }

  private func write(
    _ captions: [String], _ options: BagOfWords.Options, to writer: HDF5Writer,
    remarks: inout [String]
  ) throws(DatasetError) {
    let bag = BagOfWords(captions, options)
    guard !bag.words.isEmpty else {
      throw error(.caption, expected: "texts with words that count", found: "none")
    }
    remarks.append("texts are bags of \(bag.words.count) words made of the captions")
    try writer.writeMatrix(
      "/text", shape: (count, bag.words.count), as: .uint8, storage: .packed, blockRows: 1024
    ) { items, target throws(DatasetError) in
      target.update(repeating: 0, count: items.count * bag.words.count)
      for item in items {
        for word in bag.textWords[item] {
          target[(item - items.lowerBound) * bag.words.count + Int(word)] = 1
        }
      }
    }
    try writer.writeStrings("/text_vocab", bag.words)
    try writer.writeStrings("/caption", captions)
  }

  /// The lines of a list that goes with columns; none where no list is given.
  private func lines(
    _ path: String?, count: Int, of dataset: String
  ) throws(DatasetError) -> [String] {
    guard let path else { return [] }
    let lines = try ListFile(path: path).readText("lines")
    guard lines.count == count else {
      throw DatasetError(
        file: path, expected: "\(count) lines, one for each column of \(dataset)",
        found: "\(lines.count)")
    }
    return lines
  }

  private func writeSplit(
    to writer: HDF5Writer, remarks: inout [String]
  ) throws(DatasetError) {
    guard let query = items[.query], let retrieval = items[.retrieval] ?? items[.training] else {
      return
    }
    let training = items[.training] ?? retrieval
    if items[.training] == nil {
      remarks.append("the files name no training items: all that is searched is trained on")
    } else if items[.retrieval] == nil {
      remarks.append("the training items are searched")
    }
    try writer.writeIndices("/split/query_idx", query)
    try writer.writeIndices("/split/train_idx", training)
    try writer.writeIndices("/split/database_idx", retrieval)
  }
}
