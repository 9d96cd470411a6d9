import Foundation
import ReportedNumbers

/// What is known of an experiment from its written files alone, without trial records.
struct ResultFolder {
  /// Name of the folder, which is that of the experiment.
  let name: String
  /// What the experiment shows; nil where no page tells.
  var summary: String?
  /// Finished trials, by the page or else by the numbers of seeds in `results.csv`.
  var finishedCount: Int
  /// Planned trials; nil where no page tells.
  var plannedCount: Int?
  /// Day on which the last trial began, ISO 8601; nil where no page tells.
  var lastRecord: String?
  /// Whether there is a page for a browser.
  var hasPage: Bool
  /// The data sets with what is best on each, in the order of the file.
  var datasets: [DatasetResult]

  /// One split of one data set.
  struct DatasetResult {
    let name: String
    /// The made-up modality; empty when all data are real.
    let surrogate: String
    /// Rule of the split.
    let split: String
    /// The greatest code length.
    let bits: Int
    /// The best method of each task at that length, by the task's identifier.
    var best: [String: BestMethod]
  }

  /// The method with the greatest mAP@all: with codes of its own modality where there are any.
  struct BestMethod {
    let name: String
    let mean: Double
    let standardDeviation: Double?

    /// Name and mean ± deviation.
    var text: String {
      let spread = standardDeviation.map { " ± \($0.fixed(4))" } ?? ""
      return "\(name) \(mean.fixed(4))\(spread)"
    }
  }
}

extension ResultFolder {
  /// Reads `results.csv` and, where it is there, the head of `index.html`.
  ///
  /// - Throws: ``OverviewError`` when a file cannot be read or is not what a report writes.
  init(name: String, path: String) throws(OverviewError) {
    let file = "\(path)/results.csv"
    let lines = try TidyFile(file, columns: Self.columns).lines.filter {
      $0["measure"] == MeasureText.meanAveragePrecisionName
    }
    let numbers = try lines.map { line throws(OverviewError) in
      guard let bits = line["bits"].flatMap({ Int($0) }),
        let mean = line["mean"].flatMap(Double.init),
        let seeds = line["seeds"].flatMap({ Int($0) })
      else {
        throw OverviewError(
          "\(file): expected numbers under bits, mean and seeds, found “\(line["bits"] ?? "")”, "
            + "“\(line["mean"] ?? "")” and “\(line["seeds"] ?? "")”.")
      }
      return Number(line: line, bits: bits, mean: mean, seeds: seeds)
    }
    self.name = name
    let facts = Self.facts(ofPage: "\(path)/index.html")
    hasPage = facts != nil
    summary = facts?["description"]
    plannedCount = facts?[PageFact.Name.plannedTrials.rawValue].flatMap { Int($0) }
    lastRecord = facts?[PageFact.Name.lastRecord.rawValue]
    finishedCount =
      facts?[PageFact.Name.finishedTrials.rawValue].flatMap { Int($0) } ?? Self.count(numbers)
    datasets = Self.datasets(of: numbers)
  }

  private static let columns = [
    "dataset", "surrogate", "protocol", "database_codes", "task", "method", "variant", "fidelity",
    "bits", "measure", "mean", "sd", "seeds",
  ]

  /// A line of mean average precision.
  private struct Number {
    let line: [String: String]
    let bits: Int
    let mean: Double
    let seeds: Int

    func key(_ columns: String...) -> [String] { columns.map { line[$0] ?? "" } }
  }

  /// A trial measures several tasks and kinds of codes; each configuration counts its seeds once.
  private static func count(_ numbers: [Number]) -> Int {
    let trials = Dictionary(grouping: numbers) {
      $0.key("dataset", "protocol", "method", "variant", "bits")
    }
    return trials.values.reduce(0) { $0 + ($1.map(\.seeds).max() ?? 0) }
  }

  private static func datasets(of numbers: [Number]) -> [DatasetResult] {
    var order: [[String]] = []
    for key in numbers.map({ $0.key("dataset", "protocol") }) where !order.contains(key) {
      order.append(key)
    }
    return order.compactMap { key in
      let own = numbers.filter { $0.key("dataset", "protocol") == key }
      guard let first = own.first, let bits = own.map(\.bits).max() else { return nil }
      // Reference points have no fidelity.
      let measured = own.filter { $0.bits == bits && $0.line["fidelity"] != "" }
      let usual = measured.filter { $0.line["database_codes"] == "own-modality" }
      // An experiment on joint codes alone has no others to name.
      let methods = usual.isEmpty ? measured : usual
      let remark = usual.isEmpty ? ", joint" : ""
      let best = Dictionary(grouping: methods) { $0.line["task"] ?? "" }.compactMapValues { rows in
        rows.max { $0.mean < $1.mean }.map { row in
          BestMethod(
            name: row.key("method", "variant").filter { !$0.isEmpty }.joined(separator: " ")
              + " (\(row.line["fidelity"] ?? "")\(remark))",
            mean: row.mean, standardDeviation: row.line["sd"].flatMap(Double.init))
        }
      }
      return DatasetResult(
        name: key[0], surrogate: first.line["surrogate"] ?? "",
        split: key[1].components(separatedBy: "; data ")[0], bits: bits,
        best: best)
    }
  }

  /// Names and contents of the `meta` elements in a page's head; nil without a page.
  private static func facts(ofPage path: String) -> [String: String]? {
    guard let page = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    var facts: [String: String] = [:]
    for line in page.split(separator: "\n").prefix(20) {
      // As `HTMLPage` writes them: one element a line, words escaped.
      let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
      guard parts.count == 5, parts[0] == "<meta name=", parts[2] == " content=" else { continue }
      facts[String(parts[1])] = String(parts[3]).xmlUnescaped
    }
    return facts
  }
}

extension String {
  /// The inverse of ``xmlEscaped``.
  fileprivate var xmlUnescaped: String {
    // The & last, or an escaped &lt; would become a <.
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")].reduce(self) {
      $0.replacingOccurrences(of: $1.0, with: $1.1)
    }
  }
}
