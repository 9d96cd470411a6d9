import Tensors

/// Pairs of directions, one in each modality, along which the modalities correlate most.
///
/// With scatter matrices Cxx = Xᵀ X + ridge, Cyy = Yᵀ Y + ridge, Cxy = Xᵀ Y and their Cholesky
/// factors Lx Lxᵀ = Cxx, Ly Lyᵀ = Cyy:
///
///     Lx⁻¹ Cxy Ly⁻ᵀ = U diag(ρ) Vᵀ,    Wx = Lx⁻ᵀ U,    Wy = Ly⁻ᵀ V
///
/// so that Wxᵀ Cxx Wx = I, Wyᵀ Cyy Wy = I and Wxᵀ Cxy Wy = diag(ρ). Hotelling 1936.
struct CanonicalDirections {
  /// Correlation below which a pair counts as rounding.
  private static let leastCorrelation = 1e-6

  /// Directions among pictures as columns, shape (dx, r), greatest correlation first.
  let image: DoubleMatrix
  /// Directions among texts as columns, shape (dy, r).
  let text: DoubleMatrix
  /// ρ, the r correlations.
  let correlations: [Double]

  /// Finds all pairs of directions.
  init(
    _ image: CentredFeatures, _ text: CentredFeatures, ridge: Ridge
  ) throws(LinearAlgebraError) {
    let imageFactor = try Cholesky(ridge.added(to: image.scatter))
    let textFactor = try Cholesky(ridge.added(to: text.scatter))
    let whitened = imageFactor.solvingFactor(
      textFactor.solvingFactor(text.values.transposedTimes(image.values)).transposed)
    let decomposed = try SingularValues(whitened)
    let rank = decomposed.values.prefix { $0 > Self.leastCorrelation }.count
    self.image = imageFactor.solvingTransposedFactor(decomposed.left.columns(0..<rank))
    self.text = textFactor.solvingTransposedFactor(decomposed.right.columns(0..<rank))
    correlations = Array(decomposed.values.prefix(rank))
  }
}
