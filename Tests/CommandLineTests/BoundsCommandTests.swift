import Testing

@Suite("The command crossbit bounds")
struct BoundsCommandTests {
  private let program = BuiltProgram.crossbit

  @Test("prints a table of ranges with Plotkin's and Hamming's bound")
  func table() throws {
    let outcome = try program.run(["bounds", "--words", "24", "500", "--bits", "16", "32"])
    #expect(outcome.exitCode == 0)
    #expect(
      outcome.output == """
        | M | K = 16 | K = 32 |
        | --: | --: | --: |
        | 24 | 5..8 (8, 10) | 11..16 (16, 22) |
        | 500 | 2..4 (8, 4) | 8..16 (16, 16) |

        """)
  }

  @Test("refuses what has no bounds", arguments: [["--words", "1"], ["--bits", "0"]])
  func refusal(arguments: [String]) throws {
    let outcome = try program.run(["bounds"] + arguments)
    #expect(outcome.exitCode == 64)
    #expect(outcome.errors.contains(", not \(arguments[1])."))
  }
}
