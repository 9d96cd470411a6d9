import ExperimentKit
import Foundation
import TestSupport
import Testing

@testable import Reports

@Suite("Tables in LaTeX")
struct LaTeXTests {
  static let texts: [(String, String)] = [
    ("50 % of a_b & {c} #2 $", "50 \\% of a\\_b \\& \\{c\\} \\#2 \\$"),
    ("I→T, 2², ± 1, † ≤ 3", "I$\\rightarrow$T, 2\\textsuperscript{2}, $\\pm$ 1, \\dag{} $\\le$ 3"),
    ("“a” – b…", "``a'' -- b\\ldots{}"), ("\\~^<|>", Self.signs), ("a--b ''", "a-{}-b '{}'"),
    ("[1]\r\nx", "{[}1{]} x"), ("≠ é ï ǖ", "$\\ne$ \\'{e} \\\"{\\i} \\={\\\"{u}}"),
    ("中 🙂", "{[}U+4E2D{]} {[}U+1F642{]}"), ("", ""),
  ]
  private static let signs =
    "\\textbackslash{}\\textasciitilde{}\\textasciicircum{}$<$$|$$>$"

  @Test("every character is one that LaTeX prints", arguments: texts)
  func escapes(text: String, latex: String) {
    #expect(text.latexEscaped == latex)
  }

  /// The sample with names that are full of signs, made-up features and missing trials.
  private static func awkward() -> String {
    let name = "A_b & \\C{d} 5 % #1 $x^2$ “é” ²→†± ~<>|[ł] 中 ǖ ị --''`? α≠β"
    let records = SampleTrials.records.map { record in
      var record = record
      record.subject.displayName += " \(name)"
      record.subject.variant += " [\(name)"
      record.dataset.name = "wiki \(name)"
      record.dataset.surrogate = "image"
      return record
    }
    var input = SampleTrials.input(
      records: Array(records.prefix(15)), planned: records.map(\.identifier), comparisons: [])
    input.summary = "Two lines,\n\\undefined here"
    return Report(input).files.first { $0.path == "tables.tex" }?.text ?? ""
  }

  @Test("a made-up modality and missing trials stand in the caption, no line leaves a comment")
  func marks() {
    let text = Self.awkward()
    #expect(text.contains("SURROGATE: the image features are made up. Partial: 15 of 20 trials.}"))
    #expect(text.hasPrefix("% wiki-dbrh: Two lines, \\undefined here\n% Written by"))
    #expect(text.components(separatedBy: "\\begin{tabular}").count == 3)
  }

  @Test(
    "pdflatex sets the tables, whatever the names are",
    .enabled(if: Self.pdflatex != nil, "there is no pdflatex with booktabs"),
    arguments: ["article", "article,twocolumn"])
  func compiles(style: String) throws {
    let pdflatex = try #require(Self.pdflatex)
    let sample = try #require(
      Report(SampleTrials.input()).files.first { $0.path == "tables.tex" }?.text)
    let kinds = style.split(separator: ",")
    try withTemporaryFolder { folder in
      for (name, text) in [
        ("sample.tex", sample), ("awkward.tex", Self.awkward()),
        (
          "paper.tex",
          """
          \\documentclass[\(kinds.dropFirst().joined())]{\(kinds[0])}
          \\usepackage{booktabs}
          \\begin{document}
          \\input{sample}
          \\input{awkward}
          \\end{document}
          """
        ),
      ] { try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)")) }
      let process = Process()
      process.executableURL = URL(filePath: pdflatex)
      process.arguments = ["-interaction=nonstopmode", "-halt-on-error", "paper.tex"]
      process.currentDirectoryURL = URL(filePath: folder)
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      process.standardInput = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      let log = try String(contentsOf: URL(filePath: "\(folder)/paper.log"), encoding: .isoLatin1)
      let problems = log.split(separator: "\n").filter { $0.hasPrefix("!") }
      #expect(process.terminationStatus == 0, "\(problems)")
      #expect(!log.contains("Missing character"))
      #expect(FileManager.default.fileExists(atPath: "\(folder)/paper.pdf"))
    }
  }

  /// Where `pdflatex` lies, if a TeX with `booktabs` is there.
  static let pdflatex: String? = {
    let candidates = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { "\($0)/pdflatex" }
    let style = "/usr/share/texlive/texmf-dist/tex/latex/booktabs/booktabs.sty"
    guard FileManager.default.fileExists(atPath: style) else { return nil }
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
  }()
}
