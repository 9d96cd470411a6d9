import Foundation
import HashingMethods
import Retrieval
import Testing

@testable import ExperimentKit
@testable import Reports

@Suite("Page of a report")
struct ReportPageTests {
  private func page(of report: Report) throws -> String {
    try #require(report.files.first { $0.path == "index.html" }).text
  }

  /// The sample with names that try to leave their place, made-up features and missing trials.
  private static func awkward() -> Report {
    let name = "<script>alert(1)</script> & \"a\" 'b' ]]> &\u{301} \u{7} ²→†±"
    let records = SampleTrials.records.map { record in
      var record = record
      record.subject.displayName += " \(name)"
      record.subject.variant += " \(name)"
      record.subject.configuration = "{\"a\":\"</code></pre>\"}"
      record.dataset.name = "wiki \(name)"
      record.dataset.surrogate = "image"
      record.dataset.warnings = ["label \(name)"]
      return record
    }
    var input = SampleTrials.input(
      records: Array(records.prefix(15)), planned: records.map(\.identifier), comparisons: [])
    input.summary = "Shows \(name)"
    input.name = "exp \(name)"
    return Report(input)
  }

  static let reports: [(String, @Sendable () -> Report)] = [
    ("sample", { Report(SampleTrials.input()) }), ("awkward", { awkward() }),
    (
      "single trial",
      { Report(SampleTrials.input(records: Array(SampleTrials.records.prefix(1)))) }
    ),
    ("empty", { Report(SampleTrials.input(records: [], planned: ["a"], comparisons: [])) }),
  ]

  @Test(
    "every element is closed, every identifier is its own, nothing is fetched",
    arguments: [
      0, 1, 2, 3,
    ])
  func structure(index: Int) throws {
    let report = Self.reports[index].1()
    let elements = try PageElements(try page(of: report))
    #expect(elements.all.first?.name == "html" && elements.all.first?.attributes["lang"] == "en")
    #expect(elements.named("title").first?.text.isEmpty == false)
    let identifiers = elements.values(of: "id")
    #expect(Set(identifiers).count == identifiers.count)
    #expect(elements.values(of: "src").isEmpty)
    let paths = report.files.map(\.path)
    for address in elements.values(of: "href") where address != "data:," {
      let isKnown =
        address.hasPrefix("#")
        ? identifiers.contains(String(address.dropFirst())) : paths.contains(address)
      #expect(isKnown, "\(address)")
    }
    // One script and one style sheet: those of the page.
    #expect(elements.named("script").count == 1 && elements.named("style").count == 1)
    let style = try #require(elements.named("style").first?.text)
    #expect(!style.contains("url(") && !style.contains("@import"))
    #expect(elements.values(of: "style").isEmpty && elements.values(of: "onclick").isEmpty)
  }

  @Test(
    "headings are in order, tables have captions and headers, plots have words",
    arguments: [
      0, 1, 2,
    ])
  func accessible(index: Int) throws {
    let elements = try PageElements(try page(of: Self.reports[index].1()))
    let levels = elements.all.compactMap { element in
      ["h1", "h2", "h3", "h4"].firstIndex(of: element.name)
    }
    #expect(levels.first == 0 && levels.count { $0 == 0 } == 1)
    #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
    let tables = elements.named("table")
    #expect(!tables.isEmpty && elements.named("caption").count == tables.count)
    #expect(elements.named("caption").allSatisfy { !$0.text.isEmpty })
    #expect(elements.named("th").allSatisfy { $0.attributes["scope"] != nil })
    let plots = elements.named("svg")
    #expect(!plots.isEmpty)
    for plot in plots {
      #expect(plot.attributes["role"] == "img")
      #expect(plot.attributes["aria-label"]?.hasPrefix("Plot: ") == true)
    }
  }

  @Test("names of users stand on the page as they are written")
  func escapes() throws {
    let page = try page(of: Self.awkward())
    #expect(!page.contains("<script>alert"))
    let elements = try PageElements(page)
    let heading = try #require(elements.named("h1").first?.text)
    #expect(heading == "exp <script>alert(1)</script> & \"a\" 'b' ]]> &\u{301} \u{FFFD} ²→†±")
    #expect(elements.named("code").contains { $0.text.contains("</code></pre>") })
  }

  @Test("made-up features and missing trials are marked on the first screen")
  func marks() throws {
    let elements = try PageElements(try page(of: Self.awkward()))
    let marks = elements.named("strong").filter { $0.attributes["class"] == "mark" }.map(\.text)
    #expect(marks.first == "Partial: 15 of 20 trials")
    #expect(marks.contains { $0.hasPrefix("SURROGATE: the image features of wiki") })
    #expect(elements.named("caption").first?.text.contains("(SURROGATE image)") == true)
    let sample = try PageElements(try page(of: Report(SampleTrials.input())))
    #expect(!sample.named("strong").contains { $0.attributes["class"] == "mark" })
  }

  @Test("the first table has mAP, gap, seconds and fidelity at the greatest length")
  func glance() throws {
    let elements = try PageElements(try page(of: Report(SampleTrials.input())))
    let start = try #require(elements.all.firstIndex { $0.name == "table" })
    let rows = elements.all[start...].filter { $0.name == "tr" }.prefix(8)
    let cells = elements.all[start...].filter { ["th", "td"].contains($0.name) }.map(\.text)
    let columns = [
      "method", "I→T", "I→T, gap to reported", "T→I", "T→I, gap to reported", "s a trial",
      "fidelity",
    ]
    #expect(Array(cells.prefix(7)) == columns)
    #expect(rows.count == 8)
    // DBRC-N in joint codes: 0.25 and 0.252 ours; Table II prints 0.2514 and 0.5302 at 32 bits.
    let place = try #require(
      cells.firstIndex { $0.hasSuffix("nonlinear, joint") })
    #expect(cells[place + 1] == "0.2510 ± 0.0014")
    #expect(Double(cells[place + 2]) != nil && cells[place + 2].count == 7)
    #expect(cells[place + 5] == "12.5" && cells[place + 6] == "published")
    let answers = elements.named("li").map(\.text)
    #expect(
      answers.first
        == "wiki I→T: DCMH · matlab (published) has the greatest mAP@all at 32 bits, "
        + "0.3110 ± 0.0014, of 3 methods.")
  }

  @Test("cost against quality has a marker for each method and no line")
  func costPlot() throws {
    let elements = try PageElements(try page(of: Report(SampleTrials.input())))
    let plots = elements.all.indices.filter {
      elements.all[$0].attributes["aria-label"]?.contains("mAP@all against seconds") == true
    }
    #expect(plots.count == 2)
    let place = try #require(plots.first)
    let next = elements.all[(place + 1)...].prefix { $0.name != "svg" && $0.name != "table" }
    #expect(!next.contains { $0.name == "polyline" })
    // Five rows of methods, each with a marker in the plot and one in the legend.
    let markers = next.filter { ["circle", "path"].contains($0.name) }
    #expect(markers.count == 5 * 2)
  }

  @Test("every colour of a plot that is hard to see in the dark has another there")
  func darkColours() {
    let replaced = Dictionary(uniqueKeysWithValues: PlotStyle.inTheDark.map { ($0, $1) })
    for light in ["#ffffff", "#222222", "#dddddd", "#eeeeee", "#000000"] {
      #expect(replaced[light] != nil && PageStyle.text.contains("fill=\"\(light)\""))
    }
    #expect(Set(replaced.values).count == replaced.count)
  }

  /// Below this a page opens at once, and git keeps it without complaint.
  private static let greatestSize = 2_000_000

  @Test("a page of 420 trials with full curves stays below two megabytes")
  func size() throws {
    let page = try page(of: Report(LargeExperiment.input))
    #expect(page.utf8.count < Self.greatestSize, "\(page.utf8.count) bytes")
    let elements = try PageElements(page)
    #expect(elements.named("svg").count == 2 + 2 * 8 + LargeExperiment.methodCount + 2)
  }
}

/// 35 methods, four code lengths and three seeds, with curves of the length that real trials have.
private enum LargeExperiment {
  static let methodCount = 35

  static var input: ReportInput {
    var records: [TrialRecord] = []
    for method in 0..<methodCount {
      for bits in [16, 32, 64, 128] {
        records += (1...3).map { record(method: method, bits: bits, seed: $0) }
      }
    }
    return ReportInput(
      name: "large", summary: "As many trials as anyone runs.", command: "make run",
      plannedTrials: records.map(\.identifier), records: records)
  }

  private static func record(method: Int, bits: Int, seed: UInt64) -> TrialRecord {
    let knobs = (0..<30).map { "\($0).25" }.joined(separator: ",")
    let configuration = "{\"knobs\":[\(knobs)]}"
    let map = 0.2 + Double(method) / 100 + Double(seed) / 1000
    let subject = SampleTrials.subject(
      "method-\(method)", name: "A method of length \(method)", variant: "profile",
      configuration: configuration)
    let results = [RetrievalTask.imageToText, .textToImage].map { task in
      TaskResult(
        task: task, databaseCodes: DatabaseCodes.ownModality,
        result: result(map: map, bits: bits))
    }
    var record = SampleTrials.record(subject, bits: bits, seed: seed, results: results)
    record.learningCurve = (1...500).map { (step: Int) -> LearningCurvePoint in
      let loss = 1000 / Double(step) + Double(method) + Double(step % 7)
      return LearningCurvePoint(stage: "joint", step: step, stepCount: 500, loss: loss)
    }
    return record
  }

  private static func result(map: Double, bits: Int) -> RetrievalResult {
    let bounds = { (value: Double) in
      TieBounds(expected: value, worst: value, best: value, databaseOrder: value)
    }
    let tops = (0..<24).map { place in
      PrecisionAtCutoff(k: 1 + place * 43, precision: bounds(map + 0.01 * Double(place % 5)))
    }
    let balls = (0...bits).map { radius in
      PrecisionRecallPoint(
        radius: radius, precision: map + 0.3 / Double(radius + 1),
        recall: Double(radius + 1) / 129)
    }
    return RetrievalResult(
      queryCount: 500, answerableCount: 500, meanAveragePrecision: bounds(map),
      averagePrecision: [], precisionAtTop: tops, precisionRecall: balls, measures: [],
      curves: [])
  }
}
