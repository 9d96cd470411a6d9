import Foundation
public import Tensors

/// A scaling with its numbers: element j of a row becomes (x − offset j) · scale j.
public struct FittedScaling: Sendable, Codable, Hashable {
  /// Subtracted from each column.
  public let offsets: [Float]
  /// Multiplies each column after the subtraction.
  public let scales: [Float]
  /// Whether each row is divided by its Euclidean norm at the end.
  public let normalisesRows: Bool

  /// Rounds the fitted numbers to float32.
  init(offsets: [Double], scales: [Double], normalisesRows: Bool = false) {
    self.offsets = offsets.map { Float($0) }
    self.scales = scales.map { Float($0) }
    self.normalisesRows = normalisesRows
  }

  /// Scales a matrix in place, shape (b, columns) with the columns it was fitted to.
  ///
  /// - Precondition: `matrix.columns == offsets.count`.
  public func apply(to matrix: Matrix) {
    precondition(
      matrix.columns == offsets.count,
      "a scaling of \(offsets.count) columns cannot be applied to \(matrix.columns)")
    offsets.withUnsafeBufferPointer { offsets in
      scales.withUnsafeBufferPointer { scales in
        for index in 0..<matrix.rows {
          let row = matrix.row(index)
          for column in row.indices {
            row[column] = (row[column] - offsets[column]) * scales[column]
          }
          if normalisesRows { Self.normalise(row) }
        }
      }
    }
  }

  private static func normalise(_ row: UnsafeMutableBufferPointer<Float>) {
    // Squares in Double cannot overflow or vanish.
    let squares = row.reduce(0.0) { $0 + Double($1) * Double($1) }
    guard squares > 0 else { return }
    let scale = 1 / squares.squareRoot()
    for column in row.indices { row[column] = Float(Double(row[column]) * scale) }
  }
}
