import Foundation
import TestSupport
import Testing

@testable import ExperimentKit
@testable import Reports

@Suite("Overview of results")
struct OverviewTests {
  private func withResults<Result>(_ body: (String) throws -> Result) throws -> Result {
    try withTemporaryFolder { folder in
      var input = SampleTrials.input()
      input.summary = "Table II <& \"others\"> | on Wiki"
      try Report(input).write(to: "\(folder)/wiki-dbrh")
      // A partial experiment on made-up data whose page is not there.
      let records = SampleTrials.records.prefix(3).map { record in
        var record = record
        record.dataset.surrogate = "text"
        return record
      }
      let partial = Report(SampleTrials.input(records: records))
      try partial.write(to: "\(folder)/a-part")
      try FileManager.default.removeItem(atPath: "\(folder)/a-part/index.html")
      try WholeFile.createFolder("\(folder)/tune-x")
      try WholeFile.write(
        Data(
          """
          rank,candidate,fidelity,mean,data set,surrogate
          1,candidate 7,adapted,0.4321,wiki,
          2,as declared,published,0.4000,wiki,

          """.utf8), to: "\(folder)/tune-x/candidates.csv")
      try WholeFile.createFolder("\(folder)/not-yet/trials")
      return try body(folder)
    }
  }

  private func text(_ path: String, of overview: Overview) throws -> String {
    try #require(overview.files.first { $0.path == path }).text
  }

  @Test("says of each experiment what its written files tell, and a dash for the rest")
  func markdown() throws {
    try withResults { folder in
      let overview = try Overview(results: folder)
      #expect(overview.experimentCount == 2)
      let rows = try text("README.md", of: overview).split(separator: "\n").filter {
        $0.hasPrefix("| [")
      }
      let expected: [Substring] = [
        """
        | [a-part](a-part/README.md) | – | wiki (SURROGATE text) | stored official | 3 | 32 | dbrh linear (published) 0.2200 | \
        dbrh linear (published) 0.4200 | – |
        """,
        """
        | [wiki-dbrh](wiki-dbrh/README.md) | Table II <& "others"> \\| on Wiki | wiki | stored official | 20 of 20 | \
        32 | dcmh matlab (published) 0.3110 ± 0.0014 | dcmh matlab (published) 0.5210 ± 0.0014 | 2026-01-01 |
        """, "| [tune-x](tune-x/README.md) | wiki | 2 | candidate 7 | adapted | 0.4321 |",
      ]
      #expect(rows == expected)
      let page = try text("README.md", of: overview)
      #expect(page.contains("writes one: not-yet."))
    }
  }

  @Test("its page is well-formed, links to pages where there are, and is written")
  func page() throws {
    try withResults { folder in
      let overview = try Overview(results: folder)
      try overview.write(to: folder)
      let page = try String(contentsOfFile: "\(folder)/index.html", encoding: .utf8)
      let elements = try PageElements(page)
      #expect(
        elements.named("a").compactMap { $0.attributes["href"] } == [
          "a-part/README.md", "wiki-dbrh/index.html", "tune-x/README.md",
        ])
      #expect(elements.named("td").contains { $0.text == "Table II <& \"others\"> | on Wiki" })
      // Its own files do not count as an experiment the next time.
      #expect(try Overview(results: folder).files == overview.files)
    }
  }

  @Test("where all codes are joint, the best of them is named as such")
  func jointAlone() throws {
    try withTemporaryFolder { folder in
      let records = SampleTrials.records.filter { $0.subject == SampleTrials.linear }.map {
        var record = $0
        record.results.removeAll { $0.databaseCodes == .ownModality }
        return record
      }
      try Report(SampleTrials.input(records: records)).write(to: "\(folder)/x")
      let page = try text("README.md", of: Overview(results: folder))
      #expect(page.contains("| dbrh linear (published, joint) 0.2610 ± 0.0014 |"))
    }
  }

  @Test("a folder or file that is no report's is refused in one sentence")
  func refusals() throws {
    try withTemporaryFolder { folder in
      let missing = #expect(throws: OverviewError.self) { try Overview(results: "\(folder)/no") }
      #expect(
        missing?.description
          == "\(folder)/no: expected a folder of results, found none that can be read.")
      try WholeFile.createFolder("\(folder)/x")
      let file = "\(folder)/x/results.csv"
      let header =
        "dataset,surrogate,protocol,database_codes,task,method,variant,fidelity,bits,measure,mean,"
        + "sd,seeds"
      for (text, reason) in [
        ("a,b\n1,2\n", "expected a column “dataset”, found none."),
        ("\(header)\n1,2\n", "expected 13 fields in each record, found 2 in record 2."),
        (
          "\(header)\nd,,p,own-modality,I2T,m,v,published,x,mAP@all(ties=expected),0.5,,1\n",
          "expected numbers under bits, mean and seeds, found “x”, “0.5” and “1”."
        ),
      ] {
        try WholeFile.write(Data(text.utf8), to: file)
        let error = #expect(throws: OverviewError.self) { try Overview(results: folder) }
        #expect(error?.description == "\(file): \(reason)")
      }
    }
  }
}
