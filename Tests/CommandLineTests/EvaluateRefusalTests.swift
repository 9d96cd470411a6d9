import Foundation
import TestSupport
import Testing

@Suite("What crossbit evaluate refuses")
struct EvaluateRefusalTests {
  private let program = BuiltProgram.crossbit

  @Test(
    "is said in one sentence",
    arguments: [
      (["--measure", "mAP@50"], Int32(1), "“mAP@50” names no measure; "),
      (["--measure", "P@131"], 1, "The cut-off 131 is out of range: 1 to 130"),
      (["--measure", "lookup(r=17,precision)"], 1, "The radius 17 is out of range: 0 to 16"),
      (["--curve", "PR(rank,1)"], 1, "The curve PR(rank,1) is not possible: 2 to"),
      (["--curve", "ROC"], 1, "“ROC” names no curve; "),
      (
        ["--key", "query-image=absent"], 1, "expected the array absent of --key query-image=absent"
      ),
      (["--query-rows", "absent"], 1, "expected the array absent of --query-rows"),
      (["--packed", "big"], 1, "expected uint8 codes for --packed big, found float32."),
      (["--csv", "/nonexistent/file.csv"], 1, "/nonexistent/file.csv cannot be written: No such"),
      (["absent.npz"], 1, "absent.npz: expected a NumPy file"),
      (["--key", "images=q_img"], 64, "--key is ROLE=NAME with one of the roles query-image, "),
      (["--key", "query-image=a", "--key", "query-image=b"], 64, "of query-image twice."),
      (["--task", "A2B"], 64, "The tasks are I2T, T2I, I2I and T2T."),
      (["--bits", "16"], 64, "--bits is for packed codes"),
      (["--packed", "middle"], 64, "The orders of bits in a byte are big and little."),
      (["--query-rows-from", "2"], 64, "--query-rows-from is 0 or 1, not 2."),
      (["--threads", "0"], 64, "--threads is at least 1, not 0."),
      (["--csv", "a", "--per-query", "a"], 64, "--csv and --per-query name one file, "),
    ])
  func refusal(arguments: [String], exitCode: Int32, sentence: String) throws {
    try withTemporaryFolder { folder in
      try RandomCodes(bits: 16).write(to: folder)
      let outcome = try program.run(["evaluate", folder] + arguments)
      #expect(outcome.exitCode == exitCode)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
      #expect(outcome.errors.hasPrefix("Error: "))
      if exitCode == 1 { #expect(outcome.errors.count { $0 == "\n" } == 1, "\(outcome.errors)") }
    }
  }

  @Test("is a file to write that is one of those to read, or is no file")
  func outputFiles() throws {
    try withTemporaryFolder { folder in
      try RandomCodes(bits: 8).write(to: folder)
      let input = "\(folder)/q_l.npy"
      let before = try Data(contentsOf: URL(filePath: input))
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/link", withDestinationPath: input)
      #expect(mkfifo("\(folder)/pipe", 0o600) == 0)
      for (option, path, reason) in [
        ("--csv", input, "is one of the files that are read"),
        ("--per-query", "\(folder)/./q_l.npy", "is one of the files that are read"),
        ("--csv", "\(folder)/link", "is one of the files that are read"),
        ("--csv", "\(folder)/pipe", "is no regular file"),
        ("--per-query", folder, "is no regular file"),
      ] {
        let outcome = try program.run(["evaluate", folder, option, path])
        #expect(outcome.exitCode == 1)
        #expect(
          outcome.errors == "Error: \(option) \(path): this \(reason), so it is not replaced.\n")
      }
      #expect(try Data(contentsOf: URL(filePath: input)) == before)
      // A link to a result is followed, not replaced.
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/result", withDestinationPath: "\(folder)/old.csv")
      try Data("old".utf8).write(to: URL(filePath: "\(folder)/old.csv"))
      let outcome = try program.run(["evaluate", folder, "--csv", "\(folder)/result"])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let text = try String(contentsOfFile: "\(folder)/old.csv", encoding: .utf8)
      #expect(text.hasPrefix("task,measure,order,value\n"))
    }
  }

  @Test(
    "is an output that is full, closed or left",
    arguments: ["exec >/dev/full", "exec >&-"])
  func output(preparation: String) throws {
    try withTemporaryFolder { folder in
      try RandomCodes(bits: 8).write(to: folder)
      for form in [[], ["--json"]] {
        let outcome = try program.run(after: preparation, ["evaluate", folder] + form)
        #expect(outcome.exitCode == 1)
        #expect(
          outcome.errors.hasPrefix("Error: The result cannot be written to the standard output: "))
      }
    }
  }

  @Test("is a pipe that nobody reads any more")
  func pipe() throws {
    try withTemporaryFolder { folder in
      try RandomCodes(bits: 8).write(to: folder)
      let shell = "{ \"$0\" evaluate \"$1\" 2>&3; echo \"code $?\" >&3; } 3>&2 | true"
      let outcome = try PythonWithNumPy.run("sh", ["-c", shell, program.path, folder])
      #expect(
        outcome.output == "Error: The result cannot be written to the standard output: Broken "
          + "pipe.\ncode 1\n")
    }
  }

  @Test("is no damaged file, whatever its bytes", arguments: 0..<40)
  func damage(seed: Int) throws {
    try withTemporaryFolder { folder in
      try RandomCodes(bits: 8).write(to: folder)
      let path = "\(folder)/q_img.npy"
      var bytes = try Data(contentsOf: URL(filePath: path))
      // Cut, or with one byte changed, at places all over the header and the numbers.
      let place = seed * seed * bytes.count / 1600
      if seed % 2 == 0 { bytes = bytes.prefix(place) } else { bytes[place] ^= 0x5a }
      try bytes.write(to: URL(filePath: path))
      let outcome = try program.run(["evaluate", folder, "--measure", "mAP@all"])
      #expect(outcome.exitCode == 1, "\(outcome.output)")
      #expect(outcome.errors.hasPrefix("Error: \(folder)"), "\(outcome.errors)")
      #expect(outcome.errors.count { $0 == "\n" } == 1)
    }
  }

  @Test("goes with a help that names every measure, role and option")
  func help() throws {
    let help = try program.run(["evaluate", "--help"]).output
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let guide = try String(
      contentsOf: root.appending(path: "Documentation/Evaluation.md"), encoding: .utf8)
    var names: [String] = []
    for heading in ["Measures", "Curves"] {
      let section = try #require(
        guide.components(separatedBy: "\n## ").first { $0.hasPrefix("\(heading)\n") })
      for line in section.split(separator: "\n") {
        let isRow = line.hasPrefix("|")
        guard isRow || line.hasPrefix("**Rules") || line.hasPrefix("`unanswerable") else {
          continue
        }
        // The names stand in the first column.
        let cell = isRow ? line.split(separator: "|")[0] : line
        names += cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
          .filter { $0.offset % 2 == 1 }.map { String($0.element) }
      }
    }
    // The guide writes letters where the help has the usual numbers.
    names = names.map { name in
      let usual = name.replacing("r=ρ", with: "r=2").replacing("rank,L", with: "rank,11")
      return String(usual.drop { $0 == "," }.prefix { $0 != "…" })
    }
    #expect(names.count > 25, "\(names)")
    names += [
      "query-image", "query-text", "retrieval-image", "retrieval-text", "queries", "retrieval",
      "query-labels", "retrieval-labels", "q_img", "L_db", "--key", "--task", "--packed", "--bits",
      "--query-rows", "--query-rows-from", "--measure", "--curve", "--database-order", "--threads",
      "--json", "--csv", "--per-query", "expected", "worst", "best", "database order",
      "div=firstRelevant", "empty=skip",
    ]
    for name in names where !help.contains(name) { Issue.record("no “\(name)” in the help") }
  }
}
