import CrossModalData
import Tensors

/// Latent semantic sparse hashing: sparse codes of pictures meet latent factors of texts.
///
/// With items as rows, pictures X (n, p) as principal components and texts T (n, dy), both of unit
/// length, it minimises in turns
///
///     ‖X − S B‖² + ρ ‖S‖₁ + μ ‖T − Y A‖² + λ ‖Y − S R‖²
///
/// over sparse codes S (n, atoms), latent texts Y (n, K), and B, A, R with rows of length at most 1.
/// A picture's code is the sign of s R, s its sparse code over B; a text's that of its latent vector
/// t Aᵀ (A Aᵀ + λ/μ)⁻¹; an item of the database has the sign of the Y that both together give.
/// Unsupervised. Zhou, Ding & Guo, SIGIR 2014.
public struct LSSH: HashingMethod {
  /// Name, paper and version.
  public static let description = MethodDescription(
    identifier: "lssh", displayName: "LSSH",
    paper: "Zhou, Ding & Guo, Latent Semantic Sparse Hashing for Cross-Modal Similarity Search, "
      + "SIGIR 2014", algorithmVersion: 1)

  /// The knobs in use.
  public let configuration: Configuration

  /// Creates the method with a profile or knobs of your own.
  public init(_ configuration: Configuration = .unified) {
    self.configuration = configuration
  }

  /// Alternates over latent texts, their basis, sparse codes and the dictionaries.
  ///
  /// - Throws: ``TrainingError``.
  public func train(
    on data: TrainingData, bits: Int, context: TrainingContext
  ) throws -> TrainedHashing {
    try configuration.check()
    let (image, text) = try data.centred(image: .centred, text: .centred, method: "LSSH")
    let principal = try solving("LSSH") { try PrincipalDirections(image) }
    let components = principal.directions
      .columns(0..<min(configuration.imageComponents, principal.shares.count)).asMatrix
    let sample = Self.sample(of: data.count, configuration.sampleCount, context.random)
    var model = LSSHModel(
      images: UnitRows.of(image.values, sample, times: components),
      texts: UnitRows.of(text.values, sample), bits: bits, configuration, context.random)
    let loop = TrainingLoop(
      stage: "factorisation", stepCount: configuration.iterations, context: context)
    let curve = try loop.run { _ in
      TrainingLoop.Outcome(loss: try solving("LSSH") { try model.update() })
    }
    let encoder = try solving("LSSH") { try model.encoder }

    let sparseImage = { (x: Variable) in
      let tape = x.tape
      let rows = x.multiplied(by: tape.constant(components)).value
      UnitRows.normalise(rows)
      return encoder.image(tape.constant(rows))
    }
    let latentText = { (x: Variable) in
      UnitRows.normalise(x.value)
      return encoder.text(x)
    }
    return TrainedHashing(
      image: EncodingNetwork(image.scaling, sparseImage).callAsFunction,
      text: EncodingNetwork(text.scaling, latentText).callAsFunction,
      pair: PairEncodingNetwork(image.scaling, text.scaling) { x, y in
        latentText(y).plus(encoder.tie(sparseImage(x)))
      }.callAsFunction,
      learningCurve: curve)
  }

  /// The training rows in use: all, or as many as the sample has, in order.
  private static func sample(of count: Int, _ limit: Int, _ random: RandomStream) -> [Int] {
    guard count > limit else { return Array(0..<count) }
    var stream = random.stream("sample")
    return stream.nextDistinct(limit, below: count).sorted()
  }
}
