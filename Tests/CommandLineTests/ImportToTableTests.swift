import ArrayFiles
import Foundation
import TestSupport
import Testing

@Suite("From released arrays to a table")
struct ImportToTableTests {
  // Four items are searched, two ask. The method takes the features as codes, so that every distance
  // is known:
  //
  //   query 0, class 1, picture ++++: texts at 0, 1, 2, 3, classes 1 2 1 2, AP (1/1 + 2/3) / 2
  //   query 1, class 2, picture −−−−: texts at 4, 3, 2, 1, classes 2 1 2 1, AP the same
  //   query 0, text ++++: pictures at 1, 0, 3, 2, classes 2 1 2 1, AP (1/2 + 2/4) / 2
  //   query 1, text −−−−: pictures at 3, 4, 1, 2, classes 1 2 1 2, AP the same
  private func writeArrays(to folder: String) throws {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    func write(_ name: String, _ codes: [String]) throws {
      try NumPyFile.write(
        path: "\(folder)/\(name).npy", shape: [codes.count, 4],
        values: codes.flatMap { $0.map { $0 == "+" ? Float(1) : -1 } })
    }
    try write("fc7", ["+++-", "++++", "+---", "++--"])
    try write("tags", ["++++", "+++-", "++--", "+---"])
    try NumPyFile.write(path: "\(folder)/y.npy", shape: [4], values: [1, 2, 1, 2])
    try write("fc7_query", ["++++", "----"])
    try write("tags_query", ["++++", "----"])
    try NumPyFile.write(path: "\(folder)/y_query.npy", shape: [2], values: [1, 2])
  }

  @Test("an import and an experiment on it give the mAP that was computed by hand")
  func importedToTable() throws {
    try withTemporaryFolder { folder in
      try writeArrays(to: "\(folder)/arrays")
      let made = try BuiltProgram.crossbit.run([
        "data", "import", "--output", "\(folder)/imported.h5", "\(folder)/arrays",
        "--image", "training=fc7", "--text", "training=tags", "--label", "training=y",
        "--image", "query=fc7_query", "--text", "query=tags_query", "--label", "query=y_query",
      ])
      #expect(made.exitCode == 0, "\(made.errors)")

      let folders = ["--data", folder, "--results", "\(folder)/Results"]
      let run = try BuiltProgram.testExperiments.run(["run", "imported"] + folders)
      #expect(run.exitCode == 0, "\(run.errors)")
      let results = try String(
        contentsOfFile: "\(folder)/Results/imported/results.csv", encoding: .utf8)
      let lines = results.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      let header = try #require(lines.first)
      let (task, method) = (header.firstIndex(of: "task"), header.firstIndex(of: "method"))
      let (measure, mean) = (header.firstIndex(of: "measure"), header.firstIndex(of: "mean"))
      let columns = [task, method, measure, mean].compactMap { $0 }
      try #require(columns.count == 4, "\(header)")
      func means(_ direction: String) -> [String] {
        lines.filter {
          $0[columns[0]] == direction && $0[columns[1]] == "columns"
            && $0[columns[2]] == "mAP@all(ties=expected)"
        }.map { $0[columns[3]] }
      }
      #expect(means("I2T") == ["0.833333"])
      #expect(means("T2I") == ["0.500000"])
      #expect(run.output.contains("0.8333") && run.output.contains("0.5000"), "\(run.output)")
    }
  }
}
