import CrossModalData
import Retrieval
import Tensors
import TestSupport
import Testing

@testable import HashingMethods

@Suite("Linear classifier as a hash function")
struct LinearClassifierCodeTests {
  @Test("Scores are those of NumPy's ridge regression")
  func regression() throws {
    // numpy.linalg.solve(Cxx + 0.5 I, Xc.T @ L) on the example; rows are columns of the pictures.
    let weights = [
      [0.17500662, 0.04538159, -0.40605849], [-0.0537724, 0.18482128, 0.12955212],
      [-0.01343001, -0.00642, 0.13946457],
    ]
    let data = exampleData()
    var configuration = LinearClassifierCode.Configuration.scores
    configuration.ridge = .absolute(0.5)
    let context = TrainingContext(random: RandomStream(seed: 1))
    let trained = try LinearClassifierCode(configuration).train(
      on: data, bits: 4, context: context)
    let codewords = LabelCodewords(
      labelCount: 3, bits: 4, context.random.stream("codewords")
    ).matrix
    let activations = trained.image(data.image)
    for row in 0..<12 {
      for bit in 0..<4 {
        var expected = 0.0
        for label in 0..<3 {
          var score = (0..<12).reduce(0.0) {
            $0 + (data.labels.contains(label, item: $1) ? 1.0 / 12 : 0)
          }
          for column in 0..<3 {
            let mean = (0..<12).reduce(0.0) { $0 + Double(data.image[$1, column]) / 12 }
            score += (Double(data.image[row, column]) - mean) * weights[column][label]
          }
          expected += score * Double(codewords[label, bit])
        }
        // Float32 sums of a few numbers near 1.
        #expect(abs(Double(activations[row, bit]) - expected) < 1e-5)
      }
    }
  }

  @Test("Where every prediction is right, the codes are the label oracle's", arguments: [8, 24])
  func oracle(_ bits: Int) throws {
    let data = clusteredPairs(count: 60, noise: 0.01)
    let context = TrainingContext(random: RandomStream(seed: 6))
    var stream = context.random.stream("codewords")
    let oracle = LabelOracle(labelCount: 4, bits: bits, using: &stream).codes(for: data.labels)
    for configuration in [LinearClassifierCode.Configuration.labelSet, .strongestLabel] {
      let trained = try LinearClassifierCode(configuration).train(
        on: data, bits: bits, context: context)
      let text = trained.text(data.text)
      #expect(try BinaryCodes(count: 60, bits: bits, activations: text.values) == oracle)
    }
  }

  @Test("A label set holds every label above the threshold and always the strongest")
  func weights() {
    let codewords = LabelCodewords(labelCount: 3, bits: 2, RandomStream(seed: 1))
    let scores = [Float(0.2), 0.4, 0.1, 0.6, 0.5, 0.7]
    for (prediction, expected) in [
      (LinearClassifierCode.Configuration.Prediction.strongestLabel, [Float(0), 1, 0, 0, 0, 1]),
      (.labelSet(threshold: 0.5), [0, 1, 0, 1, 1, 1]), (.scores, scores),
    ] {
      let matrix = Matrix(rows: 2, columns: 3, elements: scores)
      codewords.weigh(matrix, prediction)
      #expect(matrix.values == expected)
    }
  }
}
