import CrossModalData
import Retrieval
import Tensors
import TestSupport
import Testing

@testable import HashingMethods

@Suite("SCM")
struct SCMTests {
  @Test("The leading pair is found where the longest column belongs to another block")
  func leadingPairOfBlocks() throws {
    // Singular values 2 (four ones in a row) and 1.5 (the longest column by itself).
    var matrix = DoubleMatrix(rows: 2, columns: 5)
    for column in 0..<4 { matrix[0, column] = 1 }
    matrix[1, 4] = 1.5
    #expect(abs(LeadingPair(matrix).value - 2) < 1e-9)
  }

  @Test("Bits are those of the paper's algorithm with all n × n similarities formed")
  func literal() throws {
    let (n, bits, dx, dy) = (32, 6, 12, 10)
    let data = clusteredPairs(count: n)
    let trained = try SCM().train(
      on: data, bits: bits, context: TrainingContext(random: RandomStream(seed: 1)))
    // Later bits may be canonical directions instead.
    let learnedCount = trained.learningCurve.count
    try #require(learnedCount >= 3)
    let (image, text) = try data.centred(image: .centred, text: .centred, method: "A test")
    let (imageScatter, textScatter) = (image.scatter, text.scatter)
    let x = DoubleMatrix(image.values, rows: 0..<n)
    let y = DoubleMatrix(text.values, rows: 0..<n)

    // R = K (2 cos − 1), cos of the label vectors; then R − sign(X wx) sign(Y wy)ᵀ.
    var residual = DoubleMatrix(rows: n, columns: n)
    for i in 0..<n {
      for j in 0..<n {
        let shared = (0..<4).count {
          data.labels.contains($0, item: i) && data.labels.contains($0, item: j)
        }
        let sizes = data.labels.cardinality(of: i) * data.labels.cardinality(of: j)
        let cosine = sizes == 0 ? 0 : Double(shared) / Double(sizes).squareRoot()
        residual[i, j] = Double(bits) * (2 * cosine - 1)
      }
    }
    let (imageActivations, textActivations) = (trained.image(data.image), trained.text(data.text))
    for bit in 0..<learnedCount {
      // The joint eigenproblem [0 C; Cᵀ 0] w = σ diag(Cxx, Cyy) w instead of whitened features.
      let cross = x.transposedTimes(residual.times(y))
      var matrix = DoubleMatrix(rows: dx + dy, columns: dx + dy)
      var metric = DoubleMatrix.diagonal(1e-6, count: dx + dy)
      for i in 0..<dx {
        for j in 0..<dy {
          matrix[i, dx + j] = cross[i, j]
          matrix[dx + j, i] = cross[i, j]
        }
        for j in 0..<dx { metric[i, j] += imageScatter[i, j] }
      }
      for i in 0..<dy {
        for j in 0..<dy { metric[dx + i, dx + j] += textScatter[i, j] }
      }
      let eigen = try SymmetricEigen(matrix, metric: metric)
      let w = Array(eigen.vectors.column(0))
      let u = x.times(DoubleMatrix(rows: dx, columns: 1, elements: Array(w[..<dx]))).elements
      let v = y.times(DoubleMatrix(rows: dy, columns: 1, elements: Array(w[dx...]))).elements
      #expect(
        abs(trained.learningCurve[bit].loss - eigen.values[0] / Double(n))
          < 1e-6 * eigen.values[0])
      // The sign of a pair is free; activations have the length √2 of the joint vector's halves.
      let turned = u[0] * Double(imageActivations[0, bit]) < 0 ? -1.0 : 1
      for row in 0..<n {
        let factor = turned * 2.0.squareRoot()
        #expect(abs(Double(imageActivations[row, bit]) - factor * u[row]) < 1e-4)
        #expect(abs(Double(textActivations[row, bit]) - factor * v[row]) < 1e-4)
      }
      for i in 0..<n {
        for j in 0..<n { residual[i, j] -= (u[i] < 0 ? -1 : 1) * (v[j] < 0 ? -1 : 1) }
      }
    }
  }

  @Test("The leading pair of a matrix is the one of its singular value decomposition")
  func leadingPair() throws {
    var stream = testStream("leading pair")
    for (rows, columns) in [(7, 4), (3, 9), (1, 1)] {
      let matrix = DoubleMatrix.standardNormal(rows: rows, columns: columns, using: &stream)
      let decomposed = try SingularValues(matrix)
      let pair = LeadingPair(matrix)
      #expect(abs(pair.value - decomposed.values[0]) < 1e-10)
      let along = zip(pair.left.elements, decomposed.left.column(0)).reduce(0) { $0 + $1.0 * $1.1 }
      // The value's error is about the square of the vector's.
      #expect(abs(abs(along) - 1) < 1e-9)
    }
    #expect(LeadingPair(DoubleMatrix(rows: 3, columns: 2)).value == 0)
  }

  @Test("Without any label the code is made of canonical directions")
  func noLabels() throws {
    let data = exampleData()
    let unlabelled = TrainingData(
      image: data.image, text: data.text,
      labels: LabelSets(count: 12, labelCount: 3, indicators: [UInt8](repeating: 0, count: 36)))
    let trained = try SCM().train(
      on: unlabelled, bits: 4, context: TrainingContext(random: RandomStream(seed: 1)))
    #expect(trained.image(data.image).columns == 4)
  }
}
