/// A matrix of UTF-16 code units as MATLAB keeps it, column after column.
struct CharacterMatrix {
  private let units: [UInt16]
  private let rows: Int

  /// Creates a matrix of as many whole columns as the units fill.
  init(_ units: [UInt16], rows: Int) {
    self.units = units
    self.rows = rows
  }

  /// The rows as strings, without the blanks and zeros that fill them up to one length.
  var strings: [String] {
    guard rows > 0 else { return [] }
    let columns = units.count / rows
    return (0..<rows).map { row in
      var line = (0..<columns).map { units[$0 * rows + row] }
      while let last = line.last, last == 0x20 || last == 0 { line.removeLast() }
      return String(decoding: line, as: UTF16.self)
    }
  }
}
