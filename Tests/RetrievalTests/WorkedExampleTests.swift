import Foundation
import Retrieval
import Testing

/// The worked example of `Documentation/Evaluation.md`, read from the document.
private struct WorkedExample {
  /// Cells of the rows of all its tables, without backticks; headers and rules are left out.
  let rows: [[String]]

  init() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Documentation/Evaluation.md")
    let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n")
    let start = try #require(lines.firstIndex(of: "<!-- worked example -->"))
    let end = try #require(lines.firstIndex(of: "<!-- end of worked example -->"))
    rows = lines[start..<end].filter { $0.hasPrefix("|") && $0.contains("`") }.map { line in
      line.split(separator: "|").map {
        $0.trimmingCharacters(in: .whitespaces).replacingOccurrences(of: "`", with: "")
      }
    }
  }

  /// Rows of the items: name, code, labels, distance, grade.
  var items: [[String]] { rows.filter { $0[0].count == 1 } }
  /// Rows of the measures: name and four values.
  var measures: [[String]] { rows.filter { $0[0].count > 1 && !$0[0].hasPrefix("PR(") } }
  /// Rows of the curves: name, tie rule, position, precision, recall.
  var curves: [[String]] { rows.filter { $0[0].hasPrefix("PR(") } }

  static let queryCodes = ["0000", "1111"]
  static let queryLabels = [["sky", "sea"], ["car"]]
  static let vocabulary = ["sky", "sea", "dog", "car"]

  func result(
    _ measures: [Measure] = [], _ curves: [RetrievalCurve] = []
  ) throws -> RetrievalResult {
    try evaluate(
      queries: Self.codes(Self.queryCodes), queryLabels: Self.labels(Self.queryLabels),
      retrieval: Self.codes(items.map { $0[1] }),
      retrievalLabels: Self.labels(items.map { $0[2].components(separatedBy: ", ") }),
      measures: MeasureSpecification(measures: measures, curves: curves))
  }

  private static func codes(_ rows: [String]) throws -> BinaryCodes {
    try BinaryCodes(
      count: rows.count, bits: 4, activations: rows.joined().map { $0 == "1" ? 1 : -1 })
  }

  private static func labels(_ sets: [[String]]) -> LabelSets {
    LabelSets(
      count: sets.count, labelCount: vocabulary.count,
      indicators: sets.flatMap { set in vocabulary.map { set.contains($0) ? 1 : 0 } })
  }
}

@Suite("The worked example of the guide")
struct WorkedExampleTests {
  /// Four decimals are printed.
  private let printedTolerance = 0.000_05 + 1e-12

  @Test("Its items lie at the distances and share the labels that the guide says")
  func items() throws {
    let items = try WorkedExample().items
    #expect(items.map { $0[0] } == ["A", "B", "C", "D", "E"])
    for item in items {
      // The first query's bits are all 0.
      #expect(Int(item[3]) == item[1].count { $0 == "1" }, "\(item[0])")
      let labels = Set(item[2].components(separatedBy: ", "))
      #expect(Int(item[4]) == labels.intersection(WorkedExample.queryLabels[0]).count, "\(item[0])")
      #expect(labels.isSubset(of: WorkedExample.vocabulary), "\(item[0])")
    }
  }

  @Test("Its numbers are those of the evaluator")
  func measures() throws {
    let example = try WorkedExample()
    #expect(example.measures.count == 21)
    for row in example.measures {
      let measure = try Measure(name: row[0])
      let mean = try example.result([measure]).measures[0].mean
      let seen = [mean.expected, mean.worst, mean.best, try #require(mean.databaseOrder)]
      let printed = row.dropFirst().compactMap { Double($0) }
      #expect(printed.count == 4, "\(measure)")
      for (seen, printed) in zip(seen, printed) {
        #expect(abs(seen - printed) <= printedTolerance, "\(measure): \(seen) is not \(printed)")
      }
    }
  }

  @Test("Its curves pass through the points that the guide prints")
  func curves() throws {
    let example = try WorkedExample()
    #expect(example.curves.count == 13)
    for row in example.curves {
      let result = try example.result([], [RetrievalCurve(name: row[0])]).curves[0]
      let line = try #require(result.lines.first { $0.order == TieOrder(rawValue: row[1]) })
      let numbers = row.dropFirst(2).compactMap { Double($0) }
      let point = try #require(line.points.first { $0.position == numbers.first })
      #expect(abs(point.precision - numbers[1]) <= printedTolerance, "\(row)")
      #expect(abs(point.recall - numbers[2]) <= printedTolerance, "\(row)")
    }
  }

  @Test("Its fractions are exact")
  func fractions() throws {
    let result = try WorkedExample().result()
    // Rounding of a handful of operations in Double.
    #expect(abs(result.meanAveragePrecision.expected - 209 / 270.0) < 1e-15)
    #expect(abs(result.meanAveragePrecision.worst - 7 / 10.0) < 1e-15)
    #expect(abs(result.meanAveragePrecision.best - 13 / 15.0) < 1e-15)
    #expect(
      try abs(#require(result.meanAveragePrecision.databaseOrder) - 34 / 45.0) < 1e-15)
    #expect(result.answerableCount == 1)
  }
}
