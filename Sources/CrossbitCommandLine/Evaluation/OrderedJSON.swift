/// A JSON value whose members keep their order, which Foundation's encoder does not.
indirect enum OrderedJSON {
  case null
  case integer(Int)
  /// Written with as many digits as read back the same number; finite.
  case number(Double)
  case text(String)
  case list([OrderedJSON])
  case object([(key: String, value: OrderedJSON)])

  /// The number, or null.
  init(_ number: Double?) {
    self = number.map { .number($0) } ?? .null
  }

  /// The document, with a line break at its end.
  var document: String { text(indentation: "") + "\n" }

  private func text(indentation: String) -> String {
    switch self {
    case .null: return "null"
    case .integer(let integer): return "\(integer)"
    case .number(let number): return "\(number)"
    case .text(let text): return Self.quoted(text)
    case .list(let values):
      // Lists are long rows of numbers, or short: one line each.
      return "[\(values.map { $0.text(indentation: indentation) }.joined(separator: ", "))]"
    case .object(let members):
      guard !members.isEmpty else { return "{}" }
      let inner = indentation + "  "
      let lines = members.map { key, value in
        "\(inner)\(Self.quoted(key)): \(value.text(indentation: inner))"
      }
      return "{\n\(lines.joined(separator: ",\n"))\n\(indentation)}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\u{0}"..."\u{1f}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
