/// A data file that cannot be used as it is, with everything needed to mend it.
public struct DatasetError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Path of the file.
  public let file: String
  /// Path of the dataset inside the file, such as `/label`; nil when the whole file is meant.
  public let dataset: String?
  /// What the file should have held there.
  public let expected: String
  /// What it holds instead.
  public let found: String

  /// Creates an error.
  public init(file: String, dataset: String? = nil, expected: String, found: String) {
    self.file = file
    self.dataset = dataset
    self.expected = expected
    self.found = found
  }

  /// One sentence: the file, the dataset, what was expected, what was found.
  public var description: String {
    let place = dataset.map { ", dataset \($0)" } ?? ""
    return "\(file)\(place): expected \(expected), found \(found)."
  }
}
