import Foundation

/// A text file of one item a line, as released lists of names and labels are.
///
/// Every line is in entry `lines`. Lines of one form give more:
/// - `NAME 0 1 0 …`, as DeepHash and HashNet write them: `names` and the matrix `labels`;
/// - columns between tabs whose last one is a whole number, as of the Wiki data set
///   (`TEXT ⇥ IMAGE ⇥ CLASS`): `classes` from the last, `names` from the one before, and `texts`
///   from the first of three;
/// - lines of 0 and 1 alone: the matrix `labels`.
package final class ListFile: ArrayFile {
  package let path: String
  package let kindName = "list"
  package let entries: [ArrayEntry]
  private let text: [String: [String]]
  private let numbers: [String: NumericArray]

  /// Reads a file; empty lines count for nothing.
  ///
  /// - Throws: ``DatasetError`` when it cannot be read, is no text or has no lines.
  package init(path: String) throws(DatasetError) {
    let bytes = try FileBytes(path: path, expected: "a list of names or labels")
    guard let whole = String(validating: try bytes.read(0..<bytes.count), as: UTF8.self) else {
      throw DatasetError(
        file: path, expected: "a list of names or labels", found: "no text in UTF-8")
    }
    let lines = whole.split(whereSeparator: \.isNewline).filter { line in
      !line.allSatisfy(\.isWhitespace)
    }
    guard !lines.isEmpty else {
      throw DatasetError(file: path, expected: "a list of names or labels", found: "no lines")
    }
    var text = ["lines": lines.map(String.init)]
    var numbers: [String: NumericArray] = [:]
    func put(_ name: String, _ values: NumericArray.Values, columns: Int?) {
      numbers[name] = NumericArray(
        file: path, name: name, shape: [lines.count] + (columns.map { [$0] } ?? []),
        elementName: columns == nil ? "int64" : "uint8", values: values)
    }
    if let (names, labels, columns) = Self.indicators(lines) {
      if let names { text["names"] = names }
      put("labels", .bytes(labels), columns: columns)
    } else if let columns = Self.tabbed(lines) {
      let classes = columns.compactMap { $0.last.flatMap { Int64($0) } }
      if classes.count == lines.count {
        text["names"] = columns.map { String($0[$0.count - 2]) }
        if columns[0].count == 3 { text["texts"] = columns.map { String($0[0]) } }
        put("classes", .integers(classes), columns: nil)
      }
    } else if lines.allSatisfy({ !$0.contains(where: \.isWhitespace) }) {
      text["names"] = text["lines"]
    }
    self.path = path
    self.text = text
    self.numbers = numbers
    entries =
      (text.keys.map { name in
        ArrayEntry(name: name, shape: [lines.count], elementName: "text", obstacle: "text")
      }
      + numbers.map { name, array in
        ArrayEntry(
          name: name, shape: array.shape, elementName: array.elementName, obstacle: nil)
      }).sorted { $0.name < $1.name }
  }

  package func read(_ name: String) throws(DatasetError) -> NumericArray {
    _ = try entry(name)
    guard let array = numbers[name] else { preconditionFailure("\(name) is listed") }
    return array
  }

  package func readText(_ name: String) throws(DatasetError) -> [String] {
    _ = try textEntry(name)
    guard let lines = text[name] else { preconditionFailure("\(name) is listed") }
    return lines
  }

  /// A name, which may hold blanks, and 0 or 1 for each label; nil when a line differs.
  private static func indicators(
    _ lines: [Substring]
  ) -> (names: [String]?, labels: [UInt8], columns: Int)? {
    func trailing(_ fields: [Substring]) -> Int {
      fields.reversed().prefix { $0 == "0" || $0 == "1" }.count
    }
    let first = lines[0].split(whereSeparator: \.isWhitespace)
    let columns = trailing(first)
    // One digit alone may be a class or part of a name.
    guard columns >= 2 else { return nil }
    let isNamed = first.count > columns
    var names: [String] = []
    var labels: [UInt8] = []
    labels.reserveCapacity(lines.count * columns)
    for line in lines {
      let fields = line.split(whereSeparator: \.isWhitespace)
      guard fields.count >= columns + (isNamed ? 1 : 0),
        isNamed || fields.count == columns, trailing(fields) >= columns
      else { return nil }
      names.append(fields.dropLast(columns).joined(separator: " "))
      for field in fields.suffix(columns) { labels.append(field == "1" ? 1 : 0) }
    }
    return (isNamed ? names : nil, labels, columns)
  }

  /// The columns of lines with as many tabs each; nil when there are none.
  private static func tabbed(_ lines: [Substring]) -> [[Substring]]? {
    let columns = lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
    guard columns[0].count >= 2, columns.allSatisfy({ $0.count == columns[0].count }) else {
      return nil
    }
    return columns
  }
}
