/// An HDF5 file whose datasets are its arrays, named by their paths without the first slash.
///
/// Files of MATLAB 7.3 are HDF5 too. Their arrays are given as MATLAB shows them, where the file has
/// the dimensions in reverse, and sparse matrices are given in full.
package final class HDF5ArrayFile: ArrayFile {
  package let path: String
  package let kindName: String
  package let entries: [ArrayEntry]
  private let file: HDF5File
  private let isMATLAB: Bool

  /// Opens a file and describes all its datasets.
  ///
  /// A dataset that cannot be described is listed as one that cannot be read.
  ///
  /// - Throws: ``DatasetError`` when the file cannot be read, or has too many groups to be sound.
  package init(path: String) throws(DatasetError) {
    FaultGuard.enter(path)
    defer { FaultGuard.leave() }
    let bytes = try FileBytes(path: path, expected: "an HDF5 file")
    let start = try bytes.read(0..<min(bytes.count, MATLABHeader.length))
    let isMATLAB = start.starts(with: MATLABHeader.version73)
    let file = try HDF5File(path: path)
    var listing = HDF5Listing(file: file, isMATLAB: isMATLAB)
    try listing.add(group: "", depth: 0)
    self.path = path
    self.file = file
    self.isMATLAB = isMATLAB
    kindName = isMATLAB ? "MATLAB 7.3 file" : "HDF5 file"
    entries = listing.entries.sorted { $0.name < $1.name }
  }

  package func read(_ name: String) throws(DatasetError) -> NumericArray {
    FaultGuard.enter(path)
    defer { FaultGuard.leave() }
    let entry = try entry(name)
    let shape = entry.shape ?? []
    let values: NumericArray.Values
    if let sparse = try HDF5SparseMatrix(name, in: file) {
      values = try sparse.readDense()
    } else if shape.contains(0) {
      values = NumericArray.Values(emptyOf: entry.elementName)
    } else {
      let dataset = try HDF5Dataset(name, in: file)
      let stored = try dataset.readValues()
      values = isReversed(name) ? stored.rowMajor(shape: shape) : stored
    }
    return NumericArray(
      file: path, name: name, shape: shape, elementName: entry.elementName,
      values: entry.elementName == "bool" ? values.asTruth : values)
  }

  package func readText(_ name: String) throws(DatasetError) -> [String] {
    FaultGuard.enter(path)
    defer { FaultGuard.leave() }
    _ = try textEntry(name)
    return try HDF5Text.read(name, in: file)
  }

  /// The dataset behind an entry and whether its dimensions are shown in reverse; nil where the entry
  /// is put together from several or has no elements.
  func denseDataset(
    _ name: String
  ) throws(DatasetError) -> (dataset: HDF5Dataset, isReversed: Bool)? {
    guard try entry(name).shape?.contains(0) == false,
      try HDF5SparseMatrix(name, in: file) == nil
    else { return nil }
    return (try HDF5Dataset(name, in: file), isReversed(name))
  }

  private func isReversed(_ name: String) -> Bool {
    isMATLAB || file.textAttribute(MATLABClass.attribute, of: name) != nil
  }
}

/// The datasets of a file, found by going through its groups.
private struct HDF5Listing {
  let file: HDF5File
  let isMATLAB: Bool
  private(set) var entries: [ArrayEntry] = []
  private var groupCount = 0

  init(file: HDF5File, isMATLAB: Bool) {
    self.file = file
    self.isMATLAB = isMATLAB
  }

  /// A group may contain itself; no sound file reaches these numbers.
  private static let greatestDepth = 32
  private static let greatestGroupCount = 10_000

  /// Adds what a group holds; the group at the top is "".
  mutating func add(group: String, depth: Int) throws(DatasetError) {
    groupCount += 1
    guard depth <= Self.greatestDepth, groupCount <= Self.greatestGroupCount else {
      throw file.error(
        nil, expected: "at most \(Self.greatestGroupCount) groups, \(Self.greatestDepth) deep",
        found: "more, or groups that contain themselves")
    }
    for (member, kind) in file.members(of: group.isEmpty ? "/" : group) {
      // MATLAB keeps the members of cells in #refs#.
      if isMATLAB && group.isEmpty && member.hasPrefix("#") { continue }
      let name = group.isEmpty ? member : "\(group)/\(member)"
      switch kind {
      case .dataset: entries.append(entry(ofDataset: name))
      case .group: try add(groupNamed: name, depth: depth + 1)
      case .other: break
      }
    }
  }

  private mutating func add(groupNamed name: String, depth: Int) throws(DatasetError) {
    do throws(DatasetError) {
      if let sparse = try HDF5SparseMatrix(name, in: file) {
        entries.append(
          ArrayEntry(
            name: name, shape: sparse.shape, elementName: sparse.elementName, obstacle: nil))
        return
      }
    } catch {
      entries.append(ArrayEntry(unreadable: name, error))
      return
    }
    if file.textAttribute(MATLABClass.attribute, of: name) == "struct" {
      entries.append(
        ArrayEntry(
          name: name, shape: nil, elementName: "struct",
          obstacle: "a struct, whose fields have names such as \(name)/x"))
    }
    if !file.isSymbolicLink(name) { try add(group: name, depth: depth) }
  }

  private func entry(ofDataset name: String) -> ArrayEntry {
    do throws(DatasetError) {
      let dataset = try HDF5Dataset(name, in: file)
      guard let kind = file.textAttribute(MATLABClass.attribute, of: name) else {
        return ArrayEntry(
          name: name, shape: isMATLAB ? dataset.shape.reversed() : dataset.shape,
          elementName: dataset.elementType.name, obstacle: dataset.obstacle)
      }
      let isEmpty = file.integerAttribute("MATLAB_empty", of: name) == 1
      if let obstacle = MATLABClass.obstacle(kind) {
        return ArrayEntry(
          name: name, shape: dataset.shape.reversed(), elementName: kind, obstacle: obstacle)
      }
      // What is empty holds extents instead, and what is logical is stored as uint8.
      return ArrayEntry(
        name: name, shape: isEmpty ? try emptyShape(dataset) : dataset.shape.reversed(),
        elementName: isEmpty || kind == "logical"
          ? MATLABClass.elementName(kind) ?? kind : dataset.elementType.name,
        obstacle: dataset.obstacle)
    } catch {
      return ArrayEntry(unreadable: name, error)
    }
  }

  /// An array without elements is stored as the list of its extents.
  private func emptyShape(_ dataset: HDF5Dataset) throws(DatasetError) -> [Int] {
    let extents = dataset.elementType.isInteger ? try dataset.readIntegers() : []
    guard extents.contains(0), ArrayShape.byteCount(extents, elementBytes: 1) == 0 else {
      throw dataset.error(expected: "the extents of an empty array", found: "\(extents)")
    }
    return extents
  }
}
