import ArrayFiles

/// What a file holds of one modality beside the items' one vector.
package struct FurtherFeatures {
  /// Further levels of a backbone, by their names, each (n, columns).
  package let levels: [FeatureSource]
  /// Local parts, (n, parts, columns of a part).
  package let parts: FeatureSource?

  /// Number of rows of each dataset by its path, also of those that were left out.
  let rowCounts: [(String, Int?)]

  /// Opens what there is.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - members: What lies at its top.
  ///   - levelGroup: Name of the group whose datasets are levels.
  ///   - partsName: Name of the dataset of parts.
  ///   - faults: Takes what is wrong; a dataset that will not do is left out.
  /// - Throws: ``DatasetError`` at the first fault where `faults` stops there.
  init(
    in file: HDF5File, members: [String: HDF5File.Member], levels levelGroup: String,
    parts partsName: String, faults: inout FaultList
  ) throws(DatasetError) {
    var levels: [FeatureSource] = []
    var rowCounts: [(String, Int?)] = []
    if let member = members[levelGroup] {
      let names = file.members(of: "/\(levelGroup)").keys.sorted()
      if member != .group || names.isEmpty {
        try faults.report([
          file.error(
            "/\(levelGroup)", expected: "a group with a dataset for each level",
            found: member == .group ? "an empty group" : "something else")
        ])
      }
      for name in names {
        let (rows, source) = try faults.features("/\(levelGroup)/\(name)", in: file)
        rowCounts.append(("/\(levelGroup)/\(name)", rows))
        if let source { levels.append(source) }
      }
    }
    self.levels = levels
    if members[partsName] == nil {
      parts = nil
    } else {
      let (rows, source) = try faults.features("/\(partsName)", rank: 3, in: file)
      rowCounts.append(("/\(partsName)", rows))
      parts = source
    }
    self.rowCounts = rowCounts
  }

  /// All of them.
  package var sources: [FeatureSource] { levels + [parts].compactMap { $0 } }
}

extension DatasetFile {
  /// The further features in words, such as `image_levels/conv4 of 512 columns`; nil without any.
  package var furtherFeatures: String? {
    let sources =
      furtherImage.sources + furtherText.sources + [labelVectors].compactMap { $0 }
    guard !sources.isEmpty else { return nil }
    return sources.map { source in
      let name = source.path.dropFirst()
      return source.parts == 1
        ? "\(name) of \(source.columns) columns"
        : "\(name) of \(source.parts) × \(source.columns / source.parts)"
    }.joined(separator: ", ")
  }
}
