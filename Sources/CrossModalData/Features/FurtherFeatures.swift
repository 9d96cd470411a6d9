import ArrayFiles

/// What a file holds of one modality beside the items' one vector.
package struct FurtherFeatures {
  /// Further levels of a backbone, by their names, each (n, columns).
  package let levels: [FeatureSource]
  /// Local parts, (n, parts, columns of a part).
  package let parts: FeatureSource?

  /// Opens what there is.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - members: What lies at its top.
  ///   - levelGroup: Name of the group whose datasets are levels.
  ///   - partsName: Name of the dataset of parts.
  /// - Throws: ``DatasetError`` when a shape or a type will not do.
  init(
    in file: HDF5File, members: [String: HDF5File.Member], levels levelGroup: String,
    parts partsName: String
  ) throws(DatasetError) {
    var levels: [FeatureSource] = []
    if let member = members[levelGroup] {
      let names = file.members(of: "/\(levelGroup)").keys.sorted()
      guard member == .group, !names.isEmpty else {
        throw file.error(
          "/\(levelGroup)", expected: "a group with a dataset for each level",
          found: member == .group ? "an empty group" : "something else")
      }
      for name in names {
        levels.append(try FeatureSource(HDF5Dataset("/\(levelGroup)/\(name)", in: file)))
      }
    }
    self.levels = levels
    parts =
      members[partsName] == nil
      ? nil : try FeatureSource(HDF5Dataset("/\(partsName)", in: file), rank: 3)
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
