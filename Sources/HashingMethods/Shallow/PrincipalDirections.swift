import Tensors

/// The directions of greatest variance of centred features, those without variance left out.
struct PrincipalDirections {
  /// Share of the greatest variance below which a direction counts as rounding.
  ///
  /// Float32 features carry about seven digits, so their variances about fourteen, less what sums
  /// lose.
  private static let leastShare = 1e-10

  /// Orthonormal directions as columns, shape (d, r), greatest variance first.
  let directions: DoubleMatrix
  /// Share of the variance that each direction holds.
  let shares: [Double]

  /// Finds the directions as eigenvectors of Xᵀ X.
  init(_ features: CentredFeatures) throws(LinearAlgebraError) {
    let eigen = try SymmetricEigen(features.scatter)
    let total = eigen.values.reduce(0) { $0 + max($1, 0) }
    let rank = eigen.values.prefix { $0 > Self.leastShare * (eigen.values.first ?? 0) }.count
    directions = eigen.vectors.columns(0..<rank)
    shares = eigen.values.prefix(rank).map { $0 / total }
  }
}
