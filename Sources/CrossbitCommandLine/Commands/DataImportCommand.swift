import ArgumentParser
import ArrayFiles
import CrossModalData
import DataImport
import Foundation

/// The command `crossbit data import`.
struct DataImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Makes a data set's HDF5 file of files that others released.",
    discussion: """
      Reads MATLAB files of all versions, HDF5, NumPy files and folders, lists in text and zip files \
      around one of them. A layout knows the arrays of a release by name (--layouts lists them); \
      options name arrays themselves, as NAME or FILE:NAME, for all items or for a part of them:

        crossbit data import --layout wiki --output Data/wiki.h5 \\
          raw_features.mat trainset_txt_img_cat.list testset_txt_img_cat.list
        crossbit data import --output Data/mine.h5 --image fc7 --text tags --label y mine.npz
        crossbit data import --output Data/mine.h5 mine.mat --image query=Xq --image training=Xt \\
          --text query=Yq --text training=Yt --label query=Lq --label training=Lt

      Whether rows or columns are items is found from what the arrays have in common, and said. \
      Labels are 0 and 1 in a column each, or one class an item. The file appears whole or not at \
      all, with the digests of all sources in it.
      """)

  @Argument(help: "Files and folders to read.")
  var files: [String] = []

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file"))
  var output: String?

  @Option(help: "Layout of the files, such as wiki.")
  var layout: String?

  @Flag(help: "List the layouts that are known by name.")
  var layouts = false

  @Option(
    help: ArgumentHelp(
      "Picture features: NAME, PART=NAME with part training, retrieval or query, or none.",
      valueName: "array"))
  var image: [String] = []

  @Option(help: ArgumentHelp("Text features, likewise.", valueName: "array"))
  var text: [String] = []

  @Option(help: ArgumentHelp("Labels, likewise.", valueName: "array"))
  var label: [String] = []

  @Option(help: ArgumentHelp("Names of the pictures, likewise.", valueName: "array"))
  var name: [String] = []

  @Option(
    help: ArgumentHelp(
      "Texts or tags in words, likewise, to make a bag of words of.", valueName: "array"))
  var caption: [String] = []

  @Option(help: ArgumentHelp("The greatest number of words in the bag.", valueName: "count"))
  var words: Int?

  @Option(help: ArgumentHelp("The least number of texts that hold a word.", valueName: "count"))
  var leastTexts = 1

  @Option(
    help: ArgumentHelp(
      "Words that never count: a file with one a line, or english.", valueName: "list"))
  var stopWords: String?

  @Flag(help: "Bring the items of several files together by the names of their pictures.")
  var join = false

  @Option(help: ArgumentHelp("Number of items, where the shapes do not tell.", valueName: "count"))
  var items: Int?

  @Option(help: ArgumentHelp("Names of the labels, one a line.", valueName: "file"))
  var labelNames: String?

  @Option(help: ArgumentHelp("The words of the text columns, one a line.", valueName: "file"))
  var vocabulary: String?

  @Option(help: "Title of the data set, for people.")
  var title: String?

  @Flag(help: "Store features in 16 bits.")
  var half = false

  @Flag(help: "Write a file without pictures, texts or labels, which cannot be trained on.")
  var partial = false

  @Flag(help: "Replace the file if it is there.")
  var replace = false

  func validate() throws {
    if layouts { return }
    if files.isEmpty { throw ValidationError("Name the files to read, or ask for --layouts.") }
    if output == nil { throw ValidationError("Name the file to write with --output.") }
    if let layout, ImportLayout.named(layout) == nil {
      throw ValidationError(
        "There is no layout \(layout); there are "
          + "\(ImportLayout.all.map(\.name).joined(separator: ", ")).")
    }
    for (option, count) in [("--words", words), ("--least-texts", leastTexts), ("--items", items)] {
      if let count, count < 1 { throw ValidationError("\(option) takes 1 or more, not \(count).") }
    }
    if let title, title.utf8.count > Self.greatestTitleLength {
      throw ValidationError("--title takes \(Self.greatestTitleLength) bytes at most.")
    }
    _ = try arrays()
  }

  /// An attribute of HDF5 takes 64 KiB; a title is a line.
  private static let greatestTitleLength = 1_000

  func run() throws {
    guard !layouts, let output else {
      try Console.report(Self.layoutLines.joined(separator: "\n"))
      return
    }
    let target = try OutputFile(option: "--output", path: output, inputs: inputs)
    guard replace || !FileManager.default.fileExists(atPath: target.path) else {
      throw DatasetError(
        file: output, expected: "no file of that name, or --replace", found: "one")
    }
    let outcome = try DatasetImport.run(try request(), to: target.path)
    let summary = try DatasetSummary(ofFileAt: target.path)
    let remarks = outcome.remarks.map { "import    \($0)" }
    try Console.report((summary.lines + remarks).joined(separator: "\n"))
    if !summary.refusals.isEmpty { throw ExitCode.failure }
  }

  /// All files that are read, those of folders among them.
  private var inputs: [String] {
    let arrays = files.flatMap { folder in
      ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).map {
        "\(folder)/\($0)"
      }
    }
    return files + arrays + [labelNames, vocabulary, stopWords].compactMap { $0 }
  }

  private func request() throws -> ImportRequest {
    var request = ImportRequest(
      files: files, layout: layout.flatMap { ImportLayout.named($0) },
      command: "crossbit " + CommandLine.arguments.dropFirst().joined(separator: " "))
    request.arrays = try arrays()
    request.isReplacing = replace
    request.joinsByName = join
    request.isPartial = partial
    request.itemCount = items
    request.words = BagOfWords.Options(
      wordCount: words, leastTextCount: leastTexts, stopWords: try stopWordSet())
    request.usesHalfPrecision = half
    request.labelNames = labelNames
    request.vocabulary = vocabulary
    request.title = title
    return request
  }

  private func stopWordSet() throws -> Set<String> {
    guard let stopWords else { return [] }
    if stopWords == "english" { return BagOfWords.englishStopWords }
    return Set(try ListFile(path: stopWords).readText("lines").map { $0.lowercased() })
  }

  /// The arrays that options name.
  private func arrays() throws -> [ImportPart: [ImportRole: String]] {
    var arrays: [ImportPart: [ImportRole: String]] = [:]
    for (role, values) in [
      (ImportRole.image, image), (.text, text), (.label, label), (.name, name), (.caption, caption),
    ] {
      for value in values {
        let pieces = value.split(separator: "=", maxSplits: 1).map(String.init)
        let part = pieces.count == 2 ? ImportPart(rawValue: pieces[0]) : .all
        guard let part, let reference = pieces.last, !reference.isEmpty else {
          throw ValidationError(
            "--\(role.rawValue) \(value): the part is training, retrieval or query.")
        }
        guard arrays[part, default: [:]].updateValue(reference, forKey: role) == nil else {
          throw ValidationError(
            "--\(role.rawValue) names two arrays for the same items; write query=NAME and such.")
        }
      }
    }
    return arrays
  }

  private static var layoutLines: [String] {
    ImportLayout.all.flatMap { layout in
      ["\(layout.name)", "  \(layout.origin)", "  \(layout.note)"]
    }
  }
}
