import Testing

@testable import ReportedNumbers

@Suite("Reader of comma-separated values")
struct CommaSeparatedValuesTests {
  static let readings: [(String, [[String]])] = [
    ("", []),
    ("a", [["a"]]),
    ("a,b\n", [["a", "b"]]),
    ("a,\n,b", [["a", ""], ["", "b"]]),
    ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
    ("\"a,b\",c", [["a,b", "c"]]),
    ("\"say \"\"hash\"\"\"", [["say \"hash\""]]),
    ("\"two\nlines\",x", [["two\nlines", "x"]]),
    ("\"\"", [[""]]),
    ("\"\",\"\"\n", [["", ""]]),
  ]

  @Test("fields are read as RFC 4180 says", arguments: readings)
  func reads(text: String, records: [[String]]) throws {
    #expect(try CommaSeparatedValues.records(of: text) == records)
  }

  @Test(
    "text that is not comma-separated values is refused",
    arguments: [("a\nb\"c", 2), ("\"a\"b", 1), ("a\nb\n\"c", 3), ("\"a\"\"", 1)])
  func refuses(text: String, record: Int) {
    let error = #expect(throws: CommaSeparatedValues.SyntaxError.self) {
      try CommaSeparatedValues.records(of: text)
    }
    #expect(error?.record == record)
  }
}
