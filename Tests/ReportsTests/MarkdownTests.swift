import Testing

@testable import Reports

@Suite("Text of a report")
struct MarkdownTests {
  @Test("a bar or a line break does not end a cell")
  func escapesCells() {
    var table = MarkdownTable([("a|b", .leading), ("c", .trailing)])
    table.append(["1|2\n3"])
    #expect(table.text == "| a\\|b | c |\n| :-- | --: |\n| 1\\|2 3 |  |\n")
  }

  static let configurations: [(String, String)] = [
    ("{}", "{}"),
    ("{\"a\":1,\"b\":[]}", "{\n  \"a\": 1,\n  \"b\": []\n}"),
    ("{\"a\":[0.1,{\"b\":{}}]}", "{\n  \"a\": [\n    0.1,\n    {\n      \"b\": {}\n    }\n  ]\n}"),
    (#"{"a":"x,{\"y\":[\\"}"#, "{\n  \"a\": " + #""x,{\"y\":[\\""# + "\n}"),
  ]

  @Test("a configuration is broken into lines and not a digit changes", arguments: configurations)
  func indents(json: String, text: String) {
    #expect(ConfigurationBlock.indented(json) == text)
  }

  @Test("fidelity, scaling and the choice of the epoch are read from the configuration")
  func conditions() throws {
    let subjects = ReportSubject.subjects(of: SampleTrials.records).map {
      MethodConditions($0.subject).text
    }
    #expect(
      subjects.prefix(3) == [
        "DBRH (DBRC) · linear (published, pictures as-is, texts standardised, last epoch)",
        "DBRH (DBRC) · nonlinear (published, last epoch)",
        "DCMH · matlab (published, best of every 10 epochs on 0.1 of the training items)",
      ])
  }

  static let numbers: [(Double, String, String)] = [
    (0.25334, "0.2533", "+0.2533"), (-0.0021, "-0.0021", "-0.0021"), (0, "0.0000", "0.0000"),
    (-0.000_01, "0.0000", "0.0000"), (0.000_01, "0.0000", "0.0000"), (12, "12.0000", "+12.0000"),
  ]

  @Test("numbers print with fixed decimals, and zero without a sign", arguments: numbers)
  func printsNumbers(value: Double, plain: String, signed: String) {
    #expect(value.fixed(4) == plain)
    #expect(value.signed(4) == signed)
  }

  @Test(
    "file names hold letters, digits and hyphens",
    arguments: [("Wiki (10 labels)", "wiki-10-labels"), ("short #2", "short-2"), ("→", "")])
  func slugs(text: String, slug: String) {
    #expect(text.slug == slug)
  }
}
