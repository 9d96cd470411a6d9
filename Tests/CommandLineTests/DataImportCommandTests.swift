import ArrayFiles
import CrossModalData
import Foundation
import Retrieval
import TestSupport
import Testing

@Suite("The command crossbit data import")
struct DataImportCommandTests {
  private let program = BuiltProgram.crossbit

  /// Six items with queries apart, as NumPy files.
  private func writeArrays(to folder: String) throws {
    try FileManager.default.createDirectory(
      atPath: "\(folder)/arrays", withIntermediateDirectories: true)
    func write(_ name: String, _ shape: [Int], _ values: [Float]) throws {
      try NumPyFile.write(path: "\(folder)/arrays/\(name).npy", shape: shape, values: values)
    }
    try write("fc7", [4, 3], (0..<12).map { Float($0) / 4 })
    try write("tags", [4, 2], [1, 0, 0, 1, 1, 1, 1, 0])
    try write("y", [4], [1, 2, 2, 1])
    try write("fc7_query", [2, 3], [1, 2, 3, 4, 5, 6])
    try write("tags_query", [2, 2], [1, 0, 1, 1])
    try write("y_query", [2], [2, 1])
  }

  private let arrays = [
    "--image", "training=fc7", "--text", "training=tags", "--label", "training=y",
    "--image", "query=fc7_query", "--text", "query=tags_query", "--label", "query=y_query",
  ]

  @Test("makes a file that the package reads, and says what it found")
  func makes() throws {
    try withTemporaryFolder { folder in
      try writeArrays(to: folder)
      let path = "\(folder)/mine.h5"
      let outcome = try program.run(
        ["data", "import", "--output", path, "--title", "Mine", "\(folder)/arrays"] + arrays)
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("dataset: Mine"))
      #expect(outcome.output.contains("import    labels are one class an item, 1 to 2"))
      let dataset = try CrossModalDataset(path: path)
      #expect(dataset.itemCount == 6)
      let split = try dataset.split(for: .stored("official"))
      #expect(split.query == [4, 5])
      #expect(split.training == [0, 1, 2, 3])
      #expect(split.retrieval == [0, 1, 2, 3])
      #expect((0..<6).map { dataset.labels.contains(0, item: $0) ? 1 : 2 } == [1, 2, 2, 1, 2, 1])
    }
  }

  @Test("replaces a file only when it is told to")
  func replaces() throws {
    try withTemporaryFolder { folder in
      try writeArrays(to: folder)
      let command = ["data", "import", "-o", "\(folder)/mine.h5", "\(folder)/arrays"] + arrays
      #expect(try program.run(command).exitCode == 0)
      let first = try Data(contentsOf: URL(filePath: "\(folder)/mine.h5"))
      let again = try program.run(command)
      #expect(again.exitCode == 1)
      #expect(again.lastError.contains("expected no file of that name, or --replace, found one."))
      #expect(try Data(contentsOf: URL(filePath: "\(folder)/mine.h5")) == first)
      #expect(try program.run(command + ["--replace"]).exitCode == 0)
    }
  }

  @Test("never replaces a file that it reads: an array of a folder, or a list of names")
  func spares() throws {
    try withTemporaryFolder { folder in
      try writeArrays(to: folder)
      let list = "\(folder)/names.txt"
      try Data("cat\ndog\n".utf8).write(to: URL(filePath: list))
      for output in [list, "\(folder)/arrays/fc7.npy"] {
        let before = try Data(contentsOf: URL(filePath: output))
        let outcome = try program.run(
          ["data", "import", "-o", output, "--replace", "--label-names", list, "\(folder)/arrays"]
            + arrays)
        #expect(outcome.exitCode == 1)
        #expect(outcome.lastError.contains("is one of the files that are read"))
        let after = try Data(contentsOf: URL(filePath: output))
        #expect(after == before)
      }
    }
  }

  @Test("leaves nothing when the disk takes no more")
  func full() throws {
    try withTemporaryFolder { folder in
      try writeArrays(to: folder)
      // A file may have 1024 bytes; writing beyond is refused instead of ending the program.
      let outcome = try program.run(
        after: "trap '' XFSZ; ulimit -f 2",
        ["data", "import", "-o", "\(folder)/mine.h5", "\(folder)/arrays"] + arrays)
      #expect(outcome.exitCode == 1)
      #expect(outcome.lastError.contains("mine.h5"))
      #expect(outcome.lastError.contains("expected a file that can be written"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["arrays"])
    }
  }

  @Test("lists its layouts, and refuses one that is unknown and parts that are none")
  func layouts() throws {
    let list = try program.run(["data", "import", "--layouts"])
    #expect(list.exitCode == 0)
    for name in ["dcmh", "djsrh", "ucch", "dlfh", "dadh", "gcdh", "toolbox", "fcmh", "wiki"] {
      #expect(list.output.contains("\(name)\n  "))
    }
    let unknown = try program.run(["data", "import", "-o", "x.h5", "--layout", "cmfd", "a.mat"])
    #expect(unknown.exitCode == 64)
    #expect(unknown.errors.contains("There is no layout cmfd; there are dcmh, djsrh"))
    let part = try program.run(["data", "import", "-o", "x.h5", "--image", "test=a", "a.mat"])
    #expect(part.exitCode == 64)
    #expect(part.errors.contains("--image test=a: the part is training, retrieval or query."))
  }
}
