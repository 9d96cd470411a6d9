package import ArrayFiles
package import Tensors

/// The features of one modality as a method sees them: the vector, then further columns.
public struct ItemFeatures {
  /// What the columns are.
  public let layout: FeatureLayout
  private let sources: [FeatureSource]

  /// One vector an item and nothing else.
  package init(vectors source: FeatureSource) {
    sources = [source]
    layout = FeatureLayout(vector: source.columns)
  }

  /// Puts the wanted further features that there are behind the vector.
  init(_ vector: FeatureSource, _ further: FurtherFeatures, including extra: ExtraFeatures) {
    let levels = extra.contains(.levels) ? further.levels : []
    let parts = extra.contains(.parts) ? further.parts : nil
    sources = [vector] + levels + [parts].compactMap { $0 }
    layout = FeatureLayout(
      vector: vector.columns, levels: levels.map(\.columns),
      parts: parts.map { ($0.parts, $0.columns / $0.parts) })
  }

  /// Copies the rows of some items, in the order given.
  ///
  /// - Parameters:
  ///   - indices: Items; repeats are allowed.
  ///   - target: Shape (`indices.count`, `layout.columns`).
  /// - Throws: ``DatasetError`` when a row cannot be read or holds NaN or infinity.
  package func copyRows(_ indices: [Int], into target: Matrix) throws(DatasetError) {
    guard sources.count > 1 else { return try sources[0].copyRows(indices, into: target) }
    precondition(
      target.rows == indices.count && target.columns == layout.columns,
      "\(indices.count) rows of \(layout.columns) columns do not fit shape "
        + "(\(target.rows), \(target.columns))")
    for (source, columns) in zip(sources, layout.blocks) {
      let part = Matrix(rows: indices.count, columns: source.columns)
      try source.copyRows(indices, into: part)
      for index in indices.indices {
        _ = UnsafeMutableBufferPointer(rebasing: target.row(index)[columns])
          .update(fromContentsOf: part.row(index))
      }
    }
  }
}
