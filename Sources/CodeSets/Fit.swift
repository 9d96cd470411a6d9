import ArrayFiles

/// Says what would make two matrices fit that do not.
enum Fit {
  /// A clause for the end of a message: which of two arrays is to be transposed, or nothing.
  ///
  /// `fits` says whether two shapes fit; both have two extents.
  static func hint(
    _ first: NumericArray, _ second: NumericArray, fits: ([Int], [Int]) -> Bool
  ) -> String {
    guard first.shape.count == 2, second.shape.count == 2 else { return "" }
    let turned = (Array(first.shape.reversed()), Array(second.shape.reversed()))
    let words =
      if fits(turned.0, second.shape) {
        "\(first.name) transposed"
      } else if fits(first.shape, turned.1) {
        "\(second.name) transposed"
      } else if fits(turned.0, turned.1) {
        "both transposed"
      } else {
        ""
      }
    return words.isEmpty ? "" : " (\(words) would fit)"
  }
}
