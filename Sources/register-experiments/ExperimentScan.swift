/// The experiments that a Swift file declares at its top level.
///
/// A scan of lines, not a parser: a declaration starts in the first column, as the formatter puts
/// it. Comments, including nested blocks, and multi-line strings are skipped.
struct ExperimentScan {
  /// The names of the constants in the order of the file.
  private(set) var names: [String] = []

  init(_ text: String) {
    var blockDepth = 0
    var inString = false
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (index, line) in lines.enumerated() {
      if inString {
        if line.contains("\"\"\"") { inString = false }
        continue
      }
      let next = lines.indices.contains(index + 1) ? lines[index + 1] : ""
      if blockDepth == 0, let name = Self.declaredName(in: line, next) { names.append(name) }
      Self.skim(line, &blockDepth, &inString)
    }
  }

  /// The name in `let name = Experiment(…` or `let name: Experiment = …` with any access level.
  ///
  /// The value may start on the next line, where a formatter puts it when it is long.
  private static func declaredName(in line: Substring, _ next: Substring) -> String? {
    // The first column distinguishes the top level from the inside of a type or a function.
    guard let equals = line.firstIndex(of: "="), let first = line.first, !first.isWhitespace else {
      return nil
    }
    var value = line[line.index(after: equals)...].drop(while: \.isWhitespace)
    if value.isEmpty { value = next.drop(while: \.isWhitespace) }
    var words = line[..<equals].split(whereSeparator: \.isWhitespace)
    if let access = words.first, ["public", "package", "internal"].contains(access) {
      words.removeFirst()
    }
    guard words.first == "let" else { return nil }
    let declaration = words.dropFirst().joined().split(separator: ":")
    let isTyped = declaration.count == 2 && declaration[1] == "Experiment"
    guard let name = declaration.first, isTyped || value.hasPrefix("Experiment(") else {
      return nil
    }
    return String(name)
  }

  /// Follows comments and multi-line strings through a line.
  private static func skim(_ line: Substring, _ blockDepth: inout Int, _ inString: inout Bool) {
    var rest = line
    var inQuotes = false
    while let first = rest.first {
      if blockDepth > 0 {
        if rest.hasPrefix("*/") { blockDepth -= 1 }
        if rest.hasPrefix("/*") { blockDepth += 1 }
        rest = rest.dropFirst(rest.hasPrefix("*/") || rest.hasPrefix("/*") ? 2 : 1)
      } else if inQuotes {
        if first == "\"" { inQuotes = false }
        rest = rest.dropFirst(first == "\\" ? 2 : 1)
      } else if rest.hasPrefix("\"\"\"") {
        // An opening that is closed on its line would be no multi-line string.
        inString = !rest.dropFirst(3).contains("\"\"\"")
        return
      } else if rest.hasPrefix("//") {
        return
      } else {
        if first == "\"" { inQuotes = true }
        if rest.hasPrefix("/*") { blockDepth += 1 }
        rest = rest.dropFirst(rest.hasPrefix("/*") ? 2 : 1)
      }
    }
  }
}
