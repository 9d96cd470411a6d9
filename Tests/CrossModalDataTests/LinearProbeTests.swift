import Foundation
import Retrieval
import Tensors
import TestSupport
import Testing

@testable import CrossModalData

private let testFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
private let packageRoot = testFolder.deletingLastPathComponent().deletingLastPathComponent()

/// A case of `Fixtures/linear_probe.json`.
private struct ProbeReference: Decodable {
  let name: String
  let features: [[Float]]
  let labels: [[UInt8]]
  let scores: [[Double]]
  let accuracy: Double
  let chance: Double
}

@Suite("Linear probe")
struct LinearProbeTests {
  /// Condition numbers are below 100, so float64 keeps 13 digits; far more than a wrong λ would.
  private static let scoreTolerance = 1e-9

  // Reference: NumPy's least squares, see Fixtures/make_linear_probe.py.
  @Test("gives the scores and shares that NumPy gives")
  func references() throws {
    let data = try Data(
      contentsOf: testFolder.appendingPathComponent("Fixtures/linear_probe.json"))
    let references = try JSONDecoder().decode([ProbeReference].self, from: data)
    #expect(references.count == 3)
    for reference in references {
      let features = Matrix(
        rows: reference.features.count, columns: reference.features[0].count,
        elements: Array(reference.features.joined()))
      let labels = LabelSets(
        count: features.rows, labelCount: reference.labels[0].count,
        indicators: Array(reference.labels.joined()))
      let scores = features.ridgeScores(
        of: labels, fittedCount: features.rows * 2 / 3, penaltyShare: LinearProbe.penaltyShare)
      try #require(scores.rows == reference.scores.count)
      var worst = 0.0
      for (row, expected) in reference.scores.enumerated() {
        for (column, score) in expected.enumerated() {
          worst = max(worst, abs(scores[row, column] - score))
        }
      }
      #expect(worst < Self.scoreTolerance, "\(reference.name): \(worst)")
      let probe = LinearProbe(path: "/image", features, labels: labels)
      #expect(probe.accuracy == reference.accuracy, "\(reference.name)")
      #expect(probe.chance == reference.chance, "\(reference.name)")
      #expect(probe.fittedCount + probe.askedCount == features.rows)
    }
  }

  /// Normal features with one of four labels each, equally often, and nothing to do with it.
  private func unrelated(_ columns: Int) -> (features: Matrix, labels: LabelSets) {
    var random = testStream("unrelated features \(columns)")
    let count = 2_400
    let features = Matrix(rows: count, columns: columns)
    for index in features.elements.indices {
      features.elements[index] = Float(random.nextNormal())
    }
    var indicators = [UInt8](repeating: 0, count: count * 4)
    for (item, place) in (0..<count).shuffled(using: &random).enumerated() {
      indicators[item * 4 + place % 4] = 1
    }
    return (features, LabelSets(count: count, labelCount: 4, indicators: indicators))
  }

  @Test("is near chance for features that have nothing to do with the labels", arguments: [3, 40])
  func unrelatedFeatures(columns: Int) {
    let (features, labels) = unrelated(columns)
    let probe = LinearProbe(path: "/image", features, labels: labels)
    // Five binomial deviations of 800 items of which each is right with probability 1/4.
    let tolerance = 5 * (0.25 * 0.75 / 800).squareRoot()
    #expect(probe.askedCount == 800)
    #expect(abs(probe.accuracy - 0.25) < tolerance, "\(probe)")
    #expect(abs(probe.chance - 0.25) < tolerance, "\(probe)")
  }

  @Test("is 1 for labels that lie apart, with fewer and with more columns than rows")
  func separable() {
    for columns in [8, 1_700] {
      let (features, labels) = unrelated(columns)
      for item in 0..<features.rows {
        for label in 0..<4 where labels.contains(label, item: item) {
          for column in 0..<columns {
            let direction: Float = column % 4 == label ? 1 : 0
            features[item, column] = 10 * direction + features[item, column] / 4
          }
        }
      }
      #expect(LinearProbe(path: "/image", features, labels: labels).accuracy == 1)
    }
  }

  @Test("names the most frequent label where all features are equal")
  func constant() {
    let (_, labels) = unrelated(1)
    for columns in [2, 1_700] {
      let probe = LinearProbe(
        path: "/image", Matrix(rows: labels.count, columns: columns), labels: labels)
      #expect(probe.accuracy == probe.chance)
    }
  }

  @Test("is as good on Open Clip Art as NumPy's on other items, and at chance in another order")
  func openclipart() throws {
    let path = packageRoot.appendingPathComponent("Data/openclipart.h5").path
    let file = try DatasetFile(path: path)
    let labels = try #require(file.labels)
    let scan = try DatasetScan(file)
    // NumPy on another 2,000 and 1,000 items: image 0.669, text 0.875.
    for (source, facts, expected) in [
      (file.image, scan.image, 0.669), (file.text, scan.text, 0.875),
    ] {
      let source = try #require(source)
      let lengths = try #require(facts).lengths
      let probe = try #require(try LinearProbe(of: source, labels: labels, lengths: lengths))
      #expect(probe.fittedCount == 2_000 && probe.askedCount == 1_000)
      // Five deviations of the difference of two shares of 1,000 items.
      let tolerance = 5 * (2 * expected * (1 - expected) / 1_000).squareRoot()
      #expect(abs(probe.accuracy - expected) < tolerance, "\(probe)")
      var random = testStream("labels in another order")
      let order = (0..<labels.count).shuffled(using: &random)
      let shuffled = try #require(
        try LinearProbe(of: source, labels: labels.selecting(order), lengths: lengths))
      // Rare labels are named by mistake now and then, so chance bounds it from above.
      #expect(shuffled.accuracy < shuffled.chance + tolerance, "\(shuffled)")
    }
  }

  @Test("leaves out items without labels or features, and needs 200 and two kinds of items")
  func eligible() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/some.h5"
      try HDF5Fixture.synthetic(itemCount: 202).write(to: path)
      let file = try DatasetFile(path: path)
      let (image, labels) = (try #require(file.image), try #require(file.labels))
      var lengths = [Int](repeating: 6, count: 202)
      lengths[3] = 0
      let some = try #require(try LinearProbe(of: image, labels: labels, lengths: lengths))
      #expect(some.fittedCount == 134 && some.askedCount == 67)
      lengths[4] = 0
      lengths[5] = 0
      #expect(try LinearProbe(of: image, labels: labels, lengths: lengths) == nil)
      let same = LabelSets(
        count: 202, labelCount: 2, indicators: (0..<202).flatMap { [1, UInt8($0 % 2)] })
      #expect(
        try LinearProbe(of: image, labels: same, lengths: [Int](repeating: 6, count: 202)) == nil)
    }
  }
}
