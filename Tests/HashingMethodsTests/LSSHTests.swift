import CrossModalData
import Tensors
import TestSupport
import Testing

@testable import HashingMethods

@Suite("LSSH")
struct LSSHTests {
  @Test("Sparse codes fulfil the conditions of the optimum")
  func sparseCoding() throws {
    var stream = testStream("sparse coding")
    let (atoms, rows, columns, sparsity) = (10, 4, 6, 0.3)
    let dictionary = DoubleMatrix.standardNormal(rows: atoms, columns: columns, using: &stream)
    let x = DoubleMatrix.standardNormal(rows: rows, columns: columns, using: &stream)
    let gram = dictionary.timesTransposed(dictionary)
    let correlations = x.timesTransposed(dictionary)
    let codes = Matrix(rows: rows, columns: atoms)
    // Far more steps than in training: to the end.
    try SparseCoding(gram: gram, sparsity: sparsity, steps: 5000)
      .code(correlations.asMatrix, into: codes, Tape(isRecording: false))
    let fitted = DoubleMatrix(codes, rows: 0..<rows).times(gram)
    for row in 0..<rows {
      let greatest = (0..<atoms).reduce(0) { max($0, abs(correlations[row, $1])) }
      for atom in 0..<atoms {
        // q − s G is ±ρ max|q| where s is not zero, with its sign, and between them elsewhere.
        let slope = (correlations[row, atom] - fitted[row, atom]) / (sparsity * greatest)
        let code = codes[row, atom]
        // Float32 steps at eigenvalues of G down to a hundredth of the greatest.
        #expect(code == 0 ? abs(slope) < 1.001 : abs(slope - (code > 0 ? 1 : -1)) < 1e-3)
      }
    }
    #expect(codes.elements.contains(0))
    #expect(codes.elements.contains { $0 != 0 })
  }

  @Test("A dictionary goes to the least squares, and never beyond length 1")
  func dictionary() throws {
    var stream = testStream("dictionary")
    let s = DoubleMatrix.standardNormal(rows: 30, columns: 4, using: &stream)
    for length in [0.3, 3.0] {
      // Atoms of one length; where it is above 1 the constraint binds.
      let truth = DoubleMatrix(
        rows: 4, columns: 4, elements: DoubleMatrix.diagonal(length, count: 4).elements)
      let dictionary = UnitDictionary(atomCount: 4, columns: 4, RandomStream(seed: 1))
      dictionary.fit(s.times(truth).asMatrix, codes: s.asMatrix, passes: 200)
      for atom in 0..<4 {
        let squares = dictionary.atoms.row(atom).reduce(0) { $0 + $1 * $1 }
        #expect(squares < 1.00001)
        if length < 1 {
          for column in 0..<4 {
            #expect(abs(Double(dictionary.atoms[atom, column]) - truth[atom, column]) < 1e-4)
          }
        } else {
          #expect(squares > 0.999)
        }
      }
    }
  }

  @Test("The loss falls, and the joint code finds what either modality asks for")
  func learns() throws {
    var configuration = LSSH.Configuration.short
    configuration.atomCount = 24
    let data = clusteredPairs(count: 96)
    let trained = try LSSH(configuration).train(
      on: data, bits: 8, context: TrainingContext(random: RandomStream(seed: 3)))
    let losses = trained.learningCurve.map(\.loss)
    #expect(losses.count == 10)
    #expect(losses[9] < 0.9 * losses[0])
    let pair = try #require(trained.pair)
    let joint = pair(data.image, data.text).copy()
    let text = trained.text(data.text)
    // Latent texts and joint vectors of one item mostly agree.
    let agreeing = zip(joint.elements, text.elements).count { ($0 < 0) == ($1 < 0) }
    #expect(Double(agreeing) > 0.75 * Double(joint.elements.count))
  }

  @Test("After the first iteration training allocates no large buffer")
  func allocations() throws {
    var stream = testStream("allocations")
    var model = LSSHModel(
      images: randomMatrix(rows: 600, columns: 8, using: &stream),
      texts: randomMatrix(rows: 600, columns: 8, using: &stream), bits: 16,
      {
        var configuration = LSSH.Configuration.short
        configuration.atomCount = 32
        return configuration
      }(), RandomStream(seed: 1))
    _ = try model.update()
    let count = try MatrixAllocations.counting { _ = try model.update() }
    #expect(count == 0)
  }

  @Test("Knobs that make no dictionary or no step are refused")
  func refusals() {
    var configuration = LSSH.Configuration()
    configuration.sparsity = 1
    #expect(throws: TrainingError.self) { try configuration.check() }
    configuration.sparsity = 0.2
    configuration.atomCount = 0
    #expect(throws: TrainingError.unsuitable("LSSH needs atomCount of at least 1, not 0.")) {
      try configuration.check()
    }
  }
}
