import ArgumentParser
import ArrayFiles
import DataImport
import Foundation

/// The command `crossbit data synthesize`.
struct DataSynthesizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synthesize",
    abstract: "Makes up a data set, or the pictures of one, at a known size.",
    discussion: """
      For trying a manifest before real features are at hand, and for tests of scale:

        crossbit data synthesize --like mirflickr25k --output Data/mirflickr25k.h5
        crossbit data synthesize --like mirflickr25k --from labels.h5 --output Data/mirflickr25k.h5

      The second takes real labels, and texts where there are any, and makes up the rest. Picture \
      features are a fixed random non-linear map of labels and hidden factors plus noise, which is set \
      so that nearest neighbours share labels as often as --agreement says. With --probe the share of \
      the labels' signal that a linear map sees is set too, so that a linear probe names a right label \
      as often as it says. crossbit data info gives both figures of real features. The file says what \
      is made up, and so does every table and plot made of it.
      """)

  @Option(
    help: ArgumentHelp(
      "Sizes of mirflickr25k, nuswide-tc10, nuswide-tc21, mscoco or iaprtc12.", valueName: "name"))
  var like: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file"))
  var output: String

  @Option(
    name: .customLong("from"),
    help: ArgumentHelp("A data file whose labels and texts are taken.", valueName: "file"))
  var source: String?

  @Option(help: ArgumentHelp("Number of items, where all is made up.", valueName: "count"))
  var items: Int?

  @Option(help: ArgumentHelp("Columns of the picture features.", valueName: "count"))
  var imageColumns = 4096

  @Option(
    help: ArgumentHelp(
      "Share of the 5 nearest pictures that share a label; else as in real features.",
      valueName: "share"))
  var agreement: Double?

  @Option(
    help: ArgumentHelp(
      "Share of pictures for which a linear probe names a right label; else what comes of it.",
      valueName: "share"))
  var probe: Double?

  @Option(help: "Seed of all that is made up.")
  var seed: UInt64 = 1

  @Flag(help: "Store picture features in 16 bits.")
  var half = false

  @Flag(help: "Replace the file if it is there.")
  var replace = false

  /// Fewer items have no neighbours worth counting.
  private static let leastItemCount = 200
  /// Of the picture features; those of no network known here are wider.
  private static let columnRange = 1...65_536

  func validate() throws {
    if SyntheticShape.named(like) == nil {
      let names = SyntheticShape.known.map(\.name).joined(separator: ", ")
      throw ValidationError("There is nothing known to be like \(like); there are \(names).")
    }
    if let items, items < Self.leastItemCount {
      throw ValidationError("--items takes \(Self.leastItemCount) or more, not \(items).")
    }
    if items != nil, source != nil {
      throw ValidationError("--items is for files made up as a whole, without --from.")
    }
    if !Self.columnRange.contains(imageColumns) {
      throw ValidationError(
        "--image-columns takes \(Self.columnRange.lowerBound) to \(Self.columnRange.upperBound), "
          + "not \(imageColumns).")
    }
    for (option, share) in [("--agreement", agreement), ("--probe", probe)] {
      if let share, !(share > 0 && share < 1) {
        throw ValidationError("\(option) takes a share between 0 and 1, not \(share).")
      }
    }
  }

  func run() throws {
    guard var shape = SyntheticShape.named(like) else { return }
    let target = try OutputFile(
      option: "--output", path: output, inputs: [source].compactMap { $0 })
    guard replace || !FileManager.default.fileExists(atPath: target.path) else {
      throw DatasetError(
        file: output, expected: "no file of that name, or --replace", found: "one")
    }
    if let items { shape.itemCount = items }
    shape.imageColumns = imageColumns
    var synthesis = DatasetSynthesis(shape: shape)
    synthesis.source = source
    synthesis.agreement = agreement
    synthesis.probe = probe
    synthesis.seed = seed
    synthesis.usesHalfPrecision = half
    synthesis.isReplacing = replace
    let remarks = try synthesis.write(to: target.path)
    try Console.report(([output] + remarks).joined(separator: "\n"))
  }
}
