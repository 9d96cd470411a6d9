/// A literal of Python, as far as the headers of NumPy use them.
enum PythonLiteral: Hashable {
  case text(String)
  case bool(Bool)
  case integer(Int)
  case none
  /// A tuple or a list.
  case sequence([PythonLiteral])
  case dictionary([String: PythonLiteral])

  /// Reads a literal; nil when the text is none, is nested too deep or goes on after it.
  init?(_ text: String) {
    var scanner = Scanner(bytes: Array(text.utf8))
    guard let literal = scanner.literal(depth: 0), scanner.isAtEnd else { return nil }
    self = literal
  }

  private struct Scanner {
    let bytes: [UInt8]
    var position = 0
    /// A structured type may hold others, but a damaged header must not use up the stack.
    static let greatestDepth = 32

    var isAtEnd: Bool {
      mutating get {
        skipSpace()
        return position == bytes.count
      }
    }

    private mutating func skipSpace() {
      while position < bytes.count, [0x20, 9, 10, 13].contains(bytes[position]) { position += 1 }
    }

    private mutating func next() -> UInt8? {
      skipSpace()
      return position < bytes.count ? bytes[position] : nil
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard next() == UInt8(ascii: character) else { return false }
      position += 1
      return true
    }

    mutating func literal(depth: Int) -> PythonLiteral? {
      guard depth < Self.greatestDepth, let first = next() else { return nil }
      switch first {
      case UInt8(ascii: "'"), UInt8(ascii: "\""): return text(quote: first).map { .text($0) }
      case UInt8(ascii: "("): return sequence(until: ")", depth: depth)
      case UInt8(ascii: "["): return sequence(until: "]", depth: depth)
      case UInt8(ascii: "{"): return dictionary(depth: depth)
      default: return word()
      }
    }

    private mutating func text(quote: UInt8) -> String? {
      position += 1
      guard let end = bytes[position...].firstIndex(of: quote) else { return nil }
      defer { position = end + 1 }
      return String(decoding: bytes[position..<end], as: UTF8.self)
    }

    private mutating func word() -> PythonLiteral? {
      let start = position
      while position < bytes.count,
        Character(Unicode.Scalar(bytes[position])).isASCIIWordPart
      {
        position += 1
      }
      let word = String(decoding: bytes[start..<position], as: UTF8.self)
      switch word {
      case "True": return .bool(true)
      case "False": return .bool(false)
      case "None": return PythonLiteral.none
      // Python 2 wrote long integers with an L.
      default: return Int(word.hasSuffix("L") ? String(word.dropLast()) : word).map { .integer($0) }
      }
    }

    private mutating func sequence(until end: Unicode.Scalar, depth: Int) -> PythonLiteral? {
      position += 1
      var members: [PythonLiteral] = []
      while !take(end) {
        guard let member = literal(depth: depth + 1) else { return nil }
        members.append(member)
        guard take(",") || next() == UInt8(ascii: end) else { return nil }
      }
      return .sequence(members)
    }

    private mutating func dictionary(depth: Int) -> PythonLiteral? {
      position += 1
      var members: [String: PythonLiteral] = [:]
      while !take("}") {
        guard case .text(let key)? = literal(depth: depth + 1), take(":"),
          let value = literal(depth: depth + 1)
        else { return nil }
        members[key] = value
        guard take(",") || next() == UInt8(ascii: "}") else { return nil }
      }
      return .dictionary(members)
    }
  }
}

extension Character {
  fileprivate var isASCIIWordPart: Bool {
    isASCII && (isLetter || isNumber || self == "-" || self == "+")
  }
}
