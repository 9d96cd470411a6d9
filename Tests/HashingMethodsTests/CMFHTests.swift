import CrossModalData
import Tensors
import TestSupport
import Testing

@testable import HashingMethods

@Suite("CMFH")
struct CMFHTests {
  /// Smaller weight of the projections, so that every term counts in the loss.
  private static let balanced: CMFH.Configuration = {
    var configuration = CMFH.Configuration()
    configuration.imageWeight = 0.3
    configuration.projectionWeight = 2
    configuration.regularisation = 0.1
    return configuration
  }()

  @Test("Iterations without the latent vectors are those of the paper with them")
  func literal() throws {
    let (imageFeatures, textFeatures) = try exampleFeatures()
    let x = DoubleMatrix(imageFeatures.values, rows: 0..<12)
    let y = DoubleMatrix(textFeatures.values, rows: 0..<12)
    let (bits, λ, μ, γ) = (4, 0.3, 2.0, 0.1)
    let random = RandomStream(seed: 7)
    var factors = try CMFHFactors(imageFeatures, textFeatures, bits: bits, Self.balanced, random)

    // The same start.
    let start = Matrix(rows: 12, columns: bits)
    var stream = random.stream("V")
    for index in start.elements.indices { start.elements[index] = Float(stream.nextUniform()) }
    var v = DoubleMatrix(start, rows: 0..<12)
    var (px, py) = (factors.image.projection, factors.text.projection)
    for _ in 0..<5 {
      let loss = try factors.update()
      // U = Xᵀ V (Vᵀ V + γ/λ)⁻¹.
      func basis(_ features: DoubleMatrix, _ weight: Double) throws -> DoubleMatrix {
        var square = v.transposedTimes(v)
        square.addToDiagonal(γ / weight)
        return try Cholesky(square).solving(v.transposedTimes(features)).transposed
      }
      let (ux, uy) = (try basis(x, λ), try basis(y, 1 - λ))
      // V (λ Uxᵀ Ux + (1 − λ) Uyᵀ Uy + 2 μ + γ) = λ X Ux + (1 − λ) Y Uy + μ (X Px + Y Py).
      var normal = DoubleMatrix.diagonal(2 * μ + γ, count: bits)
      normal.add(ux.transposedTimes(ux), scale: λ)
      normal.add(uy.transposedTimes(uy), scale: 1 - λ)
      var right = DoubleMatrix(rows: 12, columns: bits)
      right.add(x.times(ux), scale: λ)
      right.add(y.times(uy), scale: 1 - λ)
      right.add(x.times(px), scale: μ)
      right.add(y.times(py), scale: μ)
      v = try Cholesky(normal).solving(right.transposed).transposed
      func projection(_ features: DoubleMatrix) throws -> DoubleMatrix {
        var square = features.transposedTimes(features)
        square.addToDiagonal(γ / μ)
        return try Cholesky(square).solving(features.transposedTimes(v))
      }
      (px, py) = (try projection(x), try projection(y))

      func squaredDistance(_ a: DoubleMatrix, _ b: DoubleMatrix) -> Double {
        var difference = a
        difference.add(b, scale: -1)
        return difference.squaredNorm
      }
      var expected = λ * squaredDistance(x, v.timesTransposed(ux))
      expected += (1 - λ) * squaredDistance(y, v.timesTransposed(uy))
      expected += μ * (squaredDistance(v, x.times(px)) + squaredDistance(v, y.times(py)))
      for factor in [v, ux, uy, px, py] { expected += γ * factor.squaredNorm }
      // Sums of products in another order.
      #expect(abs(loss.total - expected) < 1e-9 * expected)
      #expect(squaredDistance(factors.image.projection, px) < 1e-16)
      #expect(squaredDistance(factors.text.projection, py) < 1e-16)
      var latent = x.times(factors.image.latent)
      latent.add(y.times(factors.text.latent))
      #expect(squaredDistance(latent, v) < 1e-16)
    }
  }

  @Test("The loss never rises", arguments: [CMFH.Configuration.unified, balanced])
  func monotone(_ configuration: CMFH.Configuration) throws {
    let curve = try CMFH(configuration).train(
      on: clusteredPairs(count: 60), bits: 8,
      context: TrainingContext(random: RandomStream(seed: 2))
    ).learningCurve
    let losses = curve.map(\.loss)
    #expect(losses.count >= 3)
    // Rounding of sums in float64.
    #expect(zip(losses, losses.dropFirst()).allSatisfy { $1 <= $0 * (1 + 1e-12) })
    #expect((losses.last ?? .infinity) < 0.9 * losses[0])
  }

  @Test("A pair has the latent vector of both its parts")
  func pairs() throws {
    let data = clusteredPairs(count: 40)
    let trained = try CMFH().train(
      on: data, bits: 8, context: TrainingContext(random: RandomStream(seed: 2)))
    let pair = try #require(trained.pair)
    let joint = pair(data.image, data.text)
    // Centred features have centred latent vectors.
    for bit in 0..<8 {
      let (sum, size) = (0..<40).reduce((Float(0), Float(0))) {
        ($0.0 + joint[$1, bit], $0.1 + abs(joint[$1, bit]))
      }
      #expect(abs(sum) < 1e-4 * size)
    }
  }

  @Test("Knobs without a minimum are refused")
  func refusals() {
    var noWeight = CMFH.Configuration()
    noWeight.imageWeight = 1
    var noRidge = CMFH.Configuration()
    noRidge.regularisation = 0
    for configuration in [noWeight, noRidge] {
      #expect(throws: TrainingError.self) {
        try CMFH(configuration).train(
          on: exampleData(), bits: 4, context: TrainingContext(random: RandomStream(seed: 1)))
      }
    }
  }
}
