import Foundation
import Retrieval
import TestSupport
import Testing

@Suite("crossbit evaluate")
struct EvaluateTests {
  private let program = BuiltProgram.crossbit
  /// Sums of some hundred numbers of up to 1, added in another order.
  private static let tolerance = 1e-12

  @Test("gives what the evaluator gives and what a plain sort gives", arguments: [1, 8, 64, 70])
  func sameNumbers(bits: Int) throws {
    try withTemporaryFolder { folder in
      let codes = RandomCodes(bits: bits)
      try codes.write(to: folder)
      let outcome = try program.run(["evaluate", folder, "--json", "--threads", "2"])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      let document = try EvaluationDocument(outcome.output)
      #expect(document.tasks.keys.sorted() == ["I2I", "I2T", "T2I", "T2T"])
      for (task, queries, retrieval) in [
        ("I2T", "q_img", "r_txt"), ("T2I", "q_txt", "r_img"), ("I2I", "q_img", "r_img"),
        ("T2T", "q_txt", "r_txt"),
      ] {
        let names = try document.task(task).measures.keys.sorted()
        let measures = try names.map { try Measure(name: $0) }
        #expect(measures.count == (bits == 1 ? 18 : 22))
        let curve = RetrievalCurve.rank(levels: 11)
        let result = try evaluate(
          queries: codes.packed(queries), queryLabels: codes.labelSets("q_l"),
          retrieval: codes.packed(retrieval), retrievalLabels: codes.labelSets("r_l"),
          measures: MeasureSpecification(measures: measures, curves: [curve]))
        for measured in result.measures {
          let values = try document.values(task, "\(measured.measure)")
          #expect(values.expected == measured.mean.expected)
          #expect(values.worst == measured.mean.worst)
          #expect(values.best == measured.mean.best)
          #expect(values.databaseOrder == measured.mean.databaseOrder)
          #expect(values.queries == measured.queryCount)
        }
        let line = try #require(result.curves[0].lines.first { $0.order == .best })
        let printed = try document.task(task).curves["\(curve)"]?["best"]
        #expect(printed?.precision == line.points.map(\.precision))
        let mean = try #require(document.values(task, "mAP@all").databaseOrder)
        #expect(abs(mean - codes.literalMean(queries, retrieval)) < Self.tolerance)
      }
    }
  }

  @Test("leaves an item out of its own ranking in one modality only")
  func ownRows() throws {
    try withTemporaryFolder { folder in
      let codes = RandomCodes(bits: 16)
      try codes.write(to: folder)
      let plain = ["evaluate", folder, "--measure", "mAP@all"]
      let arguments = plain + ["--query-rows", "rows"]
      let with = try EvaluationDocument(program.run(arguments + ["--json"]).output)
      let without = try EvaluationDocument(program.run(plain + ["--json"]).output)
      func mean(_ document: EvaluationDocument, _ task: String) throws -> Double {
        try #require(document.values(task, "mAP@all").databaseOrder)
      }
      #expect(try mean(with, "I2T") == mean(without, "I2T"))
      let literal = codes.literalMean("q_img", "r_img", leavingOut: codes.ownRows)
      #expect(abs(try mean(with, "I2I") - literal) < Self.tolerance)
      #expect(try mean(without, "I2I") != mean(with, "I2I"))
      let table = try program.run(arguments + ["--task", "T2T"]).output
      #expect(table.contains("left out of its own ranking for 24 of 70 queries"), "\(table)")
    }
  }

  @Test("prints and writes the same numbers")
  func files() throws {
    try withTemporaryFolder { folder in
      try RandomCodes(bits: 16).write(to: folder)
      let (csv, queries) = ("\(folder)/measures.csv", "\(folder)/queries.csv")
      let outcome = try program.run([
        "evaluate", folder, "--task", "T2I", "--measure", "lookup(r=2,F1)", "--measure", "P@10",
        "--curve", "PR(top,1,5)", "--csv", csv, "--per-query", queries, "--no-database-order",
      ])
      #expect(outcome.exitCode == 0, "\(outcome.errors)")
      for text in ["T→I · 16 bits · 70 queries", "\nmeasure ", "\nPR(top,1,5) · expected\n"]
      where !outcome.output.contains(text) {
        Issue.record("no “\(text)” in \(outcome.output)")
      }
      #expect(!outcome.output.contains("database order"))
      let lines = try String(contentsOfFile: csv, encoding: .utf8).split(separator: "\n")
      #expect(lines[0] == "task,measure,order,value")
      #expect(lines.count == 1 + 2 * 3)
      #expect(lines[1].hasPrefix("T2I,\"lookup(r=2,F1)\",expected,"))
      let line = try #require(lines.first { $0.hasPrefix("T2I,P@10,expected,") })
      let mean = try #require(Double(line.split(separator: ",")[3]))
      #expect(outcome.output.contains(String(format: "%.4f", mean)))
      let table = try String(contentsOfFile: queries, encoding: .utf8).split(separator: "\n")
        .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      #expect(table.count == 1 + 70)
      let values = table.dropFirst().compactMap { Double($0[$0.count - 1]) }
      #expect(values.count == table.dropFirst().count { $0[2] == "1" })
      #expect(abs(values.reduce(0, +) / Double(values.count) - mean) < Self.tolerance)
    }
  }

  @Test("says where its numbers came from")
  func provenance() throws {
    try withTemporaryFolder { folder in
      try RandomCodes(bits: 8).write(to: folder)
      let arguments = ["evaluate", folder, "--json", "--task", "I2T", "--measure", "WAP"]
      let output = try program.run(arguments).output
      #expect(try program.run(arguments + ["--threads", "1"]).output == output)
      let provenance = try EvaluationDocument(output).provenance
      #expect(provenance.crossbit == "0.1.0")
      #expect(provenance.arrays["query-image"]?.name == "q_img")
      #expect(provenance.arrays["query-image"]?.shape == [70, 8])
      #expect(provenance.arrays["query-image"]?.reading == "±1")
      #expect(provenance.sha256.count == 4)
      let sum = try PythonWithNumPy.run("sha256sum", ["\(folder)/q_img.npy"]).output
      #expect(sum.hasPrefix(provenance.sha256["\(folder)/q_img.npy"] ?? "none"))
      // Keys keep their order, whatever they are.
      let places = ["\"bits\"", "\"queries\"", "\"database\"", "\"tasks\"", "\"provenance\""]
        .compactMap { output.range(of: $0)?.lowerBound }
      #expect(places.count == 5 && places == places.sorted())
    }
  }
}
