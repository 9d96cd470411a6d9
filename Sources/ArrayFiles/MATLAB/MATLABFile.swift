#if MATIO
  import CMatio
  import Foundation

  /// A MATLAB file of version 4, 5, 6 or 7, read by libmatio.
  package final class MATLABFile: ArrayFile {
    package let path: String
    package let kindName = "MATLAB file"
    package let entries: [ArrayEntry]
    /// Where each array at the top of the file lies.
    private let parts: [String: MATLABLayout.Part]

    /// Opens a file and describes all its arrays.
    ///
    /// - Throws: ``DatasetError`` when the file cannot be read, is truncated or damaged.
    package init(path: String) throws(DatasetError) {
      self.path = path
      FaultGuard.enter(path)
      defer { FaultGuard.leave() }
      let bytes = try FileBytes(path: path, expected: "a MATLAB file")
      let layout = try MATLABLayout(bytes)
      let file = try MATLABHandle(path: path)
      var entries: [ArrayEntry] = []
      let largest = Self.largestByteCount(bytes)
      var parts: [String: MATLABLayout.Part] = [:]
      var readableCount = 0
      while let variable = MATLABVariable(Mat_VarReadNextInfo(file.pointer)) {
        if readableCount < layout.parts.count {
          parts[variable.array.name] = layout.parts[readableCount]
        }
        readableCount += 1
        Self.list(variable.array, as: variable.array.name, largest, in: &entries)
      }
      guard readableCount == layout.parts.count else {
        throw DatasetError(
          file: path, expected: "\(layout.parts.count) readable arrays",
          found: "\(readableCount)")
      }
      self.parts = parts
      if Mat_GetVersion(file.pointer) == MAT_FT_MAT4 {
        // There a sparse matrix is a list of triples, and its extents stand in the last of them.
        for index in entries.indices {
          let name = entries[index].name
          if let variable = MATLABVariable(Mat_VarReadInfo(file.pointer, name)),
            variable.array.isSparse, entries[index].obstacle == nil,
            Mat_VarReadDataAll(file.pointer, variable.array.pointer) == 0
          {
            entries[index] = variable.array.entry(named: name, largestByteCount: largest)
          }
        }
      }
      self.entries = entries.sorted { $0.name < $1.name }
    }

    /// Adds an array and, where it is one struct, its fields as `STRUCT/FIELD`.
    private static func list(
      _ array: MATLABArray, as name: String, _ largestByteCount: Int, depth: Int = 0,
      in entries: inout [ArrayEntry]
    ) {
      entries.append(array.entry(named: name, largestByteCount: largestByteCount))
      guard depth < greatestDepth else { return }
      for (field, array) in array.fields {
        list(array, as: "\(name)/\(field)", largestByteCount, depth: depth + 1, in: &entries)
      }
    }

    /// Structs may hold structs; no sound file nests them deeper.
    private static let greatestDepth = 8

    /// Beside being compressed, doubles that are small integers are stored in one byte.
    private static func largestByteCount(_ bytes: FileBytes) -> Int {
      ArrayShape.largestByteCount(storedBytes: 8 * bytes.count)
    }

    package func read(_ name: String) throws(DatasetError) -> NumericArray {
      let entry = try entry(name)
      let shape = entry.shape ?? []
      let values = try withArray(name) { array throws(DatasetError) in
        try array.values(shape: shape) { error(name, expected: $0, found: $1) }
      }
      return NumericArray(
        file: path, name: name, shape: shape, elementName: entry.elementName, values: values)
    }

    package func readText(_ name: String) throws(DatasetError) -> [String] {
      _ = try textEntry(name)
      return try withArray(name) { array throws(DatasetError) in
        guard let strings = MATLABText.strings(of: array.pointer) else {
          throw error(name, expected: "text", found: "something else or damaged data")
        }
        return strings
      }
    }

    /// Calls a body with an array of the file and all its data.
    private func withArray<Result>(
      _ name: String, _ body: (MATLABArray) throws(DatasetError) -> Result
    ) throws(DatasetError) -> Result {
      FaultGuard.enter(path)
      defer { FaultGuard.leave() }
      let file = try MATLABHandle(path: path)
      // A variable's name holds no slash.
      let names = name.split(separator: "/", omittingEmptySubsequences: false)
      if let part = parts[String(names[0])] {
        try MATLABLayout.check(
          part, of: FileBytes(path: path, expected: "a MATLAB file"), name: name)
      }
      guard let variable = MATLABVariable(Mat_VarReadInfo(file.pointer, String(names[0]))),
        Mat_VarReadDataAll(file.pointer, variable.array.pointer) == 0,
        let array = variable.array.member(names.dropFirst())
      else { throw error(name, expected: "readable data", found: "damaged data") }
      return try body(array)
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
