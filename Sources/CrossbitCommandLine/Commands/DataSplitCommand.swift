import ArgumentParser
import CrossModalData

/// The command `crossbit data split [FILE] [NAME]`.
struct DataSplitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "Lists splits by name and describes one.",
    discussion: """
      Without FILE it lists the published splits: whose they are, their sizes, where the rule \
      stands, and whether it was measured, read or inferred. With FILE it lists those that fit, and \
      the stored ones. With NAME, or with --queries for a random draw, it describes one split: \
      sizes, SHA-256, overlap, mAP of a random order, and how often each label occurs among \
      queries, training items and searched items. A stored split hides a published one of the same \
      name. Documentation/Splits.md says more.
      """)

  @Argument(help: "Path of the HDF5 file.")
  var file: String?
  @Argument(help: "Name of a stored or published split.")
  var name: String?
  @Option(help: "Draw this number of queries at random; all other items are searched.")
  var queries: Int?
  @Option(help: "Of a random draw, the number of training items; all that is searched if left out.")
  var training: Int?
  @Option(help: "Seed of a random draw.")
  var seed: UInt64 = 1
  @Flag(help: "Print every label; otherwise 20 of the rarest and 5 of the most frequent.")
  var allLabels = false
  @Option(
    help: """
      Folder to write query.txt, train.txt and database.txt to, one row number from 0 a line; \
      files of the same names are replaced.
      """)
  var indices: String?

  func validate() throws {
    if name != nil && queries != nil {
      throw ValidationError("NAME and --queries each choose a split; give one of them.")
    }
    if queries != nil && file == nil {
      throw ValidationError("--queries draws from the items of a FILE; name one.")
    }
    if training != nil && queries == nil {
      throw ValidationError("--training is for a random draw, which --queries asks for.")
    }
    if indices != nil && name == nil && queries == nil {
      throw ValidationError("--indices writes one split; give NAME or --queries.")
    }
  }

  func run() throws {
    guard let file else {
      for line in SplitListing.published(PublishedSplit.known) { try Console.report(line) }
      return
    }
    let opened = try DatasetFile(path: file)
    guard let summary = try summary(of: opened) else {
      for line in try SplitListing.lines(for: opened) { try Console.report(line) }
      return
    }
    let published =
      opened.splitNames.contains(name ?? "") ? nil : name.flatMap(PublishedSplit.named)
    for line in SplitDescription(summary, of: opened, published: published).lines(
      allLabels: allLabels)
    {
      try Console.report(line)
    }
    if let indices {
      try IndexLists(summary.split).write(to: indices)
      try Console.report("Written to \(indices): query.txt, train.txt, database.txt")
    }
  }

  private func summary(of file: DatasetFile) throws -> SplitSummary? {
    if let name { return try SplitSummary(of: name, in: file) }
    guard let queries else { return nil }
    return try SplitSummary(
      of: .random(queryCount: queries, trainingCount: training, seed: seed), in: file)
  }
}
