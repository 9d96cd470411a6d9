import Foundation
public import Tensors

/// How features are shifted and scaled before a method sees them.
///
/// Everything is fitted to the training rows of one modality and then applied to all rows of it, so
/// queries leak nothing.
public enum FeatureScaling: String, Sendable, Codable, CaseIterable, Hashable {
  /// Leaves features alone.
  case asIs = "as-is"
  /// Subtracts each column's mean.
  case centred
  /// Subtracts each column's mean and divides by its standard deviation (divisor n); a constant
  /// column is only shifted.
  case standardised
  /// Multiplies all by one number, so that the mean Euclidean norm of a row is √columns.
  case rootDimension = "root-dimension"
  /// ``centred``, then ``rootDimension``.
  case centredRootDimension = "centred-root-dimension"
  /// Maps each column's range to 0 … 1; a constant column becomes 0. Other rows may leave 0 … 1.
  case unitRange = "unit-range"
  /// Divides each row by its Euclidean norm; a row of zeros stays.
  case unitRowNorm = "unit-row-norm"

  /// Fits the scaling to training rows, shape (n, columns).
  ///
  /// Sums are taken in Double.
  ///
  /// - Precondition: There is at least one row.
  public func fitted(to training: Matrix) -> FittedScaling {
    precondition(training.rows >= 1, "a scaling needs at least one training row")
    let columns = training.columns
    let zeros = [Double](repeating: 0, count: columns)
    let ones = [Double](repeating: 1, count: columns)
    switch self {
    case .asIs:
      return FittedScaling(offsets: zeros, scales: ones)
    case .centred:
      return FittedScaling(offsets: ColumnStatistics(training).means, scales: ones)
    case .standardised:
      let statistics = ColumnStatistics(training)
      return FittedScaling(
        offsets: statistics.means, scales: statistics.standardDeviations.map(reciprocal))
    case .rootDimension:
      return FittedScaling(offsets: zeros, scales: rootDimensionScales(training, minus: zeros))
    case .centredRootDimension:
      let means = ColumnStatistics(training).means
      return FittedScaling(offsets: means, scales: rootDimensionScales(training, minus: means))
    case .unitRange:
      let statistics = ColumnStatistics(training)
      return FittedScaling(
        offsets: statistics.minima.map(Double.init),
        scales: zip(statistics.minima, statistics.maxima).map {
          reciprocal(Double($1) - Double($0))
        })
    case .unitRowNorm:
      return FittedScaling(offsets: zeros, scales: ones, normalisedBlocks: [0..<columns])
    }
  }

  /// Fits the scaling to each block of columns by itself, such as the levels of a feature.
  ///
  /// - Parameters:
  ///   - training: Training rows, shape (n, columns), at least one.
  ///   - blocks: Neighbouring ranges of columns that cover all of them.
  /// - Returns: The fitted numbers of all columns.
  public func fitted(to training: Matrix, blocks: [Range<Int>]) -> FittedScaling {
    precondition(
      blocks.last?.upperBound == training.columns, "blocks \(blocks) of \(training.columns) columns"
    )
    guard blocks.count > 1 else { return fitted(to: training) }
    return FittedScaling(
      joining: blocks.map { block in
        let columns = Matrix(rows: training.rows, columns: block.count)
        for index in 0..<training.rows {
          _ = columns.row(index).update(fromContentsOf: training.row(index)[block])
        }
        return fitted(to: columns)
      })
  }

  private func rootDimensionScales(_ training: Matrix, minus offsets: [Double]) -> [Double] {
    var normSum = 0.0
    for index in 0..<training.rows {
      var squares = 0.0
      for (element, offset) in zip(training.row(index), offsets) {
        let difference = Double(element) - offset
        squares += difference * difference
      }
      normSum += squares.squareRoot()
    }
    let root = Double(training.columns).squareRoot()
    return [Double](
      repeating: root * reciprocal(normSum / Double(training.rows)), count: training.columns)
  }
}

/// 1 / spread, or 1 where there is no spread to divide by.
///
/// A spread below 2⁻¹⁰⁰ is rounding; above, the reciprocal times √columns is finite in float32.
private func reciprocal(_ spread: Double) -> Double {
  spread >= 0x1p-100 ? 1 / spread : 1
}
