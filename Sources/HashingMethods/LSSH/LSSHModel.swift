import Tensors

/// The factors of LSSH and their updates, in the authors' order.
struct LSSHModel {
  private let configuration: LSSH.Configuration
  private let images: Matrix
  private let texts: Matrix
  /// S, shape (n, atoms).
  private let codes: Matrix
  /// Y, shape (n, K).
  private let latent: Matrix
  /// B, shape (atoms, p).
  private let dictionary: UnitDictionary
  /// R, shape (atoms, K).
  private let tie: UnitDictionary
  /// A, shape (K, dy).
  private let basis: UnitDictionary
  private let tape = Tape(isRecording: false)
  private var isFirst = true

  init(
    images: Matrix, texts: Matrix, bits: Int, _ configuration: LSSH.Configuration,
    _ random: RandomStream
  ) {
    self.configuration = configuration
    self.images = images
    self.texts = texts
    let atoms = configuration.atomCount
    codes = Matrix(rows: images.rows, columns: atoms)
    latent = Matrix(rows: images.rows, columns: bits)
    dictionary = UnitDictionary(
      atomCount: atoms, columns: images.columns, random.stream("B"))
    tie = UnitDictionary(atomCount: atoms, columns: bits, random.stream("R"))
    basis = UnitDictionary(atomCount: bits, columns: texts.columns, random.stream("A"))
  }

  /// One iteration: Y, A, S, then B and R.
  ///
  /// - Returns: The loss for each row, with ρ ‖S‖₁ as if its weight were the same for all rows.
  mutating func update() throws -> Double {
    let λ = configuration.tieWeight
    if isFirst {
      try coding(over: [(dictionary, images, 1)])
      isFirst = false
    }
    // Y = (λ/μ S R + T Aᵀ) (A Aᵀ + λ/μ)⁻¹.
    tape.reset()
    let sums = tape.scratch(rows: latent.rows, columns: latent.columns)
    sums.setProduct(texts.asFactor, basis.atoms.transposed)
    sums.setProduct(
      codes.asFactor, tie.atoms.asFactor, scale: Float(λ / configuration.factorisationWeight),
      keep: 1)
    latent.setProduct(sums.asFactor, try latentSolution.asFactor)
    basis.fit(texts, codes: latent, passes: configuration.dictionaryPasses)
    try coding(over: [(dictionary, images, 1), (tie, latent, λ)])
    dictionary.fit(images, codes: codes, passes: configuration.dictionaryPasses)
    tie.fit(latent, codes: codes, passes: configuration.dictionaryPasses)
    return loss
  }

  /// S: sparse codes over weighted dictionaries side by side.
  private func coding(
    over parts: [(dictionary: UnitDictionary, rows: Matrix, weight: Double)]
  ) throws {
    tape.reset()
    let correlations = tape.scratch(rows: codes.rows, columns: codes.columns)
    correlations.fill(0)
    for part in parts {
      correlations.setProduct(
        part.rows.asFactor, part.dictionary.atoms.transposed, scale: Float(part.weight), keep: 1)
    }
    try sparseCoding(over: parts.map { ($0.dictionary, $0.weight) })
      .code(correlations, into: codes, tape)
  }

  private func sparseCoding(
    over parts: [(dictionary: UnitDictionary, weight: Double)]
  ) throws -> SparseCoding {
    var gram = DoubleMatrix(rows: configuration.atomCount, columns: configuration.atomCount)
    for part in parts {
      let atoms = DoubleMatrix(part.dictionary.atoms, rows: 0..<part.dictionary.atoms.rows)
      gram.add(atoms.timesTransposed(atoms), scale: part.weight)
    }
    return try SparseCoding(
      gram: gram, sparsity: configuration.sparsity, steps: configuration.codingSteps)
  }

  /// (A Aᵀ + λ/μ)⁻¹, shape (K, K).
  private var latentSolution: Matrix {
    get throws {
      let atoms = DoubleMatrix(basis.atoms, rows: 0..<basis.atoms.rows)
      let ridge = Ridge.absolute(configuration.tieWeight / configuration.factorisationWeight)
      return try Cholesky(ridge.added(to: atoms.timesTransposed(atoms)))
        .solving(.diagonal(1, count: basis.atoms.rows)).asMatrix
    }
  }

  private var loss: Double {
    func squaredResidual(_ rows: Matrix, _ codes: Matrix, _ dictionary: UnitDictionary) -> Double {
      let residual = tape.scratch(rows: rows.rows, columns: rows.columns)
      residual.assign(rows)
      residual.setProduct(codes.asFactor, dictionary.atoms.asFactor, scale: -1, keep: 1)
      return residual.elements.reduce(0.0) { $0 + Double($1) * Double($1) }
    }
    tape.reset()
    let magnitudes = codes.elements.reduce(0.0) { $0 + Double(abs($1)) }
    let total =
      squaredResidual(images, codes, dictionary) + configuration.sparsity * magnitudes
      + configuration.factorisationWeight * squaredResidual(texts, latent, basis)
      + configuration.tieWeight * squaredResidual(latent, codes, tie)
    return total / Double(images.rows)
  }

  /// What hash functions need of the model.
  struct Encoder {
    /// Unit rows of pictures' components to s R.
    let image: (Variable) -> Variable
    /// Unit rows of texts to latent vectors.
    let text: (Variable) -> Variable
    /// s R to its part of the latent vectors of pairs, λ/μ s R (A Aᵀ + λ/μ)⁻¹.
    let tie: (Variable) -> Variable
  }

  /// The hash functions.
  var encoder: Encoder {
    get throws {
      let coding = try sparseCoding(over: [(dictionary, 1)])
      let solution = try latentSolution
      let textWeights = Matrix(rows: texts.columns, columns: latent.columns)
      textWeights.setProduct(basis.atoms.transposed, solution.asFactor)
      let ratio = Float(configuration.tieWeight / configuration.factorisationWeight)
      let (dictionary, tie) = (dictionary.atoms, tie.atoms)
      return Encoder(
        image: { x in
          let tape = x.tape
          let correlations = tape.scratch(rows: x.rows, columns: dictionary.rows)
          correlations.setProduct(x.value.asFactor, dictionary.transposed)
          let codes = tape.scratch(rows: x.rows, columns: dictionary.rows)
          coding.code(correlations, into: codes, tape)
          return tape.constant(codes).multiplied(by: tape.constant(tie))
        },
        text: { x in x.multiplied(by: x.tape.constant(textWeights)) },
        tie: { x in x.multiplied(by: x.tape.constant(solution)).scaled(by: ratio) })
    }
  }
}
