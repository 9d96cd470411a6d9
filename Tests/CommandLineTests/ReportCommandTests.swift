import Foundation
import TestSupport
import Testing

@Suite("The command report", .serialized)
struct ReportCommandTests {
  private let program = BuiltProgram.testExperiments

  @Test("writes what table writes, and an overview of what is written")
  func reports() throws {
    try withTemporaryFolder { folder in
      try HDF5Fixture.synthetic().write(to: "\(folder)/tiny.h5")
      let results = "\(folder)/Results"
      let folders = ["--data", folder, "--results", results]
      let first = try program.run(["trial", "tiny", "1"] + folders)
      #expect(first.exitCode == 0, "\(first.errors)")
      let table = try program.run(["table", "tiny"] + folders)
      let names = ["README.md", "index.html", "tables.tex", "results.csv"]
      let written = try names.map { try Data(contentsOf: URL(filePath: "\(results)/tiny/\($0)")) }
      let report = try program.run(["report", "tiny"] + folders)
      #expect(report.exitCode == 0 && report.output == table.output, "\(report.errors)")
      #expect(
        try names.map { try Data(contentsOf: URL(filePath: "\(results)/tiny/\($0)")) } == written)

      // Neither data nor records are needed.
      try FileManager.default.removeItem(atPath: "\(results)/tiny/trials")
      let overview = try program.run(["report", "--results", results])
      #expect(
        overview.output
          == "Overview of 1 experiment: \(results)/README.md, \(results)/index.html\n")
      let text = try String(contentsOfFile: "\(results)/README.md", encoding: .utf8)
      #expect(text.contains("| [tiny](tiny/README.md) |") && text.contains("| 1 of 12 |"))
    }
  }

  @Test("refuses a results folder that is not there, and an unknown experiment")
  func refuses() throws {
    let missing = try program.run(["report", "--results", "/nowhere/Results"])
    #expect(missing.exitCode == 1)
    #expect(
      missing.errors
        == "Error: /nowhere/Results: expected a folder of results, found none that can be read.\n")
    #expect(try program.run(["report", "no-such-experiment"]).exitCode == 64)
  }
}
