import CrossModalData
import HashingMethods
import Testing

@testable import ExperimentKit
@testable import Reports

@Suite("Plots against a knob, and cost")
struct KnobPlotTests {
  /// Both DBRH of the sample, at places that are not in the order of the rows, and DCMH alone.
  private static let experiment = Experiment("knob") {
    Dataset(.wiki)
    Method(.dcmh(.matlab), at: 1)
    Method(.dbrh(.linear), at: 2)
    Method(.dbrh(.nonlinear), at: 0.5)
    CodeLengths(16, 32)
    Seeds(1)
    PlotAgainst("a knob", marking: 0...1)
  }

  /// The sample's records under the configurations of the manifest.
  private static var input: ReportInput {
    var input = SampleTrials.input()
    input.knobAxis = KnobAxis(experiment)
    for index in input.records.indices {
      let subject = input.records[index].subject
      guard
        let method = experiment.methods.first(where: {
          $0.variant.description.identifier == subject.method
            && $0.variant.variant == subject.variant
        })
      else { continue }
      input.records[index].subject.configuration = method.variant.configuration
    }
    return input
  }

  @Test("each measure gets a plot, a line a code length, methods at their places")
  func plots() throws {
    let files = Report(Self.input).files
    let names = files.map(\.path).filter { $0.contains("knob") }
    #expect(
      names == [
        "plots/wiki-i2t-knob-map-all.svg", "plots/wiki-i2t-knob-ndcg-10.svg",
        "plots/wiki-i2t-knob-lookup-r-2-precision.svg", "plots/wiki-t2i-knob-map-all.svg",
        "plots/wiki-t2i-knob-ndcg-10.svg", "plots/wiki-t2i-knob-lookup-r-2-precision.svg",
      ])
    let plot = try #require(files.first { $0.path == names[0] }).text
    for word in [
      ">a knob<", ">mAP@all<", ">dbrh (published), 16 bits<", ">dbrh (published), 32 bits<",
    ] {
      #expect(plot.contains(word), "\(word)")
    }
    // One place makes no line, and two methods do not share one.
    #expect(!plot.contains("dcmh"))
    let readme = try #require(files.first { $0.path == "README.md" }).text
    for name in names { #expect(readme.contains("(\(name))")) }

    let trials = FinishedTrials(Self.input)
    let table = try #require(trials.tables(of: trials.groups[0], comparisons: []).first)
    let axis = try #require(Self.input.knobAxis)
    let drawn = TableDrawing(group: trials.groups[0], table: table).against(axis)[0].plot
    #expect(drawn.marked == 0...1)
    // The non-linear one at ½, the linear one at 2, with own-modality codes: means of both seeds.
    #expect(drawn.series.map { $0.points.map(\.x) } == [[0.5, 2], [0.5, 2]])
    #expect(abs(drawn.series[0].points[0].y - 0.201) < 1e-9)
    #expect(abs(drawn.series[0].points[1].y - 0.211) < 1e-9)
  }

  @Test("without an axis there is no such plot")
  func noAxis() {
    #expect(!Report(SampleTrials.input()).files.contains { $0.path.contains("knob") })
  }

  @Test("the cost table tells times of the quickest seed, passes and speeds where records do")
  func cost() throws {
    var input = SampleTrials.input()
    for index in input.records.indices where input.records[index].subject.method == "dcmh" {
      // The second seed shared the machine with something else.
      let slowdown = input.records[index].seed == 2 ? 3.0 : 1
      input.records[index].run.seconds *= slowdown
      input.records[index].run.cost = TrainingCost(
        trainingSeconds: 8 * slowdown, trainingPairs: 1000, passes: 16,
        encodingSeconds: 0.5 * slowdown, encodedItems: 4000)
    }
    let markdown = CostTable.printed(FinishedTrials(input)).markdown
    #expect(
      markdown.contains("| wiki | DCMH · matlab | 12.5 | 12.5 | 16.0 | 0.5 | 2000 | 8000 | 250 |"))
    #expect(markdown.contains("| wiki | chance | 12.5 | 12.5 | – | – | – | – | 250 |"))
  }
}
