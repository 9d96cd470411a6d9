package import ExperimentKit
import Foundation
import Retrieval

/// All experiments of a results folder, made of their written files: `README.md` and `index.html`.
///
/// Equal files give equal bytes.
package struct Overview {
  private let experiments: [ResultFolder]
  private let searches: [SearchFolder]
  /// Folders without a table.
  private let unwritten: [String]

  /// Reads every folder below the results folder, in the order of their names.
  ///
  /// - Throws: ``OverviewError`` when a folder or a file cannot be read.
  package init(results: String) throws(OverviewError) {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: results) else {
      throw OverviewError("\(results): expected a folder of results, found none that can be read.")
    }
    var experiments: [ResultFolder] = []
    var searches: [SearchFolder] = []
    var unwritten: [String] = []
    for name in names.sorted() where !name.hasPrefix(".") {
      let path = "\(results)/\(name)"
      func has(_ file: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(path)/\(file)")
      }
      if has("results.csv") {
        experiments.append(try ResultFolder(name: name, path: path))
      } else if has("candidates.csv") {
        searches.append(try SearchFolder(name: name, path: path))
      } else if has("trials") {
        unwritten.append(name)
      }
    }
    self.experiments = experiments
    self.searches = searches
    self.unwritten = unwritten
  }

  /// Number of experiments listed.
  package var experimentCount: Int { experiments.count }

  /// `README.md` and `index.html`.
  package var files: [ReportFile] {
    [
      ReportFile(path: "README.md", text: markdown), ReportFile(path: "index.html", text: page),
    ]
  }

  /// Writes both files into the results folder, each to a temporary file that is then renamed.
  ///
  /// - Throws: ``StorageError`` when one cannot be written.
  package func write(to folder: String) throws(StorageError) {
    for file in files {
      try WholeFile.write(Data(file.text.utf8), to: "\(folder)/\(file.path)")
    }
  }

  private static let title = "Results"
  private static let summary = "All experiments of this folder."
  private static let command = "make report"
  /// What must be known before two rows are compared.
  private static let remark =
    "best: the method (identifier, variant and fidelity) with the greatest mAP@all(ties=expected) of those "
    + "whose retrieval set is encoded from its own modality, or from pairs where it says joint, at the greatest code length, mean ± "
    + "sample standard deviation over seeds · rows differ in data, split and methods: compare inside "
    + "an experiment, whose page has the protocol · – stands where the written files do not tell"

  private var tasks: [RetrievalTask] {
    let found = Set(experiments.flatMap(\.datasets).flatMap(\.best.keys))
    return RetrievalTask.allCases.filter { found.contains($0.rawValue) }
  }

  /// A row for each split of each data set of each experiment.
  private var table: PrintedTable {
    let tasks = tasks
    var table = PrintedTable(
      [
        ("experiment", .leading), ("what it shows", .leading), ("data set", .leading),
        ("split", .leading), ("trials", .trailing), ("bits", .trailing),
      ] + tasks.map { ("best \($0.displayName)", .leading) } + [("last record", .leading)])
    table.breakLines(inColumn: 1)
    table.breakLines(inColumn: 3)
    for experiment in experiments {
      let planned = experiment.plannedCount.map { " of \($0)" } ?? ""
      for dataset in experiment.datasets {
        let mark = dataset.surrogate.isEmpty ? "" : " (SURROGATE \(dataset.surrogate))"
        let cells =
          [
            experiment.name, experiment.summary ?? "–", dataset.name + mark, dataset.split,
            "\(experiment.finishedCount)\(planned)", String(dataset.bits),
          ] + tasks.map { dataset.best[$0.rawValue]?.text ?? "–" }
          + [experiment.lastRecord ?? "–"]
        table.append(cells.map { PrintedText($0) })
      }
      if experiment.datasets.isEmpty {
        table.append(
          [
            experiment.name, experiment.summary ?? "–", "–", "–",
            "\(experiment.finishedCount)\(planned)",
          ].map { PrintedText($0) })
      }
    }
    return table
  }

  private var searchTable: PrintedTable {
    var table = PrintedTable([
      ("search", .leading), ("data set", .leading), ("candidates", .trailing),
      ("best candidate", .leading), ("fidelity", .leading), ("mean mAP", .trailing),
    ])
    for search in searches {
      table.append(
        [
          search.name, search.dataset, String(search.candidateCount), search.best,
          search.fidelity, search.mean,
        ].map { PrintedText($0) })
    }
    return table
  }

  private static let searchRemark =
    "held-out training items decide, never queries; the page of a search has the protocol"

  private var unwrittenText: String? {
    unwritten.isEmpty
      ? nil
      : "Without a table yet, `crossbit report NAME` writes one: "
        + unwritten.joined(separator: ", ") + "."
  }

  private var markdown: String {
    var blocks = [
      "# \(Self.title)\n", "\(Self.summary) Written by `\(Self.command)`.\n",
      linked(table, to: addresses).markdown, "<sub>\(Self.remark)</sub>\n",
    ]
    if !searches.isEmpty {
      blocks += [
        "## Searches of knobs\n", linked(searchTable, to: searchAddresses).markdown,
        "<sub>\(Self.searchRemark)</sub>\n",
      ]
    }
    if let unwrittenText { blocks.append("\(unwrittenText)\n") }
    return blocks.joined(separator: "\n")
  }

  private var addresses: [String: String] {
    Dictionary(
      experiments.map { ($0.name, "\($0.name)/README.md") }, uniquingKeysWith: { $1 })
  }

  private var searchAddresses: [String: String] {
    Dictionary(searches.map { ($0.name, "\($0.name)/README.md") }, uniquingKeysWith: { $1 })
  }

  /// The table with its first column as links of Markdown.
  private func linked(_ table: PrintedTable, to addresses: [String: String]) -> PrintedTable {
    var linked = PrintedTable(table.columns.map { ($0.title, $0.alignment) })
    for row in table.rows {
      let name = row.cells[0].plain
      let link = addresses[name].map { "[\(name)](\($0.percentEncoded))" } ?? name
      linked.append([PrintedText(link)] + row.cells.dropFirst(), row.kind)
    }
    return linked
  }

  private var page: String {
    let pages = experiments.filter(\.hasPage).map { ($0.name, "\($0.name)/index.html") }
    let links = addresses.merging(pages) { $1 }.mapValues(\.percentEncoded)
    var content: [Markup] = [
      .element("h1", Self.title), .text("\n"),
      .paragraph([.text("\(Self.summary) Written by "), .element("code", Self.command), .text(".")]
      ),
      .table(table, caption: "Experiments", links: links), .smallPrint(Self.remark),
    ]
    if !searches.isEmpty {
      content += [
        .section("Searches of knobs", identifier: "searches"),
        .table(
          searchTable, caption: "Searches of knobs",
          links: searchAddresses.mapValues(\.percentEncoded)),
        .smallPrint(Self.searchRemark),
      ]
    }
    if let unwrittenText { content.append(.paragraph([.text(unwrittenText)])) }
    return HTMLPage(
      title: "\(Self.title) – Crossbit", summary: Self.summary, content: content
    ).text
  }
}

extension String {
  /// A path as an address: what would end a link or mean something else in one is written in code.
  fileprivate var percentEncoded: String {
    let allowed = CharacterSet(charactersIn: "-._~/").union(
      CharacterSet(charactersIn: "a"..."z").union(CharacterSet(charactersIn: "A"..."Z"))
        .union(CharacterSet(charactersIn: "0"..."9")))
    return addingPercentEncoding(withAllowedCharacters: allowed) ?? self
  }
}
