/// How one series of a plot is drawn: colour, dashes and marker together tell it apart.
///
/// Any one of the three is enough for a few lines, so a plot can be read in print without colours
/// and by readers who do not tell all colours apart.
struct PlotStyle {
  /// Colour of line and marker.
  let colour: String
  /// Lengths of dashes and gaps; nil for a solid line.
  let dashes: String?
  /// Width of the line in pixels.
  let width: Double
  private let marker: Marker?
  /// Whether the marker is an outline: the shapes come round a second time that way.
  private let isHollow: Bool

  private enum Marker: CaseIterable {
    case circle, square, triangle, diamond, invertedTriangle, bar, cross, plus

    /// The shapes that look different as an outline; without the bar, there are thirteen markers
    /// in all, which meet each of seven colours before any pair comes again.
    static let closed: [Marker] = [.circle, .square, .triangle, .diamond, .invertedTriangle]
  }

  /// Filled shapes and strokes, then outlines.
  private static let markers =
    Marker.allCases.map { (marker: $0, isHollow: false) }
    + Marker.closed.map { (marker: $0, isHollow: true) }

  /// The palette of Okabe and Ito without its yellow, which vanishes on white; black comes last.
  private static let colours = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000",
  ]
  /// What stands for a plot's colours where the ground is dark: ground, ink, rules and tint of a
  /// marked part, then the lines that would be hard to see; the other lines keep their colour.
  static let inTheDark: KeyValuePairs<String, String> = [
    "#ffffff": "#14171a", "#222222": "#e4e6e9", "#dddddd": "#353b42", "#eeeeee": "#252b31",
    "#000000": "#f4f4f4", "#0072b2": "#3f97d8", "#767676": "#9aa1a9",
  ]

  private static let dashPatterns = [nil, "9 4", "3 3", "10 3 3 3", "16 5"]
  private static let referenceDashes = ["1.5 4", "14 5"]

  /// The styles of some series.
  ///
  /// The cycles of colours, dashes and markers differ in length, so that dozens of methods stay
  /// distinct. References are grey, thin and without markers.
  static func styles(of series: [Plot.Series]) -> [PlotStyle] {
    var methods = 0
    var references = 0
    return series.map { series in
      if series.isReference {
        defer { references += 1 }
        return PlotStyle(
          colour: "#767676", dashes: referenceDashes[references % referenceDashes.count],
          width: 1.5, marker: nil, isHollow: false)
      }
      defer { methods += 1 }
      let (marker, isHollow) = markers[methods % markers.count]
      return PlotStyle(
        colour: colours[methods % colours.count],
        dashes: dashPatterns[methods % dashPatterns.count], width: 2,
        marker: marker, isHollow: isHollow)
    }
  }

  /// Attributes of a line in this style.
  var stroke: String {
    "stroke=\"\(colour)\" stroke-width=\"\(width.significant(2))\""
      + (dashes.map { " stroke-dasharray=\"\($0)\"" } ?? "")
  }

  /// The marker at a place; nil for a reference.
  func marker(x: Double, y: Double) -> String? {
    // A white rim keeps a marker apart from the lines that pass below it.
    let filled =
      isHollow
      ? "fill=\"#ffffff\" stroke=\"\(colour)\" stroke-width=\"1.6\""
      : "fill=\"\(colour)\" stroke=\"#ffffff\" stroke-width=\"0.8\""
    let drawn = "fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2\""
    func path(_ steps: [(String, Double, Double)], _ look: String) -> String {
      let data = steps.map { "\($0.0)\((x + $0.1).fixed(1)) \((y + $0.2).fixed(1))" }
      let end = look == filled ? "z" : ""
      return "<path d=\"\(data.joined())\(end)\" \(look)/>"
    }
    switch marker {
    case .circle:
      return "<circle cx=\"\(x.fixed(1))\" cy=\"\(y.fixed(1))\" r=\"4.3\" \(filled)/>"
    case .square:
      return path([("M", -4, -4), ("L", 4, -4), ("L", 4, 4), ("L", -4, 4)], filled)
    case .triangle: return path([("M", 0, -5.4), ("L", 5, 3.8), ("L", -5, 3.8)], filled)
    case .diamond:
      return path([("M", 0, -5.6), ("L", 5.2, 0), ("L", 0, 5.6), ("L", -5.2, 0)], filled)
    case .cross:
      return path([("M", -4, -4), ("L", 4, 4), ("M", -4, 4), ("L", 4, -4)], drawn)
    case .invertedTriangle: return path([("M", 0, 5.4), ("L", 5, -3.8), ("L", -5, -3.8)], filled)
    case .plus: return path([("M", -5, 0), ("L", 5, 0), ("M", 0, -5), ("L", 0, 5)], drawn)
    case .bar: return path([("M", -2, -5), ("L", 2, -5), ("L", 2, 5), ("L", -2, 5)], filled)
    case nil: return nil
    }
  }
}
