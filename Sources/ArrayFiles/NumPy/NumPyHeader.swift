/// The header of a `.npy` file, formats 1.0, 2.0 and 3.0.
///
/// Source: NumPy, `numpy/lib/_format_impl.py`, "Format Version 1.0" and following.
struct NumPyHeader {
  /// What the elements are.
  enum Element {
    case number(NumPyElement)
    case text(NumPyText)
    /// No numbers: a name for listings and words that fit after "found".
    case other(name: String, obstacle: String)
  }

  let element: Element
  /// Whether the first index runs fastest.
  let isFortranOrder: Bool
  let shape: [Int]

  /// The first bytes of every file.
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// NumPy itself refuses headers above 10,000 bytes unless it is told to trust the file.
  private static let greatestLength = 1 << 20

  /// Reads the header; the stream stands at the first element afterwards.
  ///
  /// - Throws: ``DatasetError`` that `error` makes, or the stream.
  init(
    from stream: any ByteStream, error: (_ expected: String, _ found: String) -> DatasetError
  ) throws(DatasetError) {
    let whole = "a complete NumPy header"
    guard stream.remaining >= 10 else { throw error(whole, "\(stream.remaining) bytes") }
    let start = try stream.read(8)
    guard start.starts(with: Self.magic) else {
      throw error("the NumPy signature", "another beginning")
    }
    guard (1...3).contains(start[6]), start[7] == 0 else {
      throw error("NumPy format 1.0, 2.0 or 3.0", "\(start[6]).\(start[7])")
    }
    let lengthBytes = start[6] == 1 ? 2 : 4
    guard stream.remaining >= lengthBytes else { throw error(whole, "a truncated one") }
    let length = Int(try stream.read(lengthBytes).littleEndianNumber)
    guard length <= min(stream.remaining, Self.greatestLength) else {
      throw error(whole, "a length of \(length) bytes where \(stream.remaining) follow")
    }
    let bytes = try stream.read(length)
    // Latin-1 before format 3.0.
    let text =
      start[6] == 3
      ? String(decoding: bytes, as: UTF8.self)
      : String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    guard case .dictionary(let fields)? = PythonLiteral(text),
      let type = fields["descr"], case .bool(let isFortranOrder)? = fields["fortran_order"],
      case .sequence(let extents)? = fields["shape"]
    else { throw error("a NumPy header with descr, fortran_order and shape", "a damaged one") }
    var shape: [Int] = []
    for extent in extents {
      guard case .integer(let count) = extent, count >= 0 else {
        throw error("a shape of counts", "a damaged one")
      }
      shape.append(count)
    }
    guard let element = Element(type) else { throw error("a type of NumPy", "an unknown one") }
    self.element = element
    self.isFortranOrder = isFortranOrder
    self.shape = shape
  }
}

extension NumPyHeader.Element {
  /// Reads the value of `descr`; nil when it is no type.
  init?(_ literal: PythonLiteral) {
    switch literal {
    case .text(let text): self.init(text)
    case .sequence(let fields):
      let names = fields.map { field -> String in
        guard case .sequence(let parts) = field, case .text(let name)? = parts.first else {
          return "?"
        }
        return name
      }
      self = .other(
        name: "structured",
        obstacle: "a structured type with the fields \(names.joined(separator: ", "))")
    default: return nil
    }
  }

  private init?(_ text: String) {
    let order = text.first
    let isOrdered = order.map { "<>|=".contains($0) } ?? false
    let rest = isOrdered ? text.dropFirst() : text[...]
    guard let code = rest.first else { return nil }
    // Dates carry their unit, as in `M8[D]`.
    let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
    guard digits.count < 10, let byteCount = digits.isEmpty ? 0 : Int(digits) else { return nil }
    func number(_ kind: NumPyElement.Kind, sizes: Set<Int>) -> Self? {
      guard digits.count + 1 == rest.count, sizes.contains(byteCount) else { return nil }
      return .number(
        NumPyElement(kind: kind, byteCount: byteCount, isBigEndian: order == ">"))
    }
    let known: Self? =
      switch code {
      case "b": number(.bool, sizes: [1])
      case "i": number(.signed, sizes: [1, 2, 4, 8])
      case "u": number(.unsigned, sizes: [1, 2, 4, 8])
      case "f" where byteCount > 8:
        .other(
          name: "float\(8 * byteCount)", obstacle: "\(8 * byteCount)-bit floating point numbers")
      case "f": number(.floating, sizes: [2, 4, 8])
      case "c":
        .other(
          name: "complex\(8 * byteCount)", obstacle: "complex numbers (complex\(8 * byteCount))")
      case "O": .other(name: "object", obstacle: "Python objects, which only Python can load")
      case "U": .text(NumPyText(width: byteCount, isUnicode: true, isBigEndian: order == ">"))
      case "S", "a": .text(NumPyText(width: byteCount, isUnicode: false, isBigEndian: false))
      case "V": .other(name: "void", obstacle: "raw bytes without a type")
      case "M", "m": .other(name: "dates", obstacle: "dates or times")
      default: nil
      }
    guard let known else { return nil }
    self = known
  }
}
