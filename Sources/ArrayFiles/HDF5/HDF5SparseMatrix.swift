/// A sparse matrix of a MATLAB 7.3 file: a group with the datasets `data`, `ir` and `jc`.
struct HDF5SparseMatrix {
  /// Rows and columns.
  let shape: [Int]
  /// The type by its NumPy name.
  let elementName: String
  private let name: String
  private let file: HDF5File

  /// Describes a sparse matrix; nil when the object is none.
  ///
  /// - Throws: ``DatasetError`` when its parts are missing.
  init?(_ name: String, in file: HDF5File) throws(DatasetError) {
    // The attribute holds the number of rows.
    guard let rowCount = file.integerAttribute("MATLAB_sparse", of: name) else { return nil }
    let starts = try HDF5Dataset("\(name)/jc", in: file)
    guard starts.shape.count == 1, starts.shape[0] >= 1, starts.elementType.isInteger,
      rowCount >= 0
    else {
      throw file.error(
        name, expected: "a sparse matrix of MATLAB", found: "\(rowCount) rows and a damaged jc")
    }
    let kind = file.textAttribute(MATLABClass.attribute, of: name) ?? "double"
    guard let elementName = MATLABClass.elementName(kind) else {
      throw file.error(name, expected: "a sparse matrix of numbers", found: "class \(kind)")
    }
    shape = [rowCount, starts.shape[0] - 1]
    self.elementName = elementName
    self.name = name
    self.file = file
  }

  /// Reads the whole matrix row after row.
  ///
  /// - Throws: ``DatasetError`` when its parts are damaged or do not fit.
  func readDense() throws(DatasetError) -> NumericArray.Values {
    let starts = try HDF5Dataset("\(name)/jc", in: file).readIntegers()
    // Both are left out when no element is stored.
    let hasElements = file.members(of: name)["ir"] == .dataset
    let rows = hasElements ? try HDF5Dataset("\(name)/ir", in: file) : nil
    if let rows, !rows.elementType.isInteger {
      throw rows.error(expected: "integers", found: rows.elementType.name)
    }
    let data = hasElements ? try HDF5Dataset("\(name)/data", in: file) : nil
    if let obstacle = data?.obstacle {
      throw file.error(name, expected: "an array of numbers", found: obstacle)
    }
    let values = try data?.readValues() ?? NumericArray.Values(emptyOf: elementName)
    let sparse = SparseColumns(
      rowCount: shape[0], columnCount: shape[1], rows: try rows?.readIntegers() ?? [],
      starts: starts, values: elementName == "bool" ? values.asTruth : values)
    return try sparse.dense { file.error(name, expected: $0, found: $1) }
  }
}
