import ArrayFiles
import CodeSets
import TestSupport
import Testing

/// Arrays of a test, written as the `.npy` files of a folder.
struct Arrays {
  /// One array with its shape.
  struct Item {
    var shape: [Int]
    var values: [Double]
    /// Written as bytes, and not as float64.
    var isBytes = false
  }

  var items: [String: Item]

  /// Two queries and three items of 2 bits with three labels, all right.
  static let sound = Arrays(items: [
    "q_img": Item(shape: [2, 2], values: [1, -1, -1, -1]),
    "r_txt": Item(shape: [3, 2], values: [1, 1, -1, 1, 1, -1]),
    "q_l": Item(shape: [2, 3], values: [1, 0, 0, 0, 1, 1]),
    "r_l": Item(shape: [3, 3], values: [1, 0, 1, 0, 0, 0, 0, 1, 0]),
  ])

  /// The same with one array replaced or added.
  func with(
    _ name: String, _ shape: [Int], _ values: [Double], isBytes: Bool = false
  ) -> Arrays {
    var copy = self
    copy.items[name] = Item(shape: shape, values: values, isBytes: isBytes)
    return copy
  }

  /// The same without one array.
  func without(_ name: String) -> Arrays {
    var copy = self
    copy.items[name] = nil
    return copy
  }

  func write(to folder: String) throws {
    for (name, item) in items {
      let path = "\(folder)/\(name).npy"
      if item.isBytes {
        try NumPyFile.write(path: path, shape: item.shape, values: item.values.map { UInt8($0) })
      } else {
        try NumPyFile.write(path: path, shape: item.shape, values: item.values)
      }
    }
  }

  /// The code set in them.
  func read(_ configure: (inout CodeSetOptions) -> Void = { _ in }) throws -> CodeSet {
    var options = CodeSetOptions()
    configure(&options)
    return try withTemporaryFolder { folder in
      try write(to: folder)
      return try CodeSet(paths: [folder], options: options)
    }
  }

  /// The sentence with which they are refused, without the folder's name.
  func refusal(_ configure: (inout CodeSetOptions) -> Void = { _ in }) throws -> String {
    var options = CodeSetOptions()
    configure(&options)
    return try withTemporaryFolder { folder in
      try write(to: folder)
      do throws(DatasetError) {
        _ = try CodeSet(paths: [folder], options: options)
      } catch {
        return error.description.replacing(folder, with: "F")
      }
      Issue.record("the arrays were accepted")
      return ""
    }
  }
}
