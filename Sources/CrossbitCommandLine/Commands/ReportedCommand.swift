import ArgumentParser
import ReportedNumbers
import Reports

/// The command `crossbit reported`.
struct ReportedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reported",
    abstract: "Lists and searches the numbers that papers report.",
    discussion: """
      Without an option: the tables. With one or more: every number that fits all of them, with the \
      protocol of its table and how it was read.

        crossbit reported --method DCMH --dataset MIRFLICKR-25K --bits 64
        crossbit reported --table "DBRC-TMM2019 Table II" --dataset Wiki --method cmfh --csv
      """)

  @Option(help: ArgumentHelp("Table, or the beginning of its name.", valueName: "name"))
  var table: String?
  @Option(help: "Data set; capitals do not matter, and a part will do.") var dataset: String?
  @Option(help: "Method; capitals do not matter.") var method: String?
  @Option(help: "I2T or T2I.") var task: String?
  @Option(help: "Code length.") var bits: Int?
  @Flag(help: "Print comma-separated values.") var csv = false

  func validate() throws {
    if let task, !["I2T", "T2I"].contains(task.uppercased()) {
      throw ValidationError("--task is I2T or T2I, not \(task).")
    }
  }

  func run() throws {
    let isSearch =
      table != nil || dataset != nil || method != nil || task != nil || bits != nil || csv
    guard isSearch else {
      for table in ReportedTable.allCases { try Console.report(Self.description(of: table)) }
      return
    }
    let numbers = ReportedLibrary.all.filter(fits)
    guard !numbers.isEmpty else {
      throw ValidationError(
        "No reported number fits; `crossbit reported` lists the tables that there are.")
    }
    for line in csv ? Self.csvLines(numbers) : Self.lines(numbers) { try Console.report(line) }
  }

  private func fits(_ number: ReportedNumber) -> Bool {
    func has(_ text: String, _ part: String?) -> Bool {
      part.map { text.lowercased().contains($0.lowercased()) } ?? true
    }
    return fits(number.table)
      && has(number.dataset, dataset)
      && number.method.lowercased() == (method ?? number.method).lowercased()
      && number.task == (task?.uppercased() ?? number.task) && number.bits == bits ?? number.bits
  }

  /// Whether a table is asked for: by its whole name or, where none has that, by the beginning.
  private func fits(_ candidate: ReportedTable) -> Bool {
    guard let wanted = table?.lowercased() else { return true }
    let names = ReportedTable.allCases.map { $0.rawValue.lowercased() }
    let name = candidate.rawValue.lowercased()
    return names.contains(wanted) ? name == wanted : name.hasPrefix(wanted)
  }

  private static func description(of table: ReportedTable) -> String {
    let count = ReportedLibrary.numbers(in: table).count
    let datasets = ReportedLibrary.datasets(in: table).joined(separator: ", ")
    let methods = ReportedLibrary.methods(in: table).joined(separator: ", ")
    return """
      \(table.rawValue)  (\(count) numbers)
        \(table.citation)
        data sets: \(datasets)
        methods:   \(methods)
      """
  }

  /// A block for each table and protocol, a line for each data set, task and method in it.
  private static func lines(_ numbers: [ReportedNumber]) -> [String] {
    var lines: [String] = []
    var heading: [String] = []
    var row: [String] = []
    for number in numbers {
      let newHeading = [number.table.rawValue, number.dataset, number.protocolText]
      if newHeading != heading {
        lines += [
          "", "\(number.table.rawValue), \(number.dataset), \(number.measure)",
          "  protocol: \(number.protocolText)", "  read from: \(number.evidence)",
        ]
        (heading, row) = (newHeading, [])
      }
      let cell = "\(number.bits): \(number.value.fixed(4))"
      let newRow = [number.task, number.method]
      if newRow == row, let last = lines.popLast() {
        lines.append("\(last)  \(cell)")
      } else {
        let name = "\(number.task)  \(number.method)".padding(to: 24)
        lines.append("  \(name)  \(cell)")
        row = newRow
      }
    }
    return Array(lines.dropFirst())
  }

  private static func csvLines(_ numbers: [ReportedNumber]) -> [String] {
    func quoted(_ text: String) -> String {
      text.contains { ",\"\n".contains($0) }
        ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
    return ["table,dataset,protocol,measure,task,method,bits,value,evidence"]
      + numbers.map { number in
        [
          number.table.rawValue, number.dataset, number.protocolText, number.measure, number.task,
          number.method, String(number.bits), "\(number.value)", number.evidence,
        ].map(quoted).joined(separator: ",")
      }
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
