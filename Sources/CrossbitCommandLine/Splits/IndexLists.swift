import CrossModalData
import ExperimentKit
import Foundation

/// The lists of a split as text files, for other programs: one row number from 0 a line.
struct IndexLists {
  private let lists: [(name: String, items: [Int])]

  init(_ split: RetrievalSplit) {
    lists = [
      ("query.txt", split.query), ("train.txt", split.training), ("database.txt", split.retrieval),
    ]
  }

  /// Writes the files, each whole or not at all; an empty list gives an empty file.
  ///
  /// - Throws: `StorageError`.
  func write(to folder: String) throws(StorageError) {
    try WholeFile.createFolder(folder)
    for (name, items) in lists {
      let text = items.map { "\($0)\n" }.joined()
      try WholeFile.write(Data(text.utf8), to: "\(folder)/\(name)")
    }
  }
}
