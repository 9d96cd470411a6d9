import ExperimentKit
import Foundation
import Retrieval
import Tensors
import TestSupport
import Testing

@testable import Reports

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Plots")
struct PlotTests {
  private static func plot(_ series: [Plot.Series], title: String = "title") -> Plot {
    let points = series.flatMap(\.points)
    return Plot(
      title: title, xLabel: "x", yLabel: "y", xScale: .linear(covering: points.map(\.x)),
      yScale: .linear(covering: points.map(\.y)), series: series)
  }

  @Test("every plot of a report is well-formed XML", arguments: [false, true])
  func wellFormed(isSingleTrial: Bool) throws {
    let records = isSingleTrial ? Array(SampleTrials.records.prefix(1)) : SampleTrials.records
    let files = Report(SampleTrials.input(records: records)).files.filter {
      $0.path.hasSuffix(".svg")
    }
    #expect(!files.isEmpty)
    for file in files {
      let elements = try elements(of: file.text)
      #expect(elements.first == "svg", "\(file.path)")
      #expect(elements.contains("polyline"), "\(file.path)")
    }
  }

  @Test("a label oracle far above all methods is left out of a plot, chance never")
  func oracleLeftOut() throws {
    let plots = Report(SampleTrials.input()).files
    let weak = try #require(plots.first { $0.path == "plots/wiki-i2t-map.svg" })
    #expect(weak.text.contains("chance") && !weak.text.contains("label oracle"))
    let strong = SampleTrials.record(
      SampleTrials.dcmh, bits: 16, seed: 3,
      results: [SampleTrials.result(.imageToText, .ownModality, map: 0.9)])
    let near = try #require(
      Report(SampleTrials.input(records: SampleTrials.records + [strong])).files.first {
        $0.path == "plots/wiki-i2t-16-precision-at-k.svg"
      })
    #expect(near.text.contains("chance") && near.text.contains("label oracle"))
  }

  private static func series(count: Int) -> [Plot.Series] {
    (0..<count).map { index in
      Plot.Series(
        name: "\(index)", points: [.init(x: 0, y: 0), .init(x: 1, y: 1)], isReference: false)
    }
  }

  @Test("lines stay apart in colour, and without colours by marker and dashes")
  func styles() {
    let styles = PlotStyle.styles(of: Self.series(count: 90))
    let looks = styles.map { "\($0.stroke) \($0.marker(x: 0, y: 0) ?? "")" }
    #expect(Set(looks).count == 90)
    // Ten methods are more than most tables have.
    let grey = styles.prefix(10).map { style in
      "\(style.dashes ?? "solid") \(style.marker(x: 0, y: 0) ?? "")"
        .replacingOccurrences(of: style.colour, with: "grey")
    }
    #expect(Set(grey).count == 10)
  }

  @Test("both reference points are drawn without markers and differ in their dashes")
  func references() {
    let series = Self.series(count: 3).enumerated().map { index, series in
      Plot.Series(name: series.name, points: series.points, isReference: index > 0)
    }
    let styles = PlotStyle.styles(of: series)
    #expect(styles.map { $0.marker(x: 0, y: 0) == nil } == [false, true, true])
    #expect(styles[1].dashes != styles[2].dashes && styles[1].dashes != nil)
  }

  @Test("a curve by rank, which has no expectation, is drawn in database order and says so")
  func curveByRank() throws {
    let files = Report(SampleTrials.input()).files
    let rank = try #require(files.first { $0.path == "plots/wiki-i2t-16-pr-rank-3.svg" })
    #expect(rank.text.contains("precision, ties in database order"))
    let macro = try #require(files.first { $0.path == "plots/wiki-i2t-16-pr-radius-macro.svg" })
    #expect(macro.text.contains(">precision</text>"))
  }

  @Test("names with reserved characters are escaped")
  func escapes() throws {
    let series = Plot.Series(
      name: "a<b & \"c\">", points: [.init(x: 0, y: 1), .init(x: 1, y: 2)], isReference: false)
    let plot = Self.plot([series], title: "I<T & more")
    #expect(try elements(of: plot.svg).contains("polyline"))
    #expect(plot.svg.contains("<title>I&lt;T &amp; more</title>"))
  }

  @Test("points stand inside the axes, whatever the numbers", arguments: 0..<20)
  func insideAxes(round: Int) throws {
    var random = testStream("plot \(round)")
    let size = pow(10, Double(round % 9) - 4)
    let points = (0...(round % 5)).map { step in
      Plot.Point(x: Double(step + 1), y: random.nextNormal() * size)
    }
    let yScale = PlotScale.linear(covering: points.map(\.y))
    let xScale = PlotScale.logarithmic(covering: points.map(\.x))
    for point in points {
      #expect((-1e-9...1 + 1e-9).contains(yScale.position(of: point.y)), "\(point)")
      #expect((-1e-9...1 + 1e-9).contains(xScale.position(of: point.x)), "\(point)")
    }
    for scale in [xScale, yScale] {
      #expect((1...12).contains(scale.ticks.count), "\(scale.ticks)")
      #expect(scale.ticks == scale.ticks.sorted())
    }
  }

  @Test("ticks are round numbers")
  func ticks() {
    let labels = { (scale: PlotScale) in scale.ticks.map(scale.label(of:)) }
    #expect(labels(.linear(covering: [0, 1])) == ["0", "0.2", "0.4", "0.6", "0.8", "1"])
    #expect(labels(.linear(covering: [0.21, 0.33])) == ["0.2", "0.25", "0.3", "0.35"])
    #expect(labels(.logarithmic(covering: [1, 100])) == ["1", "2", "5", "10", "20", "50", "100"])
    #expect(labels(.logarithmic(covering: [0.5, 20_000])) == ["1", "10", "100", "1000", "10000"])
    #expect(labels(.logarithmic(covering: [3, 3.5])) == ["5"])
    #expect(labels(.logarithmic(covering: [2.1, 4.9])) == ["5"])
    #expect(labels(.logarithmic(at: [16, 64, 32])) == ["16", "32", "64"])
    #expect(labels(.linear(covering: [3, 3])).contains("3"))
  }

  private func elements(of svg: String) throws -> [String] {
    let collector = ElementCollector()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = collector
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    return collector.elements
  }
}

private final class ElementCollector: NSObject, XMLParserDelegate {
  private(set) var elements: [String] = []

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
    qualifiedName qName: String?, attributes attributeDict: [String: String] = [:]
  ) {
    elements.append(elementName)
  }
}
