import Foundation
import Testing

@testable import Reports

/// The sample report as it stands in `Fixtures/`; read a change there as a reader of tables would.
///
/// `CROSSBIT_RECORD_SNAPSHOTS=1 swift test --filter SnapshotTests` writes the files anew.
@Suite("Snapshots of a report")
struct SnapshotTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/wiki-dbrh")

  @Test(
    "a file is what it was",
    arguments: [
      "README.md", "index.html", "results.csv", "tables.tex", "plots/wiki-i2t-map.svg",
      "plots/wiki-i2t-16-precision-recall.svg", "plots/wiki-i2t-16-pr-rank-3.svg",
    ])
  func unchanged(path: String) throws {
    let file = try #require(Report(SampleTrials.input()).files.first { $0.path == path })
    try compare(file.text, path)
  }

  @Test("the terminal table is what it was")
  func terminal() throws {
    try compare(Report(SampleTrials.input()).terminalText, "terminal.txt")
  }

  private func compare(_ text: String, _ path: String) throws {
    let url = Self.folder.appending(path: path)
    if ProcessInfo.processInfo.environment["CROSSBIT_RECORD_SNAPSHOTS"] != nil {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
    #expect(text == (try String(contentsOf: url, encoding: .utf8)))
  }
}
