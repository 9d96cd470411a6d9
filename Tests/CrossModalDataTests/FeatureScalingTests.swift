import CrossModalData
import Foundation
import Tensors
import TestSupport
import Testing

@Suite("Feature scaling")
struct FeatureScalingTests {
  /// Results are rounded to float32 once or twice; entries are at most about 5.
  private static let tolerance: Float = 2e-6

  private let training = Matrix(
    rows: 4, columns: 3,
    elements: [
      1, 0.1, -2,
      3, 0.1, 2,
      5, 0.1, -2,
      7, 0.1, 2,
    ])

  private func scaled(_ scaling: FeatureScaling, _ matrix: Matrix) -> [Float] {
    let fitted = scaling.fitted(to: training)
    let copy = Matrix(rows: matrix.rows, columns: matrix.columns, elements: Array(matrix.elements))
    fitted.apply(to: copy)
    return Array(copy.elements)
  }

  private func expectClose(_ seen: [Float], _ expected: [Float]) {
    #expect(seen.count == expected.count)
    let worst = zip(seen, expected).map { abs($0 - $1) }.max() ?? 0
    #expect(worst < Self.tolerance, "seen \(seen), expected \(expected)")
  }

  // Column means 4, 0.1, 0; standard deviations √5, 0, 2.
  @Test("leaves features alone, bit by bit")
  func asIs() {
    #expect(scaled(.asIs, training) == Array(training.elements))
  }

  @Test("subtracts column means")
  func centred() {
    expectClose(scaled(.centred, training), [-3, 0, -2, -1, 0, 2, 1, 0, -2, 3, 0, 2])
  }

  @Test("divides by standard deviations and only shifts a constant column")
  func standardised() {
    let root = Float(5).squareRoot()
    expectClose(
      scaled(.standardised, training),
      [-3 / root, 0, -1, -1 / root, 0, 1, 1 / root, 0, -1, 3 / root, 0, 1])
    // A spread of rounding errors would blow another value up.
    let other = Matrix(rows: 1, columns: 3, elements: [4, 0.3, 0])
    expectClose(scaled(.standardised, other), [0, 0.2, 0])
  }

  @Test("maps column ranges to 0 … 1 and a constant column to 0")
  func unitRange() {
    expectClose(
      scaled(.unitRange, training),
      [0, 0, 0, Float(1) / 3, 0, 1, Float(2) / 3, 0, 0, 1, 0, 1])
    let outside = Matrix(rows: 1, columns: 3, elements: [10, 0.1, -4])
    expectClose(scaled(.unitRange, outside), [1.5, 0, -0.5])
  }

  @Test("gives rows unit norm and leaves rows of zeros")
  func unitRowNorm() {
    let rows = Matrix(rows: 3, columns: 3, elements: [3, 0, 4, 0, 0, 0, 1e-30, 0, 0])
    expectClose(scaled(.unitRowNorm, rows), [0.6, 0, 0.8, 0, 0, 0, 1, 0, 0])
  }

  @Test("brings the mean row norm of the training rows to √columns")
  func rootDimension() {
    for scaling in [FeatureScaling.rootDimension, .centredRootDimension] {
      let values = scaled(scaling, training)
      let norms = (0..<4).map { row in
        values[(row * 3)..<(row * 3 + 3)].reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
      }
      #expect(abs(norms.reduce(0, +) / 4 - 3.0.squareRoot()) < Double(Self.tolerance))
    }
    // One number for all columns: ratios stay.
    let values = scaled(.rootDimension, training)
    expectClose([values[3] / values[0], values[2] / values[0]], [3, -2])
  }

  @Test("stays finite on rows of zeros", arguments: FeatureScaling.allCases)
  func zeros(scaling: FeatureScaling) {
    let zeros = Matrix(rows: 2, columns: 3)
    let fitted = scaling.fitted(to: zeros)
    fitted.apply(to: zeros)
    #expect(zeros.elements.allSatisfy { $0 == 0 })
    #expect((fitted.scales + fitted.offsets).allSatisfy { $0.isFinite })
  }

  @Test("scales a row alike alone and among others", arguments: FeatureScaling.allCases)
  func rowByRow(scaling: FeatureScaling) {
    let whole = scaled(scaling, training)
    for index in 0..<4 {
      let single = Matrix(rows: 1, columns: 3, elements: Array(training.row(index)))
      #expect(scaled(scaling, single) == Array(whole[(index * 3)..<(index * 3 + 3)]))
    }
  }

  @Test("survives being stored", arguments: FeatureScaling.allCases)
  func codable(scaling: FeatureScaling) throws {
    let fitted = scaling.fitted(to: training)
    let copy = try JSONDecoder().decode(
      FittedScaling.self, from: JSONEncoder().encode(fitted))
    #expect(copy == fitted)
  }
}
