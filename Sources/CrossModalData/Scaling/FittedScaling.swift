import Foundation
public import Tensors

/// A scaling with its numbers: element j of a row becomes (x − offset j) · scale j.
public struct FittedScaling: Sendable, Codable, Hashable {
  /// Subtracted from each column.
  public let offsets: [Float]
  /// Multiplies each column after the subtraction.
  public let scales: [Float]
  /// Whether each row is divided by its Euclidean norm at the end.
  public var normalisesRows: Bool { !normalisedBlocks.isEmpty }
  /// Columns that are divided by their common norm, row by row, at the end.
  let normalisedBlocks: [Range<Int>]

  /// Rounds the fitted numbers to float32.
  init(offsets: [Double], scales: [Double], normalisedBlocks: [Range<Int>] = []) {
    self.offsets = offsets.map { Float($0) }
    self.scales = scales.map { Float($0) }
    self.normalisedBlocks = normalisedBlocks
  }

  /// Scalings of neighbouring blocks of columns as one.
  init(joining parts: [FittedScaling]) {
    var start = 0
    var blocks: [Range<Int>] = []
    for part in parts {
      blocks += part.normalisedBlocks.map { ($0.lowerBound + start)..<($0.upperBound + start) }
      start += part.offsets.count
    }
    offsets = parts.flatMap(\.offsets)
    scales = parts.flatMap(\.scales)
    normalisedBlocks = blocks
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
          for block in normalisedBlocks {
            Self.normalise(UnsafeMutableBufferPointer(rebasing: row[block]))
          }
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
