/// Every reported number that Crossbit carries.
public enum ReportedLibrary {
  /// All numbers, table after table in the order of ``ReportedTable``.
  public static let all: [ReportedNumber] = ReportedTable.allCases.flatMap { table in
    do throws(ReportedNumberError) {
      return try ReportedNumber.rows(of: table, csv: table.csv)
    } catch {
      // The text is part of the program, and a test reads all of it.
      preconditionFailure(error.description)
    }
  }

  /// The numbers of one table that match every argument given, in the order carried.
  ///
  /// - Parameters:
  ///   - table: The paper and its table.
  ///   - dataset: The data set in the paper's spelling; nil for all.
  ///   - task: `I2T` or `T2I`; nil for both.
  ///   - method: The method in the paper's spelling; nil for all.
  ///   - bits: The code length; nil for all.
  /// - Returns: The matching numbers; empty when the table has no such cell.
  public static func numbers(
    in table: ReportedTable, dataset: String? = nil, task: String? = nil, method: String? = nil,
    bits: Int? = nil
  ) -> [ReportedNumber] {
    all.filter {
      $0.table == table && $0.dataset == dataset ?? $0.dataset && $0.task == task ?? $0.task
        && $0.method == method ?? $0.method && $0.bits == bits ?? $0.bits
    }
  }

  /// The data sets of a table in the paper's spelling, in the order carried.
  public static func datasets(in table: ReportedTable) -> [String] {
    distinct(numbers(in: table).map(\.dataset))
  }

  /// The methods of a table in the paper's spelling, in the order carried.
  public static func methods(in table: ReportedTable) -> [String] {
    distinct(numbers(in: table).map(\.method))
  }

  private static func distinct(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
