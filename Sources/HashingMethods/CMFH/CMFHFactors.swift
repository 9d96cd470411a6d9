import CrossModalData
import Tensors

/// The factors of both modalities, and the updates that each minimise the loss over one of them.
///
/// After its first update V = X Ax + Y Ay is linear in the features. So V itself is never formed: an
/// iteration costs the same for any number of rows, and an item outside the training set has a latent
/// vector by the same formula.
struct CMFHFactors {
  /// The factors of one modality with features X, shape (n, d).
  struct Side {
    /// A: the modality's part of V, shape (d, K).
    var latent: DoubleMatrix
    /// P, shape (d, K).
    var projection: DoubleMatrix
    /// λ of this modality.
    fileprivate let weight: Double
    /// Xᵀ X and its sum of squares ‖X‖².
    fileprivate let scatter: DoubleMatrix
    /// Xᵀ X + γ/μ.
    fileprivate let projector: Cholesky
    /// Xᵀ V, shape (d, K).
    fileprivate var correlation: DoubleMatrix
    /// U, shape (d, K).
    fileprivate var basis: DoubleMatrix
  }

  /// What an iteration ends with.
  struct Loss {
    /// The loss.
    var total: Double
    /// The weighted norms of its terms, not squared, which the authors' code stops by.
    var normSum: Double
  }

  /// Factors of the pictures.
  private(set) var image: Side
  /// Factors of the texts.
  private(set) var text: Side
  private let configuration: CMFH.Configuration
  /// Xᵀ Y, shape (dx, dy).
  private let cross: DoubleMatrix
  /// Vᵀ V, shape (K, K).
  private var latentScatter: DoubleMatrix

  /// Starts from random factors: V and P uniform in 0 … 1 [code: `solveCMFH.m`].
  init(
    _ imageFeatures: CentredFeatures, _ textFeatures: CentredFeatures, bits: Int,
    _ configuration: CMFH.Configuration, _ random: RandomStream
  ) throws {
    let latent = Matrix(rows: imageFeatures.values.rows, columns: bits)
    var stream = random.stream("V")
    for index in latent.elements.indices { latent.elements[index] = Float(stream.nextUniform()) }
    func side(
      _ features: CentredFeatures, _ modality: Modality, weight: Double
    ) throws -> Side {
      let scatter = features.scatter
      let columns = scatter.rows
      var stream = random.stream("P \(modality.rawValue)")
      let none = DoubleMatrix(rows: columns, columns: bits)
      return Side(
        latent: none,
        projection: DoubleMatrix(
          rows: columns, columns: bits,
          elements: (0..<(columns * bits)).map { _ in stream.nextUniform() }),
        weight: weight, scatter: scatter,
        projector: try Cholesky(
          Ridge.absolute(configuration.regularisation / configuration.projectionWeight)
            .added(to: scatter)),
        correlation: features.values.transposedTimes(latent), basis: none)
    }
    image = try side(imageFeatures, .image, weight: configuration.imageWeight)
    text = try side(textFeatures, .text, weight: 1 - configuration.imageWeight)
    cross = imageFeatures.values.transposedTimes(textFeatures.values)
    latentScatter = latent.transposedTimes(latent)
    self.configuration = configuration
  }

  /// One iteration: U, then V, then P.
  mutating func update() throws -> Loss {
    let (μ, γ) = (configuration.projectionWeight, configuration.regularisation)
    // U = Xᵀ V (Vᵀ V + γ/λ)⁻¹.
    for side in [\Self.image, \Self.text] as [WritableKeyPath<Self, Side>] {
      let factor = try Cholesky(
        Ridge.absolute(γ / self[keyPath: side].weight).added(to: latentScatter))
      self[keyPath: side].basis =
        factor.solving(self[keyPath: side].correlation.transposed)
        .transposed
    }
    // V = (Σ λ X U + μ X P) (Σ λ Uᵀ U + 2 μ + γ)⁻¹, a sum over the modalities.
    var normal = DoubleMatrix.diagonal(2 * μ + γ, count: latentScatter.rows)
    normal.add(image.basis.transposedTimes(image.basis), scale: image.weight)
    normal.add(text.basis.transposedTimes(text.basis), scale: text.weight)
    let factor = try Cholesky(normal)
    for side in [\Self.image, \Self.text] as [WritableKeyPath<Self, Side>] {
      var sum = DoubleMatrix(
        rows: self[keyPath: side].scatter.rows, columns: latentScatter.rows)
      sum.add(self[keyPath: side].basis, scale: self[keyPath: side].weight)
      sum.add(self[keyPath: side].projection, scale: μ)
      self[keyPath: side].latent = factor.solving(sum.transposed).transposed
    }
    image.correlation = image.scatter.times(image.latent)
    image.correlation.add(cross.times(text.latent))
    text.correlation = text.scatter.times(text.latent)
    text.correlation.add(cross.transposedTimes(image.latent))
    latentScatter = image.latent.transposedTimes(image.correlation)
    latentScatter.add(text.latent.transposedTimes(text.correlation))
    // P = (Xᵀ X + γ/μ)⁻¹ Xᵀ V.
    image.projection = image.projector.solving(image.correlation)
    text.projection = text.projector.solving(text.correlation)
    return loss
  }

  private var loss: Loss {
    let (μ, γ) = (configuration.projectionWeight, configuration.regularisation)
    let latentNorm = latentScatter.trace
    var loss = Loss(total: γ * latentNorm, normSum: γ * latentNorm.squareRoot())
    func add(_ weight: Double, _ squaredNorm: Double) {
      // Differences of sums may fall below 0 by rounding.
      loss.total += weight * max(squaredNorm, 0)
      loss.normSum += weight * max(squaredNorm, 0).squareRoot()
    }
    for side in [image, text] {
      // ‖X − V Uᵀ‖² = ‖X‖² − 2 tr(Uᵀ Xᵀ V) + tr(Uᵀ U Vᵀ V).
      add(
        side.weight,
        side.scatter.trace - 2 * side.basis.inner(side.correlation)
          + side.basis.transposedTimes(side.basis).inner(latentScatter))
      // ‖V − X P‖² = ‖V‖² − 2 tr(Pᵀ Xᵀ V) + tr(Pᵀ Xᵀ X P), where Xᵀ X P = Xᵀ V − γ/μ P.
      add(
        μ,
        latentNorm - side.projection.inner(side.correlation)
          - γ / μ * side.projection.squaredNorm)
      add(γ, side.basis.squaredNorm)
      add(γ, side.projection.squaredNorm)
    }
    return loss
  }
}

extension DoubleMatrix {
  /// The sum of the products of equal places, tr(selfᵀ · other).
  fileprivate func inner(_ other: DoubleMatrix) -> Double {
    zip(elements, other.elements).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
