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
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if inString {
        if line.contains("\"\"\"") { inString = false }
        continue
      }
      if blockDepth == 0, let name = Self.declaredName(in: line) { names.append(name) }
      Self.skim(line, &blockDepth, &inString)
    }
  }

  /// The name in `let name = Experiment(…` or `let name: Experiment = …` with any access level.
  private static func declaredName(in line: Substring) -> String? {
    guard let equals = line.firstIndex(of: "=") else { return nil }
    let value = line[line.index(after: equals)...].drop { $0 == " " }
    var words = line[..<equals].split { $0 == " " || $0 == "\t" }
    // The first column distinguishes the top level from the inside of a type or a function.
    guard line.first != " ", line.first != "\t" else { return nil }
    while let first = words.first, ["public", "package", "internal"].contains(first) {
      words.removeFirst()
    }
    guard words.first == "let", words.count >= 2 else { return nil }
    var name = words[1]
    var isTyped = false
    if let colon = name.firstIndex(of: ":") {
      isTyped = name[name.index(after: colon)...] == "Experiment"
      name = name[..<colon]
    }
    isTyped = isTyped || words.dropFirst(words[1].contains(":") ? 2 : 3) == ["Experiment"]
    guard isTyped || value.hasPrefix("Experiment(") else { return nil }
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
