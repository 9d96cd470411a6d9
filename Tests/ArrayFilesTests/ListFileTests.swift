import ArrayFiles
import Foundation
import TestSupport
import Testing

@Suite("Lists in text")
struct ListFileTests {
  private func withList<Result>(_ text: String, _ body: (ListFile) throws -> Result) throws
    -> Result
  {
    try withTemporaryFolder { folder in
      try write(Array(text.utf8), to: "\(folder)/list.txt")
      return try body(try ListFile(path: "\(folder)/list.txt"))
    }
  }

  private func refusedList(_ text: String) throws -> String? {
    try withTemporaryFolder { folder in
      try write(Array(text.utf8), to: "\(folder)/list.txt")
      return refusal { _ = try ListFile(path: "\(folder)/list.txt") }?
        .replacing("\(folder)/", with: "")
    }
  }

  @Test(
    "of names and labels, with the mark of byte order and ends of lines as Windows writes them",
    arguments: ["", "\u{feff}"], ["\n", "\r\n"])
  func named(mark: String, end: String) throws {
    let text = mark + ["a/b c.jpg 1 0 1", "d.jpg 0 0 1", ""].joined(separator: end)
    try withList(text) { list in
      let found1 = try list.readText("names")
      #expect(found1 == ["a/b c.jpg", "d.jpg"])
      let found2 = try list.read("labels").values
      #expect(found2 == .bytes([1, 0, 1, 0, 0, 1]))
      let found3 = try list.read("labels").shape
      #expect(found3 == [2, 3])
    }
  }

  @Test("of labels alone, and of numbered items with labels")
  func plain() throws {
    try withList("1 0 1\n0 0 1\n1 1 0\n") { list in
      let found4 = try list.read("labels").shape
      #expect(found4 == [3, 3])
      #expect(!list.entries.contains { $0.name == "names" })
    }
    try withList("0 1 0 1\n1 0 0 1\n2 1 1 0\n") { list in
      let found5 = try list.readText("names")
      #expect(found5 == ["0", "1", "2"])
      let found6 = try list.read("labels").values
      #expect(found6 == .bytes([1, 0, 1, 0, 0, 1, 1, 1, 0]))
    }
  }

  @Test("of classes between tabs, and of names or sentences alone")
  func others() throws {
    try withList("t1\tim 1\t3\nt2\tim 2\t1\n") { list in
      let found7 = try list.readText("names")
      #expect(found7 == ["im 1", "im 2"])
      let found8 = try list.readText("texts")
      #expect(found8 == ["t1", "t2"])
      let found9 = try list.read("classes").values
      #expect(found9 == .integers([3, 1]))
    }
    try withList("cat\ndog\n") { list in
      let names = try list.readText("names")
      #expect(names == ["cat", "dog"])
    }
    try withList("a cat\na dog 1\n") { list in
      #expect(list.entries.map(\.name) == ["lines"])
      let found10 = try list.readText("lines")
      #expect(found10 == ["a cat", "a dog 1"])
    }
  }

  @Test("with a line of another form are refused by that line")
  func refusals() throws {
    let head = (0..<25).map { "im\($0).jpg 0 1 1" }
    #expect(
      try refusedList((head + ["x.jpg 1 0"]).joined(separator: "\n"))
        == "list.txt: expected a name and 3 labels of 0 and 1, found x.jpg 1 0 in line 26.")
    #expect(
      try refusedList((head + ["x.jpg 1 1 0 1"]).joined(separator: "\n"))
        == "list.txt: expected a name and 3 labels of 0 and 1, found x.jpg 1 1 0 1 in line 26.")
    #expect(
      try refusedList(" \n") == "list.txt: expected a list of names or labels, found no lines.")
  }
}
