import Foundation
import ReportedNumbers

/// A written file of comma-separated values, read back by the names of its columns.
struct TidyFile {
  /// A dictionary a line.
  let lines: [[String: String]]

  /// Reads a file that has at least these columns.
  ///
  /// - Throws: ``OverviewError`` when it cannot be read, has no such columns or a broken line.
  init(_ path: String, columns: [String]) throws(OverviewError) {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw OverviewError("\(path): expected text that can be read, found none.")
    }
    let records: [[String]]
    do {
      records = try CommaSeparatedValues.records(of: text)
    } catch {
      throw OverviewError(
        "\(path): expected comma-separated values, found \(error.reason) in record \(error.record)."
      )
    }
    let header = records.first ?? []
    if let missing = columns.first(where: { !header.contains($0) }) {
      throw OverviewError("\(path): expected a column “\(missing)”, found none.")
    }
    for (index, record) in records.enumerated() where record.count != header.count {
      throw OverviewError(
        "\(path): expected \(header.count) fields in each record, found \(record.count) in record "
          + "\(index + 1).")
    }
    lines = records.dropFirst().map {
      Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first })
    }
  }
}

/// A folder of results that an overview cannot be made of.
package struct OverviewError: Error, CustomStringConvertible, Equatable {
  /// One sentence: which file, what was expected, what was found.
  package let description: String

  init(_ description: String) {
    self.description = description
  }
}
