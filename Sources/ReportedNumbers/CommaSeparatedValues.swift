/// Reads comma-separated values as RFC 4180 defines them, lines ending in LF or CRLF.
package enum CommaSeparatedValues {
  /// Text that is not comma-separated values.
  package struct SyntaxError: Error, Equatable {
    /// 1-based record.
    package let record: Int
    /// What is wrong.
    package let reason: String
  }

  /// The fields of every record; a line break at the end of the text adds no record.
  ///
  /// - Throws: ``SyntaxError`` where a quote opens inside a field, is followed by more text, or is
  ///   never closed.
  package static func records(of text: String) throws(SyntaxError) -> [[String]] {
    var records: [[String]] = []
    var fields: [String] = []
    var field = ""
    var isQuoted = false
    var isClosed = false  // a quoted field has ended: only a separator may follow
    var characters = text.makeIterator()
    var pending = characters.next()

    while let character = pending {
      pending = characters.next()
      let isLineBreak = character == "\n" || character == "\r\n"
      if isQuoted {
        if character != "\"" {
          field.append(character)
        } else if pending == "\"" {
          field.append(character)
          pending = characters.next()
        } else {
          isQuoted = false
          isClosed = true
        }
      } else if character == "," || isLineBreak {
        fields.append(field)
        field = ""
        isClosed = false
        if isLineBreak {
          records.append(fields)
          fields = []
        }
      } else if isClosed {
        throw SyntaxError(
          record: records.count + 1, reason: "\(character) follows the end of a quoted field")
      } else if character == "\"" {
        guard field.isEmpty else {
          throw SyntaxError(
            record: records.count + 1, reason: "a quote opens in the middle of the field \(field)")
        }
        isQuoted = true
      } else {
        field.append(character)
      }
    }
    guard !isQuoted else {
      throw SyntaxError(record: records.count + 1, reason: "a quoted field is never closed")
    }
    if !fields.isEmpty || !field.isEmpty || isClosed { records.append(fields + [field]) }
    return records
  }
}
