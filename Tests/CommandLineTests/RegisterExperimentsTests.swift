import Foundation
import TestSupport
import Testing

@Suite("The tool that registers experiments")
struct RegisterExperimentsTests {
  private struct Registration {
    var exitCode: Int32
    var messages: String
    var names: [String]
  }

  /// Runs the tool over files of these contents, named in the order given.
  private func register(_ contents: [String]) throws -> Registration {
    try withTemporaryFolder { folder in
      var paths: [String] = []
      for (index, content) in contents.enumerated() {
        paths.append("\(folder)/\(index).swift")
        try Data(content.utf8).write(to: URL(filePath: paths[index]))
      }
      let output = "\(folder)/Registry.swift"
      let outcome = try BuiltProgram.registerExperiments.run([output] + paths.reversed())
      let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
      let list = text.split(separator: "[").last?.split(separator: "]").first ?? ""
      let names = list.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
      return Registration(
        exitCode: outcome.exitCode,
        messages: outcome.output.replacing(folder, with: "…"), names: names)
    }
  }

  @Test(
    "finds every form of a declaration",
    arguments: [
      ("let a = Experiment(\"a\") {}\n", ["a"]),
      ("import Crossbit\n\nlet a = Experiment(\n  \"a\"\n) {}\nlet b = Experiment(\"b\") {}", ["a", "b"]),
      ("public let a = Experiment(\"a\") {}", ["a"]),
      ("let a: Experiment = .init(\"a\") {}", ["a"]),
      ("let a : Experiment = make()", ["a"]),
      ("let  a  =  Experiment(\"a\") {}", ["a"]),
      ("let größe_2 = Experiment(\"a\") {}", ["größe_2"]),
      ("let a = Experiment(\"a\") {}\r\n", ["a"]),
    ])
  func forms(content: String, names: [String]) throws {
    let registration = try register([content])
    #expect(registration.exitCode == 0, "\(registration.messages)")
    #expect(registration.names == names)
  }

  @Test("passes over comments, strings and what is not at the top level")
  func lookalikes() throws {
    let registration = try register([
      """
      // let a = Experiment("a") {}
      /* a block
      let b = Experiment("b") {}
      /* nested */
      let c = Experiment("c") {}
      */
      let text = \"\"\"
      let d = Experiment("d") {}
      \"\"\"
      let url = "http://x/*" // no block opens here
      let quote = "a \\" b /*"
      struct S {
        let e = Experiment("e") {}
      }
      let f = ExperimentList()
      let g = [Experiment("g") {}]
      var h = Experiment("h") {}
      let real = Experiment("real") {}
      """
    ])
    #expect(registration.exitCode == 0, "\(registration.messages)")
    #expect(registration.names == ["real"])
  }

  @Test("takes the files in the order of their names")
  func order() throws {
    let registration = try register(["c", "a", "b"].map { "let \($0) = Experiment(\"\($0)\") {}" })
    #expect(registration.names == ["c", "a", "b"])
  }

  @Test("stops the build at each file without an experiment", arguments: ["", "let a = 1\n"])
  func none(content: String) throws {
    let registration = try register(["let a = Experiment(\"a\") {}", content, content])
    #expect(registration.exitCode == 1)
    #expect(registration.names.isEmpty)
    let sentence =
      "error: no experiment in this file: a top-level 'let name = Experiment(…) { … }' is expected"
    #expect(registration.messages == "…/1.swift:1:1: \(sentence)\n…/2.swift:1:1: \(sentence)\n")
  }

  @Test("says which file cannot be read or written")
  func unreadable() throws {
    let outcome = try BuiltProgram.registerExperiments.run(["/nowhere/Registry.swift", "/nowhere/a.swift"])
    #expect(outcome.exitCode == 1)
    #expect(
      outcome.output
        == "/nowhere/a.swift:1:1: error: cannot be read: No such file or directory\n")
  }
}
