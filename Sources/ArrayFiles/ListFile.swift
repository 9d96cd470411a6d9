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
    // Some editors put the mark of byte order in front.
    let content = try bytes.read(0..<bytes.count)
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    let start = content.starts(with: mark) ? mark.count : 0
    guard let whole = String(validating: content[start...], as: UTF8.self) else {
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
    if let (names, labels, columns) = try Self.indicators(
      lines,
      error: { line, expected in
        DatasetError(
          file: path, expected: expected, found: "\(lines[line].prefix(80)) in line \(line + 1)")
      })
    {
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

  /// A name, which may hold blanks, and 0 or 1 for each label; nil where lines have another form.
  ///
  /// - Throws: ``DatasetError`` that `error` makes of a line, not counting empty ones, that differs
  ///   from the first few.
  private static func indicators(
    _ lines: [Substring], error: (Int, String) -> DatasetError
  ) throws(DatasetError) -> (names: [String]?, labels: [UInt8], columns: Int)? {
    let fields = lines.map { $0.split(whereSeparator: \.isWhitespace) }
    func trailing(_ line: Int) -> Int {
      fields[line].reversed().prefix { $0 == "0" || $0 == "1" }.count
    }
    // The form is that of the first lines: a name may look like one label more.
    let head = 0..<min(fields.count, 20)
    guard let common = head.map(trailing).min(), let width = fields.first?.count else { return nil }
    let isNamed = head.contains { trailing($0) < fields[$0].count } || isNumbered(fields)
    let columns = isNamed && common == width ? common - 1 : common
    // One digit alone may be a class or part of a name.
    guard columns >= 2 else { return nil }
    var names: [String] = []
    var labels: [UInt8] = []
    labels.reserveCapacity(lines.count * columns)
    for line in fields.indices {
      let nameCount = fields[line].count - columns
      let isRight = isNamed ? nameCount >= 1 : nameCount == 0
      // A name without blanks has no label in it.
      guard isRight, trailing(line) >= columns, nameCount <= 1 || trailing(line) == columns else {
        throw error(line, "\(isNamed ? "a name and " : "")\(columns) labels of 0 and 1")
      }
      names.append(fields[line].dropLast(columns).joined(separator: " "))
      for field in fields[line].suffix(columns) { labels.append(field == "1" ? 1 : 0) }
    }
    return (isNamed ? names : nil, labels, columns)
  }

  /// Whether lines begin with their numbers from 0 or 1 on, which are names then.
  private static func isNumbered(_ fields: [[Substring]]) -> Bool {
    guard fields.count > 2, let first = fields[0].first.flatMap({ Int($0) }) else { return false }
    return (0...1).contains(first)
      && fields.enumerated().allSatisfy {
        $0.element.first.flatMap { Int($0) } == first + $0.offset
      }
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
