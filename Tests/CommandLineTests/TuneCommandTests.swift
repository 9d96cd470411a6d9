import Foundation
import TestSupport
import Testing

@Suite("The command tune", .serialized)
struct TuneCommandTests {
  private let program = BuiltProgram.crossbit

  @Test("searches, writes its ledger, prints a manifest line, and goes on where it was")
  func tunes() throws {
    try withTemporaryFolder { folder in
      try HDF5Fixture.synthetic().write(to: "\(folder)/tiny.h5")
      let arguments = [
        "tune", "rmsh.short", "--dataset", "tiny", "--bits", "8", "--candidates", "2",
        "--data", folder, "--results", "\(folder)/Results",
      ]
      let first = try program.run(arguments)
      #expect(first.exitCode == 0, "\(first.errors)")
      #expect(first.output.contains("Method(.rmsh(.short"))
      let results = "\(folder)/Results/tune-rmsh-short-tiny-8-bits"
      let ledger = try String(contentsOfFile: "\(results)/README.md", encoding: .utf8)
      let csv = try String(contentsOfFile: "\(results)/candidates.csv", encoding: .utf8)
      // 32 items are trained on in the split, a fifth of them ask here.
      #expect(ledger.contains("6 training items ask, 26 are trained on"))
      #expect(ledger.contains("--split official --bits 8 --candidates 2 --seed 1"))
      #expect(ledger.contains("The best candidate of RMSH-style is reconstructed."))
      #expect(first.output.contains("The best candidate of RMSH-style is reconstructed."))
      #expect(csv.contains(",reconstructed,") && csv.contains("data SHA-256"))
      #expect(csv.split(separator: "\n").count == 4)
      #expect(csv.contains("as declared") && csv.contains("candidate 2"))

      let second = try program.run(arguments)
      #expect(second.errors.contains("5 trials: 5 finished, 0 to run."))
      #expect(second.output == first.output)
      #expect(try String(contentsOfFile: "\(results)/README.md", encoding: .utf8) == ledger)

      // A smaller search would lose what the ledger holds.
      let smaller = try program.run(
        arguments.map { $0 == "2" ? "1" : $0 })
      #expect(smaller.exitCode != 0)
      #expect(smaller.errors.contains("holds a search of 2 candidates"))
      #expect(try String(contentsOfFile: "\(results)/README.md", encoding: .utf8) == ledger)
    }
  }

  @Test("divides the training items of a published split, of which a fifth ask")
  func publishedSplit() throws {
    try withTemporaryFolder { folder in
      // As many items as Wiki has, of which 2,173 are trained on.
      try HDF5Fixture.synthetic(itemCount: 2_866).write(to: "\(folder)/wikilike.h5")
      // The worker of the first trial, random codes, stands for all. It ends with its input, so that
      // one is given which stays open.
      let pipe = "\(folder)/pipe"
      let outcome = try program.run(
        after: "mkfifo '\(pipe)'; exec 0<>'\(pipe)'",
        [
          "tune", "rmsh.short", "--dataset", "wikilike", "--split", "wiki-official", "--bits", "8",
          "--candidates", "1", "--trial", "0", "--data", folder, "--results", "\(folder)/Results",
        ])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let results = "\(folder)/Results/tune-rmsh-short-wikilike-wiki-official-8-bits/trials"
      let names = try FileManager.default.contentsOfDirectory(atPath: results)
      let record = try #require(names.first { $0.hasSuffix(".json") })
      let text = try String(contentsOfFile: "\(results)/\(record)", encoding: .utf8)
      #expect(text.contains("\"queryCount\":434,"), "\(text.prefix(2_000))")
      #expect(text.contains("validation on training items of published split wiki-official"))

      let unknown = try program.run([
        "tune", "rmsh.short", "--dataset", "wikilike", "--split", "wiki-unofficial", "--data",
        folder, "--results", "\(folder)/Results",
      ])
      #expect(unknown.exitCode == 1)
      #expect(
        unknown.errors.contains("expected the name of a stored or published split"),
        "\(unknown.errors)")
    }
  }

  @Test("refuses what it cannot search in one sentence")
  func refusals() throws {
    try withTemporaryFolder { folder in
      try HDF5Fixture.synthetic().write(to: "\(folder)/tiny.h5")
      func complaint(_ method: String, _ further: [String] = []) throws -> String {
        let outcome = try program.run(
          ["tune", method, "--dataset", "tiny", "--data", folder, "--results", folder] + further)
        #expect(outcome.exitCode != 0)
        return outcome.errors
      }
      #expect(try complaint("nothing").hasPrefix("Error: There is no method “nothing”; there are "))
      #expect(
        try complaint("dbrh", ["--candidates", "0"]).contains("--candidates is 1 to 1000, not 0"))
      #expect(try complaint("dbrh", ["--candidates", "9223372036854775807"]).contains("1 to 1000"))
      #expect(
        try complaint("dbrh", ["--bits", "8", "8"]).contains("--bits names a value twice: 8 8."))
      #expect(try complaint("dbrh", ["--bits", "0"]).contains("--bits is 1 to 4096, not 0."))
      let tooMany = try complaint("dbrh", ["--queries", "32"])
      #expect(tooMany.hasPrefix("Error: ") && tooMany.contains("32"))
      #expect(tooMany.split(separator: "\n").count == 1, "\(tooMany)")
    }
  }
}
