package import ExperimentKit
import Foundation

/// A report as a value: all its tables and files, made without touching the disk.
///
/// Equal input gives equal bytes. `results.csv` and the curves hold no times, so trials that were
/// run again, or in another order, give the same files; `README.md` and `index.html` differ in what
/// they say of times only.
package struct Report: Sendable {
  /// One table a data set, split and task, in the order of the plan.
  package let tables: [ResultTable]
  /// What a reader must know before quoting a number, one sentence each.
  package let warnings: [String]
  /// Every file, `README.md` and the page for a browser first.
  package let files: [ReportFile]
  /// Finished and planned trials.
  package let finishedCount: Int
  /// Number of planned trials.
  package let plannedCount: Int

  /// Makes the report.
  package init(_ input: ReportInput) {
    let trials = FinishedTrials(input)
    var names = PlotNames()
    var sections: [ReportSection] = []
    for group in trials.groups {
      let tables = trials.tables(of: group, comparisons: input.comparisons)
      sections.append(
        ReportSection(
          group: group, tables: tables, trials: trials, knobAxis: input.knobAxis, names: &names))
    }
    tables = sections.flatMap { $0.tables.map(\.table) }
    warnings = Warnings.sentences(trials: trials, tables: tables, comparisons: input.comparisons)
    finishedCount = trials.records.count
    plannedCount = trials.plannedCount
    let curves = CurveCSV.files(
      experiment: input.name, sections: sections, subjects: trials.subjects)
    let readme = ReadmeDocument(
      input: input, trials: trials, sections: sections, warnings: warnings,
      curvePaths: curves.map(\.path))
    let page = ReportPage(
      input: input, trials: trials, sections: sections, warnings: warnings,
      paths: ["README.md", "results.csv", "tables.tex"] + curves.map(\.path))
    files =
      [
        ReportFile(path: "README.md", text: readme.text),
        ReportFile(path: "index.html", text: page.text),
        ReportFile(
          path: "results.csv", text: ResultsCSV.text(experiment: input.name, tables: tables)),
        ReportFile(
          path: "tables.tex",
          text: LaTeXTables(input: input, trials: trials, tables: tables).text),
      ] + curves + sections.flatMap(\.plots).map { ReportFile(path: $0.path, text: $0.plot.svg) }
  }
}

extension Report {
  /// Folder of the plots below the experiment's folder.
  static let plotFolder = "plots"
  /// Folder of the curves below the experiment's folder.
  static let curveFolder = "curves"

  /// Writes all files below the experiment's folder, each to a temporary file that is then renamed.
  ///
  /// Curves and plots of an earlier report that this one does not have are removed, so that nothing
  /// stale passes for fresh. Other files of the folder are left alone.
  ///
  /// - Throws: ``StorageError`` for the first file or folder that cannot be written.
  package func write(to folder: String) throws(StorageError) {
    for name in [Self.curveFolder, Self.plotFolder] {
      try WholeFile.createFolder("\(folder)/\(name)")
    }
    for file in files {
      try WholeFile.write(Data(file.text.utf8), to: "\(folder)/\(file.path)")
    }
    removeStale(from: folder, Self.curveFolder, suffix: ".csv")
    removeStale(from: folder, Self.plotFolder, suffix: ".svg")
    // Earlier versions kept the plots beside the curves.
    for file in files where file.path.hasPrefix("\(Self.plotFolder)/") {
      let name = file.path.dropFirst(Self.plotFolder.count + 1)
      try? FileManager.default.removeItem(atPath: "\(folder)/\(Self.curveFolder)/\(name)")
    }
  }

  private func removeStale(from folder: String, _ name: String, suffix: String) {
    let current = Set(files.map(\.path))
    // The folder has just been written to, so only what is no file of ours can resist removal.
    let found = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)")) ?? []
    for file in found where file.hasSuffix(suffix) && !current.contains("\(name)/\(file)") {
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)/\(file)")
    }
  }
}
