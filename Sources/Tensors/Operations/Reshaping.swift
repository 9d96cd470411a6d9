extension Variable {
  /// The same elements in rows of another length, (n, m) → (`rows`, `columns`).
  ///
  /// Such as (n, p · w) → (n · p, w): the p parts of an item become rows of their own.
  /// Gradient: the elements of dc in the old shape.
  public func reshaped(rows: Int, columns: Int) -> Variable {
    precondition(
      rows * columns == self.rows * self.columns,
      "\(self.rows * self.columns) elements do not fill shape (\(rows), \(columns))")
    return tape.record(rows: rows, columns: columns, from: [self]) { c in
      _ = c.elements.update(fromContentsOf: value.elements)
    } backward: { _, dc in
      receive { dc.blend(into: $0, factor: 1) }
    }
  }

  /// The mean of every `count` neighbouring rows, (n · count, m) → (n, m).
  ///
  /// Gradient: every row of a group gets 1 / count of its mean's row of dc.
  public func meansOfRows(_ count: Int) -> Variable {
    precondition(
      count >= 1 && rows.isMultiple(of: count), "\(rows) rows are not groups of \(count)")
    let share = 1 / Float(count)
    return tape.record(rows: rows / count, columns: columns, from: [self]) { c in
      c.fill(0)
      for index in 0..<value.rows {
        let (source, mean) = (value.row(index), c.row(index / count))
        for column in mean.indices { mean[column] += share * source[column] }
      }
    } backward: { _, dc in
      receive { da in
        for index in 0..<da.target.rows {
          let (target, mean) = (da.target.row(index), dc.row(index / count))
          for column in mean.indices {
            let old = da.keep == 0 ? 0 : da.keep * target[column]
            target[column] = old + da.scale * share * mean[column]
          }
        }
      }
    }
  }
}
