import CrossModalData
import Tensors
import TestSupport
import Testing

@testable import HashingMethods

@Suite("ITQ")
struct ITQTests {
  @Test(
    "The quantisation error never rises, with fewer bits, as many and more than components",
    arguments: [4, 12, 40])
  func monotone(_ bits: Int) throws {
    for configuration in [ITQ.Configuration.ownModality, .canonical] {
      let trained = try ITQ(configuration).train(
        on: clusteredPairs(count: 96), bits: bits,
        context: TrainingContext(random: RandomStream(seed: 4)))
      for stage in Set(trained.learningCurve.map(\.stage)) {
        let losses = trained.learningCurve.filter { $0.stage == stage }.map(\.loss)
        #expect(losses.count == 50)
        // Float32 products of sums near 1.
        #expect(zip(losses, losses.dropFirst()).allSatisfy { $1 <= $0 + 1e-5 }, "\(stage)")
        #expect(losses[49] < losses[0] - 0.01, "\(stage)")
      }
    }
  }

  @Test("The loss is the distance to the signs, and the rotation has orthonormal rows")
  func loss() throws {
    let data = clusteredPairs(count: 50)
    let features = try CentredFeatures(data.image, .image, .centred, method: "A test")
    let principal = try PrincipalDirections(features)
    let context = TrainingContext(random: RandomStream(seed: 5))
    let (count, bits) = (6, 9)
    let directions = principal.directions.columns(0..<count)
    func rotation(_ iterations: Int) throws -> QuantisingRotation {
      try QuantisingRotation(
        components: [(features.values, directions)], bits: bits, stage: "rotation",
        iterations: iterations, context)
    }
    // The second loss is that of the rotation after the first alternation.
    let r = try rotation(1).matrix
    let square = r.timesTransposed(r)
    for i in 0..<count {
      for j in 0..<count { #expect(abs(square[i, j] - (i == j ? 1 : 0)) < 1e-10) }
    }
    var v = DoubleMatrix(features.values, rows: 0..<50).times(directions)
    let scale = (Double(50 * bits) / v.squaredNorm).squareRoot()
    v = v.scalingColumns(by: [Double](repeating: scale, count: count))
    let rotated = v.times(r)
    let distance = rotated.elements.reduce(0) { sum, element in
      let difference = (element < 0 ? -1 : 1) - element
      return sum + difference * difference
    }
    let second = try rotation(2).learningCurve[1].loss
    #expect(abs(second - distance / Double(50 * bits)) < 1e-5)
  }
}
