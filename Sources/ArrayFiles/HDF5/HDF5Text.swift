import CHDF5
import CHDF5Shims

/// Text of an HDF5 file: strings, and the matrices of characters and cell arrays of MATLAB 7.3.
enum HDF5Text {
  /// Cells may hold cells; no sound file nests them deeper.
  private static let greatestDepth = 4

  /// Reads an entry as strings.
  ///
  /// - Throws: ``DatasetError`` when it holds something else or is damaged.
  static func read(_ name: String, in file: HDF5File) throws(DatasetError) -> [String] {
    let dataset = try HDF5Dataset(name, in: file)
    switch file.textAttribute(MATLABClass.attribute, of: name) {
    case "char":
      guard file.integerAttribute("MATLAB_empty", of: name) != 1 else { return [""] }
      return try characterRows(dataset)
    case "cell":
      guard file.integerAttribute("MATLAB_empty", of: name) != 1 else { return [] }
      return try members(of: dataset, in: file, depth: 0)
    default:
      guard dataset.elementType == .string, !dataset.isNull else {
        throw dataset.error(expected: "text", found: dataset.obstacle ?? dataset.elementType.name)
      }
      return try dataset.readStrings()
    }
  }

  /// The rows of a matrix of UTF-16 code units, which lies column after column.
  private static func characterRows(_ dataset: HDF5Dataset) throws(DatasetError) -> [String] {
    guard dataset.elementType.isInteger, dataset.shape.count == 2 else {
      throw dataset.error(
        expected: "characters", found: "\(dataset.elementType.name) of shape \(dataset.shapeText)")
    }
    return CharacterMatrix(
      try dataset.readIntegers().map { UInt16(truncatingIfNeeded: $0) }, rows: dataset.shape[1]
    ).strings
  }

  /// One string for each member of a cell array.
  private static func members(
    of dataset: HDF5Dataset, in file: HDF5File, depth: Int
  ) throws(DatasetError) -> [String] {
    guard depth < greatestDepth, H5Tequal(dataset.typeID, chdf5_object_reference()) > 0 else {
      throw dataset.error(expected: "a cell array of text", found: "something else")
    }
    let references: [hobj_ref_t] = try dataset.readAll(
      as: chdf5_object_reference(), placeholder: 0)
    var strings: [String] = []
    strings.reserveCapacity(references.count)
    for reference in references {
      strings.append(try member(reference, of: dataset, in: file, depth: depth))
    }
    return strings
  }

  private static func member(
    _ reference: hobj_ref_t, of dataset: HDF5Dataset, in file: HDF5File, depth: Int
  ) throws(DatasetError) -> String {
    var reference = reference
    guard
      let object = HDF5Identifier(
        H5Rdereference2(dataset.id, hid_t(H5P_DEFAULT), H5R_OBJECT, &reference), close: H5Oclose),
      let path = path(of: object.id)
    else { throw dataset.error(expected: "a cell array of text", found: "a damaged reference") }
    let kind = file.textAttribute(MATLABClass.attribute, of: path)
    guard file.integerAttribute("MATLAB_empty", of: path) != 1 else { return "" }
    switch kind {
    case "char":
      return try characterRows(HDF5Dataset(path, in: file)).joined(separator: " ")
    case "cell":
      return try members(of: HDF5Dataset(path, in: file), in: file, depth: depth + 1)
        .joined(separator: " ")
    default:
      throw dataset.error(
        expected: "a cell array of text", found: "a member of class \(kind ?? "unknown")")
    }
  }

  private static func path(of object: hid_t) -> String? {
    let length = H5Iget_name(object, nil, 0)
    guard length > 0 else { return nil }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: length + 1) { buffer in
      guard let start = buffer.baseAddress, H5Iget_name(object, start, length + 1) > 0 else {
        return nil
      }
      return String(cString: start)
    }
  }
}
