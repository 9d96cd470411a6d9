import CrossModalData
import Foundation
import Retrieval
import Tensors
import TestSupport
import Testing

@testable import HashingMethods

/// Numbers made elsewhere are given with eight digits.
private let tolerance = 1e-7

@Suite("Principal and canonical directions")
struct DirectionTests {
  @Test("Variances are those that NumPy finds")
  func principal() throws {
    // numpy.linalg.eigvalsh(Xc.T @ Xc) of the centred pictures.
    let expected = [13.3312262, 6.47049531, 3.40140349]
    let features = try exampleFeatures().image
    let principal = try PrincipalDirections(features)
    let total = expected.reduce(0, +)
    #expect(zip(principal.shares, expected).allSatisfy { abs($0 - $1 / total) < tolerance })
    let projected = principal.directions.transposedTimes(
      features.scatter.times(principal.directions))
    for (index, variance) in expected.enumerated() {
      #expect(abs(projected[index, index] - variance) < 1e-6)
    }
  }

  @Test("Canonical correlations are those of scikit-learn and SciPy")
  func canonical() throws {
    // sklearn.cross_decomposition.CCA(2, scale=False, max_iter=10000, tol=1e-12): correlations of
    // the transformed data; and the singular values of Cxx^-½ Cxy Cyy^-½ with scipy.linalg.sqrtm.
    let expected = [0.68616004, 0.34330615]
    let (image, text) = try exampleFeatures()
    let canonical = try CanonicalDirections(image, text, ridge: .absolute(0))
    #expect(canonical.correlations.count == 2)
    #expect(zip(canonical.correlations, expected).allSatisfy { abs($0 - $1) < tolerance })
    // Wxᵀ Cxx Wx = I and Wxᵀ Cxy Wy = diag(ρ).
    let own = canonical.image.transposedTimes(image.scatter.times(canonical.image))
    let cross = canonical.image.transposedTimes(
      image.values.transposedTimes(text.values).times(canonical.text))
    for i in 0..<2 {
      for j in 0..<2 {
        #expect(abs(own[i, j] - (i == j ? 1 : 0)) < tolerance)
        #expect(abs(cross[i, j] - (i == j ? expected[i] : 0)) < tolerance)
      }
    }
  }

  @Test("A relative ridge has the same effect at every scale of the features")
  func relativeRidge() throws {
    let correlations = try [Float(1), 1000].map { scale in
      let data = exampleData()
      for index in data.image.elements.indices { data.image.elements[index] *= scale }
      let (image, text) = try data.centred(image: .centred, text: .centred, method: "A test")
      return try CanonicalDirections(image, text, ridge: .relative(0.1)).correlations
    }
    #expect(zip(correlations[0], correlations[1]).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(correlations[0][0] < 0.68)
  }

  @Test("The first bits of CVH are those of CCA, then come directions of one modality alone")
  func cvh() throws {
    let data = exampleData()
    let context = TrainingContext(random: RandomStream(seed: 1))
    var unregularised = CCA.Configuration()
    unregularised.ridge = .absolute(1e-6)
    let cca = try CCA(unregularised).train(on: data, bits: 2, context: context)
    let cvh = try CVH().train(on: data, bits: 5, context: context)
    let (imageCCA, textCCA) = (cca.image(data.image), cca.text(data.text))
    let (imageCVH, textCVH) = (cvh.image(data.image), cvh.text(data.text))
    for bit in 0..<2 {
      // CVH shares the unit length between both modalities; a pair's sign is free.
      let sign: Float = imageCVH[0, bit] * imageCCA[0, bit] < 0 ? -1 : 1
      for row in 0..<12 {
        let half = Float(0.5).squareRoot() * sign
        #expect(abs(imageCVH[row, bit] - half * imageCCA[row, bit]) < 1e-4)
        #expect(abs(textCVH[row, bit] - half * textCCA[row, bit]) < 1e-4)
      }
    }
    // ρ = 0, inside the pictures: exactly nothing in the texts.
    #expect((0..<12).allSatisfy { textCVH[$0, 2] == 0 })
    #expect((0..<12).contains { abs(imageCVH[$0, 2]) > 0.01 })
    // −ρ: the second pair again, one modality turned round.
    for row in 0..<12 {
      let turned = imageCVH[row, 3] * imageCVH[row, 1] < 0 ? 1 : -1
      #expect(abs(textCVH[row, 3] - Float(turned) * textCVH[row, 1]) < 1e-3)
    }
    // Mean of 0.686…, 0.343…, 0, −0.343…, −0.686… (scipy.linalg.eigh of the joint problem).
    #expect(abs((cvh.learningCurve.first?.loss ?? 0) - 1) < 1e-6)
  }

  @Test("Random projections differ in as many bits as the angle says")
  func angle() throws {
    let data = clusteredPairs(count: 20)
    let bits = 4096
    let trained = try RandomProjection().train(
      on: data, bits: bits, context: TrainingContext(random: RandomStream(seed: 3)))
    let activations = trained.image(data.image)
    let x = try CentredFeatures(data.image, .image, .centred, method: "A test").values
    for (a, b) in [(0, 1), (0, 4), (5, 11)] {
      func dot(_ i: Int, _ j: Int) -> Double {
        (0..<x.columns).reduce(0) { $0 + Double(x[i, $1]) * Double(x[j, $1]) }
      }
      let cosine = dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
      let differing = (0..<bits).count { (activations[a, $0] < 0) != (activations[b, $0] < 0) }
      let share = Double(differing) / Double(bits)
      // Share θ/π, so cos(π · share) is the cosine; a share strays by ½/√4096 = 0.008, four times
      // that is 0.1 in the cosine.
      #expect(abs(cos(Double.pi * share) - cosine) < 0.1)
    }
  }
}
