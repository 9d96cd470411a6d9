import ArgumentParser
import CrossModalData

/// The command `crossbit data info FILE`.
struct DataInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Describes a data set's HDF5 file and what is wrong with it.",
    discussion: """
      Prints shapes, types, labels and which of them meet, text lengths, duplicates, splits with the \
      mAP of a random order, and for each modality how often the nearest items share a label: when \
      that is hardly more often than for random items, rows and labels may have come apart.
      """)

  @Argument(help: "Path of the HDF5 file.")
  var file: String

  func run() throws {
    let summary = try DatasetSummary(ofFileAt: file)
    try Console.report(summary.lines.joined(separator: "\n"))
    if !summary.refusals.isEmpty { throw ExitCode.failure }
  }
}
