/// The sizes of a data set that is made up, wholly or in part.
package struct SyntheticShape: Sendable, Hashable {
  /// Name on the command line.
  package let name: String
  /// Number of items.
  package var itemCount: Int
  /// Number of labels.
  package var labelCount: Int
  /// Labels of an item, on average.
  package var meanLabelCount: Double
  /// Number of words or tags.
  package var textColumns: Int
  /// Words of a text, on average.
  package var meanTextLength: Double
  /// Number of columns of the picture features; those of VGG's last layer unless said otherwise.
  package var imageColumns = 4096

  /// The shape of a name; nil when there is none.
  package static func named(_ name: String) -> SyntheticShape? {
    known.first { $0.name == name }
  }

  /// Shapes of the data sets that papers use.
  ///
  /// Items, labels and words are those of the releases; means were counted in them, but for the texts
  /// of NUS-WIDE, which are those of its subset of 10,500 items.
  package static let known = [
    SyntheticShape(
      name: "mirflickr25k", itemCount: 20_015, labelCount: 24, meanLabelCount: 3.78,
      textColumns: 1_386, meanTextLength: 4.8),
    SyntheticShape(
      name: "nuswide-tc10", itemCount: 186_577, labelCount: 10, meanLabelCount: 1.78,
      textColumns: 1_000, meanTextLength: 6.3),
    SyntheticShape(
      name: "nuswide-tc21", itemCount: 195_834, labelCount: 21, meanLabelCount: 1.87,
      textColumns: 1_000, meanTextLength: 6.3),
    SyntheticShape(
      name: "mscoco", itemCount: 122_218, labelCount: 80, meanLabelCount: 2.93,
      textColumns: 2_026, meanTextLength: 13.7),
    SyntheticShape(
      name: "iaprtc12", itemCount: 20_000, labelCount: 255, meanLabelCount: 4.12,
      textColumns: 2_912, meanTextLength: 18.4),
  ]
}
