import Foundation

/// Comma-separated values as RFC 4180 defines them, with LF at the end of every line.
package struct CSVDocument {
  /// The finished lines.
  package private(set) var text: String
  private let columnCount: Int

  /// Starts a document with its header.
  package init(columns: [String]) {
    columnCount = columns.count
    text = ""
    append(columns)
  }

  /// Adds a record.
  ///
  /// - Precondition: it has as many fields as the header.
  package mutating func append(_ fields: [String]) {
    precondition(
      fields.count == columnCount, "\(columnCount) fields expected, \(fields.count) found")
    text += fields.map(Self.quoted).joined(separator: ",") + "\n"
  }

  private static func quoted(_ field: String) -> String {
    guard field.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else {
      return field
    }
    return "\"" + field.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }
}
