#if MATIO
  import CMatio
  import Foundation

  /// A MATLAB file of version 4, 5, 6 or 7, read by libmatio.
  package final class MATLABFile: ArrayFile {
    package let path: String
    package let kindName = "MATLAB file"
    package let entries: [ArrayEntry]

    /// Opens a file and describes all its arrays.
    ///
    /// - Throws: ``DatasetError`` when the file cannot be read, is truncated or damaged.
    package init(path: String) throws(DatasetError) {
      self.path = path
      let bytes = try FileBytes(path: path, expected: "a MATLAB file")
      let count = try MATLABLayout.arrayCount(in: bytes)
      let file = try MATLABHandle(path: path)
      var entries: [ArrayEntry] = []
      let largest = Self.largestByteCount(bytes)
      while let variable = MATLABVariable(Mat_VarReadNextInfo(file.pointer)) {
        entries.append(variable.entry(largestByteCount: largest))
      }
      guard entries.count == count else {
        throw DatasetError(
          file: path, expected: "\(count) readable arrays", found: "\(entries.count)")
      }
      if Mat_GetVersion(file.pointer) == MAT_FT_MAT4 {
        // There a sparse matrix is a list of triples, and its extents stand in the last of them.
        for index in entries.indices {
          if let variable = MATLABVariable(Mat_VarReadInfo(file.pointer, entries[index].name)),
            variable.isSparse, entries[index].obstacle == nil,
            Mat_VarReadDataAll(file.pointer, variable.pointer) == 0
          {
            entries[index] = variable.entry(largestByteCount: largest)
          }
        }
      }
      self.entries = entries.sorted { $0.name < $1.name }
    }

    /// Beside being compressed, doubles that are small integers are stored in one byte.
    private static func largestByteCount(_ bytes: FileBytes) -> Int {
      ArrayShape.largestByteCount(storedBytes: 8 * bytes.count)
    }

    package func read(_ name: String) throws(DatasetError) -> NumericArray {
      let entry = try entry(name)
      let shape = entry.shape ?? []
      let file = try MATLABHandle(path: path)
      guard let variable = MATLABVariable(Mat_VarReadInfo(file.pointer, name)),
        Mat_VarReadDataAll(file.pointer, variable.pointer) == 0
      else { throw error(name, expected: "readable data", found: "damaged data") }
      let values = try variable.values(shape: shape) { error(name, expected: $0, found: $1) }
      return NumericArray(
        file: path, name: name, shape: shape, elementName: entry.elementName, values: values)
    }

    private func error(_ name: String, expected: String, found: String) -> DatasetError {
      DatasetError(file: path, dataset: name, expected: expected, found: found)
    }
  }

  /// A file that libmatio has open.
  private struct MATLABHandle: ~Copyable {
    let pointer: OpaquePointer

    init(path: String) throws(DatasetError) {
      guard let pointer = Mat_Open(path, Int32(MAT_ACC_RDONLY.rawValue)) else {
        throw DatasetError(
          file: path, expected: "a MATLAB file", found: "one that libmatio cannot open")
      }
      self.pointer = pointer
    }

    deinit { Mat_Close(pointer) }
  }
#endif
