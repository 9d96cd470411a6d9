import Foundation
import TestSupport
import Testing

@Suite("The README's section on your own codes")
struct ReadmeCodesTests {
  /// The first block of each language in the section; the command's has none.
  private func blocks() throws -> [String: String] {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let section = try #require(
      readme.components(separatedBy: "\n## ").first { $0.hasPrefix("Your own codes\n") })
    var blocks: [String: String] = [:]
    for (index, part) in section.components(separatedBy: "```").enumerated() where index % 2 == 1 {
      let language = part.prefix { $0 != "\n" }
      if blocks[String(language)] != nil { continue }
      blocks[String(language)] = String(part.dropFirst(language.count + 1))
    }
    return blocks
  }

  /// mAP@all of I2T in database order, by the definition, from nothing but the files.
  private static let literalMean = """
    import numpy as np

    arrays = np.load("codes.npz")
    values = []
    for code, labels in zip(arrays["q_img"], arrays["q_l"]):
        order = np.argsort((arrays["r_txt"] != code).sum(axis=1), kind="stable")
        relevant = (arrays["r_l"] & labels).any(axis=1)[order]
        if relevant.any():
            ranks = np.flatnonzero(relevant) + 1
            values.append(np.mean(np.arange(1, len(ranks) + 1) / ranks))
    print(repr(float(np.mean(values))))
    """

  @Test(
    "prints what its Python and its command give, and what NumPy computes",
    .enabled("\(PythonWithNumPy.absence)") { PythonWithNumPy.path != nil })
  func example() throws {
    let blocks = try blocks()
    let python = try #require(PythonWithNumPy.path)
    let script = try #require(blocks["python"])
    let command = try #require(blocks[""])
    let table = try #require(blocks["text"])
    let program = ".build/release/crossbit"
    try #require(command.contains("\(program) evaluate codes.npz --task I2T "))
    try withTemporaryFolder { folder in
      let made = try PythonWithNumPy.run(python, ["-c", script], in: folder)
      #expect(made.exitCode == 0, "\(made.output)")
      let shell = command.replacing(program, with: BuiltProgram.crossbit.path)
      let printed = try PythonWithNumPy.run("sh", ["-c", shell], in: folder)
      #expect(printed.output == table)
      let json = try PythonWithNumPy.run(
        BuiltProgram.crossbit.path, ["evaluate", "codes.npz", "--json"], in: folder)
      let mean = try #require(
        EvaluationDocument(json.output).values("I2T", "mAP@all").databaseOrder)
      let literal = try PythonWithNumPy.run(python, ["-c", Self.literalMean], in: folder)
      let expected = try #require(Double(literal.output.filter { $0 != "\n" }), "\(literal.output)")
      // Both add some hundred numbers of up to 1 in another order.
      #expect(abs(mean - expected) < 1e-12)
    }
  }
}
