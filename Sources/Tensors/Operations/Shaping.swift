extension Variable {
  /// Some neighbouring columns, (n, m) → (n, `range.count`).
  ///
  /// Gradient: da is dc in these columns and 0 in the others.
  public func columns(_ range: Range<Int>) -> Variable {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= columns,
      "columns \(range) of \(columns) columns")
    return tape.record(rows: rows, columns: range.count, from: [self]) { c in
      for index in 0..<c.rows {
        _ = c.row(index).update(fromContentsOf: value.row(index)[range])
      }
    } backward: { _, dc in
      receive { da in
        for index in 0..<dc.rows {
          let (target, source) = (da.target.row(index), dc.row(index))
          for column in target.indices {
            let old = da.keep == 0 ? 0 : da.keep * target[column]
            let new = range.contains(column) ? source[column - range.lowerBound] : 0
            target[column] = old + da.scale * new
          }
        }
      }
    }
  }

  /// Matrices of equally many rows side by side.
  ///
  /// Gradient: each gets its own columns of dc.
  public static func joiningColumns(_ parts: [Variable]) -> Variable {
    precondition(!parts.isEmpty, "nothing to join")
    let rows = parts[0].rows
    precondition(
      parts.allSatisfy { $0.rows == rows },
      "parts of \(parts.map(\.rows)) rows do not stand side by side")
    let columns = parts.reduce(0) { $0 + $1.columns }
    return parts[0].tape.record(rows: rows, columns: columns, from: parts) { c in
      for index in 0..<rows {
        var start = 0
        let row = c.row(index)
        for part in parts {
          let end = start + part.columns
          _ = row[start..<end].update(fromContentsOf: part.value.row(index))
          start = end
        }
      }
    } backward: { _, dc in
      var start = 0
      for part in parts {
        part.receive { da in
          for index in 0..<rows {
            let (target, source) = (da.target.row(index), dc.row(index))
            for column in target.indices {
              let old = da.keep == 0 ? 0 : da.keep * target[column]
              target[column] = old + da.scale * source[start + column]
            }
          }
        }
        start += part.columns
      }
    }
  }
}
