import TestSupport
import Testing

@testable import Tensors

/// Double arithmetic on matrices of a few dozen numbers near 1.
private let tolerance = 1e-10

private func random(_ rows: Int, _ columns: Int, _ name: String) -> DoubleMatrix {
  var stream = testStream(name)
  return DoubleMatrix(
    rows: rows, columns: columns,
    elements: (0..<(rows * columns)).map { _ in stream.nextNormal() })
}

/// A Aᵀ + 1 of a random A.
private func positiveDefinite(_ count: Int, _ name: String) -> DoubleMatrix {
  let a = random(count, count, name)
  var product = a.timesTransposed(a)
  product.addToDiagonal(1)
  return product
}

private func distance(_ a: DoubleMatrix, _ b: DoubleMatrix) -> Double {
  var difference = a
  difference.add(b, scale: -1)
  return difference.squaredNorm.squareRoot()
}

@Suite("Linear algebra in float64")
struct LinearAlgebraTests {
  @Test("Products agree with the definition, transposed or not")
  func products() {
    let (a, b) = (random(4, 6, "a"), random(6, 5, "b"))
    var plain = DoubleMatrix(rows: 4, columns: 5)
    for i in 0..<4 {
      for j in 0..<5 { plain[i, j] = (0..<6).reduce(0) { $0 + a[i, $1] * b[$1, j] } }
    }
    #expect(distance(a.times(b), plain) < tolerance)
    #expect(distance(a.transposed.transposedTimes(b), plain) < tolerance)
    #expect(distance(a.timesTransposed(b.transposed), plain) < tolerance)
    #expect(
      DoubleMatrix(rows: 0, columns: 3).transposedTimes(DoubleMatrix(rows: 0, columns: 2))
        == DoubleMatrix(rows: 3, columns: 2))
  }

  @Test("Products of float32 matrices go over all blocks of rows", arguments: [1, 1024, 1500])
  func scatter(_ rows: Int) {
    var stream = testStream("scatter")
    let x = randomMatrix(rows: rows, columns: 3, using: &stream)
    let y = randomMatrix(rows: rows, columns: 2, using: &stream)
    for (other, columns) in [(x, 3), (y, 2)] {
      let product = x.transposedTimes(other)
      for i in 0..<3 {
        for j in 0..<columns {
          let sum = (0..<rows).reduce(0.0) { $0 + Double(x[$1, i]) * Double(other[$1, j]) }
          #expect(abs(product[i, j] - sum) < 1e-9)
        }
      }
    }
  }

  @Test("A symmetric matrix known by hand has its eigenvalues and vectors, signs included")
  func symmetricByHand() throws {
    // (1, 1) with 3 and (1, −1) with 1; of equal entries the first becomes positive.
    let eigen = try SymmetricEigen(DoubleMatrix(rows: 2, columns: 2, elements: [2, 1, 1, 2]))
    let half = 0.5.squareRoot()
    #expect(zip(eigen.values, [3.0, 1]).allSatisfy { abs($0 - $1) < tolerance })
    #expect(
      distance(
        eigen.vectors, DoubleMatrix(rows: 2, columns: 2, elements: [half, half, half, -half]))
        < tolerance)
  }

  @Test("Eigenvectors are orthonormal and put the matrix together again", arguments: [1, 2, 17])
  func symmetric(_ count: Int) throws {
    let matrix = positiveDefinite(count, "symmetric")
    let eigen = try SymmetricEigen(matrix)
    #expect(eigen.values == eigen.values.sorted(by: >))
    let vectors = eigen.vectors
    #expect(
      distance(vectors.transposedTimes(vectors), .diagonal(1, count: count)) < tolerance)
    #expect(
      distance(vectors.scalingColumns(by: eigen.values).timesTransposed(vectors), matrix)
        < tolerance * matrix.trace)
  }

  @Test("A generalised problem known by hand has its eigenvalues")
  func generalisedByHand() throws {
    // det([2 1; 1 2] − λ diag(1, 2)) = 2 λ² − 6 λ + 3.
    let eigen = try SymmetricEigen(
      DoubleMatrix(rows: 2, columns: 2, elements: [2, 1, 1, 2]),
      metric: DoubleMatrix(rows: 2, columns: 2, elements: [1, 0, 0, 2]))
    let expected = [(3 + 3.0.squareRoot()) / 2, (3 - 3.0.squareRoot()) / 2]
    #expect(zip(eigen.values, expected).allSatisfy { abs($0 - $1) < tolerance })
  }

  @Test("A generalised problem leaves no residual and has unit vectors in its metric")
  func generalised() throws {
    let (matrix, metric) = (positiveDefinite(9, "matrix"), positiveDefinite(9, "metric"))
    let eigen = try SymmetricEigen(matrix, metric: metric)
    let images = metric.times(eigen.vectors)
    #expect(
      distance(matrix.times(eigen.vectors), images.scalingColumns(by: eigen.values))
        < tolerance * matrix.trace)
    #expect(distance(eigen.vectors.transposedTimes(images), .diagonal(1, count: 9)) < tolerance)
  }

  @Test("Singular values known by hand come with their signs")
  func singularByHand() throws {
    let decomposed = try SingularValues(
      DoubleMatrix(rows: 3, columns: 2, elements: [0, -3, 0, 2, 0, 0]))
    #expect(zip(decomposed.values, [3.0, 2]).allSatisfy { abs($0 - $1) < tolerance })
    #expect(
      distance(
        decomposed.left, DoubleMatrix(rows: 3, columns: 2, elements: [0, 1, 0, 1, 0, 0]))
        < tolerance)
    #expect(
      distance(decomposed.right, DoubleMatrix(rows: 2, columns: 2, elements: [-1, 0, 0, 1]))
        < tolerance)
  }

  @Test(
    "Singular vectors are orthonormal and put the matrix together again",
    arguments: [(5, 5), (12, 4), (4, 12), (1, 3)])
  func singular(_ shape: (Int, Int)) throws {
    let matrix = random(shape.0, shape.1, "singular")
    let decomposed = try SingularValues(matrix)
    let rank = min(shape.0, shape.1)
    #expect(decomposed.values == decomposed.values.sorted(by: >))
    for vectors in [decomposed.left, decomposed.right] {
      #expect(
        distance(vectors.transposedTimes(vectors), .diagonal(1, count: rank)) < tolerance)
    }
    #expect(
      distance(
        decomposed.left.scalingColumns(by: decomposed.values).timesTransposed(decomposed.right),
        matrix) < tolerance)
  }

  @Test("A Cholesky factor known by hand solves what it should")
  func cholesky() throws {
    // [4 2; 2 5] = [2 0; 1 2] [2 1; 0 2].
    let factor = try Cholesky(DoubleMatrix(rows: 2, columns: 2, elements: [4, 2, 2, 5]))
    #expect(
      distance(factor.lower, DoubleMatrix(rows: 2, columns: 2, elements: [2, 1, 0, 2])) < tolerance)

    let (matrix, right) = (positiveDefinite(8, "cholesky"), random(8, 3, "right"))
    let general = try Cholesky(matrix)
    #expect(distance(matrix.times(general.solving(right)), right) < tolerance)
    #expect(distance(general.lower.times(general.solvingFactor(right)), right) < tolerance)
    #expect(
      distance(
        general.lower.transposed.times(general.solvingTransposedFactor(right)), right) < tolerance)
  }

  @Test("What has no solution is refused: not positive definite, not finite")
  func refusals() {
    let indefinite = DoubleMatrix(rows: 2, columns: 2, elements: [1, 2, 2, 1])
    let undefined = DoubleMatrix(rows: 2, columns: 2, elements: [.nan, 0, 0, 1])
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 2)) { try Cholesky(indefinite) }
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 1)) { try Cholesky(undefined) }
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 2)) {
      try SymmetricEigen(indefinite, metric: indefinite)
    }
    #expect(throws: LinearAlgebraError.self) { try SymmetricEigen(undefined) }
    #expect(throws: LinearAlgebraError.self) { try SingularValues(undefined) }
  }

  @Test("Repeating a decomposition gives the same bits")
  func repeats() throws {
    let matrix = random(20, 9, "repeats")
    #expect(try SingularValues(matrix).left == SingularValues(matrix).left)
  }
}
