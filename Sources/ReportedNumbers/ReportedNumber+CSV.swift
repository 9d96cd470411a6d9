/// A row of the carried text that is not what it should be.
struct ReportedNumberError: Error, CustomStringConvertible, Equatable {
  /// The table with the row.
  let table: ReportedTable
  /// 1-based record, the header being record 1.
  let record: Int
  /// What was expected and what was found.
  let reason: String

  var description: String { "Record \(record) of \(table.rawValue): \(reason)." }
}

extension ReportedNumber {
  /// Columns of the carried text, in order.
  static let columns = [
    "paper", "dataset", "protocol", "metric", "task", "method", "bits", "value", "evidence",
  ]

  /// Reads the rows of a table.
  ///
  /// - Throws: ``ReportedNumberError`` for the first record that is not a number of this table.
  static func rows(
    of table: ReportedTable, csv: String
  ) throws(ReportedNumberError) -> [ReportedNumber] {
    let records: [[String]]
    do {
      records = try CommaSeparatedValues.records(of: csv)
    } catch {
      throw ReportedNumberError(table: table, record: error.record, reason: error.reason)
    }
    guard records.first == columns else {
      throw ReportedNumberError(
        table: table, record: 1,
        reason: "header \(columns) expected, \(records.first ?? []) found")
    }
    var rows: [ReportedNumber] = []
    for (index, fields) in records.enumerated().dropFirst() {
      do {
        rows.append(try ReportedNumber(fields: fields, table: table))
      } catch {
        throw ReportedNumberError(table: table, record: index + 1, reason: error.reason)
      }
    }
    return rows
  }

  private struct FieldError: Error {
    let reason: String
  }

  private init(fields: [String], table: ReportedTable) throws(FieldError) {
    guard fields.count == Self.columns.count else {
      throw FieldError(reason: "\(Self.columns.count) fields expected, \(fields.count) found")
    }
    guard fields[0] == table.paper else {
      throw FieldError(reason: "paper \(table.paper) expected, \(fields[0]) found")
    }
    guard ["I2T", "T2I"].contains(fields[4]) else {
      throw FieldError(reason: "task I2T or T2I expected, \(fields[4]) found")
    }
    guard let bits = Int(fields[6]), bits >= 1 else {
      throw FieldError(reason: "a code length of at least 1 expected, \(fields[6]) found")
    }
    guard let value = Double(fields[7]), (0...1).contains(value) else {
      throw FieldError(reason: "a value in 0 … 1 expected, \(fields[7]) found")
    }
    self.init(
      table: table, dataset: fields[1], protocolText: fields[2], measure: fields[3],
      task: fields[4], method: fields[5], bits: bits, value: value, evidence: fields[8])
  }
}
