extension Plot {
  private enum Layout {
    static let left = 64.0
    static let top = 36.0
    static let width = 460.0
    static let height = 300.0
    static let bottom = 52.0
    static let legendGap = 20.0
    static let legendRow = 20.0
    /// Mean width of a letter of 12 px sans-serif, on the generous side.
    static let letterWidth = 6.8
    /// More markers than this on one line melt into a band.
    static let markerLimit = 12
  }

  /// Mid tones that keep their contrast on white and on black (after Okabe and Ito).
  private static let colours = [
    "#0b7bc1", "#d55e00", "#009e73", "#cc79a7", "#b58900", "#3aa6dd", "#8b6fc9", "#7a8b00",
  ]
  private static let grey = "#808080"

  /// The plot as an SVG document with a transparent background; equal plots give equal bytes.
  var svg: String {
    let longestName = series.map(\.name.count).max() ?? 0
    let width =
      Layout.left + Layout.width + Layout.legendGap + 34 + Double(longestName) * Layout.letterWidth
    let height = max(
      Layout.top + Layout.height + Layout.bottom,
      Layout.top + Double(series.count + 1) * Layout.legendRow)
    let size = "\(width.rounded(.up).fixed(0)) \(height.fixed(0))"
    let sides = size.split(separator: " ")
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="\(sides[0])" height="\(sides[1])" \
      viewBox="0 0 \(size)" font-family="sans-serif" font-size="12" fill="\(Self.grey)">
      <title>\(title.xmlEscaped)</title>
      \(text(title, x: Layout.left + Layout.width / 2, y: 20, anchor: "middle", size: 14))
      \(axes)
      \(series.indices.map { line(at: $0) }.joined(separator: "\n"))
      \(series.indices.map { legend(at: $0) }.joined(separator: "\n"))
      </svg>

      """
  }

  private func x(_ value: Double) -> Double {
    Layout.left + xScale.position(of: value) * Layout.width
  }

  private func y(_ value: Double) -> Double {
    Layout.top + (1 - yScale.position(of: value)) * Layout.height
  }

  private var axes: String {
    let bottom = Layout.top + Layout.height
    var lines: [String] = []
    for tick in yScale.ticks {
      lines.append(rule(from: (Layout.left, y(tick)), to: (Layout.left + Layout.width, y(tick))))
      lines.append(
        text(yScale.label(of: tick), x: Layout.left - 8, y: y(tick) + 4, anchor: "end"))
    }
    for tick in xScale.ticks {
      lines.append(rule(from: (x(tick), Layout.top), to: (x(tick), bottom)))
      lines.append(text(xScale.label(of: tick), x: x(tick), y: bottom + 18, anchor: "middle"))
    }
    lines.append(
      "<rect x=\"\(Layout.left.fixed(1))\" y=\"\(Layout.top.fixed(1))\" "
        + "width=\"\(Layout.width.fixed(1))\" height=\"\(Layout.height.fixed(1))\" fill=\"none\" "
        + "stroke=\"\(Self.grey)\"/>")
    lines.append(
      text(xLabel, x: Layout.left + Layout.width / 2, y: bottom + 40, anchor: "middle"))
    let middle = (Layout.top + Layout.height / 2).fixed(1)
    lines.append(
      "<text x=\"16.0\" y=\"\(middle)\" text-anchor=\"middle\" "
        + "transform=\"rotate(-90 16 \(middle))\">\(yLabel.xmlEscaped)</text>")
    return lines.joined(separator: "\n")
  }

  private func line(at index: Int) -> String {
    let series = series[index]
    let path = series.points.map { "\(x($0.x).fixed(1)),\(y($0.y).fixed(1))" }
    let dash = series.isReference ? " stroke-dasharray=\"6 4\"" : ""
    let step = (series.points.count - 1) / Layout.markerLimit + 1
    let line =
      "<polyline points=\"\(path.joined(separator: " "))\" fill=\"none\" "
      + "stroke=\"\(colour(at: index))\" stroke-width=\"2\"\(dash)/>"
    guard !series.isReference else { return line }
    let markers = series.points.enumerated().filter { $0.offset % step == 0 }.map {
      marker(at: index, x: x($0.element.x), y: y($0.element.y))
    }
    return ([line] + markers).joined(separator: "\n")
  }

  private func legend(at index: Int) -> String {
    let left = Layout.left + Layout.width + Layout.legendGap
    let middle = Layout.top + (Double(index) + 0.5) * Layout.legendRow
    let dash = series[index].isReference ? " stroke-dasharray=\"6 4\"" : ""
    let sample =
      "<line x1=\"\(left.fixed(1))\" y1=\"\(middle.fixed(1))\" x2=\"\((left + 24).fixed(1))\" "
      + "y2=\"\(middle.fixed(1))\" stroke=\"\(colour(at: index))\" stroke-width=\"2\"\(dash)/>"
    let name = text(series[index].name, x: left + 30, y: middle + 4, anchor: "start")
    guard !series[index].isReference else { return sample + "\n" + name }
    return [sample, marker(at: index, x: left + 12, y: middle), name].joined(separator: "\n")
  }

  /// References are grey; methods take the colours in turn.
  private func colour(at index: Int) -> String {
    guard !series[index].isReference else { return Self.grey }
    let place = series[..<index].count { !$0.isReference }
    return Self.colours[place % Self.colours.count]
  }

  /// Shapes differ too, for readers and printers that do not see colours.
  private func marker(at index: Int, x: Double, y: Double) -> String {
    let fill = "fill=\"\(colour(at: index))\""
    switch series[..<index].count(where: { !$0.isReference }) % 4 {
    case 0: return "<circle cx=\"\(x.fixed(1))\" cy=\"\(y.fixed(1))\" r=\"4\" \(fill)/>"
    case 1:
      return "<rect x=\"\((x - 3.5).fixed(1))\" y=\"\((y - 3.5).fixed(1))\" width=\"7\" "
        + "height=\"7\" \(fill)/>"
    case 2: return polygon([(x, y - 5), (x + 5, y + 3.5), (x - 5, y + 3.5)], fill)
    default: return polygon([(x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)], fill)
    }
  }

  private func polygon(_ corners: [(Double, Double)], _ fill: String) -> String {
    let points = corners.map { "\($0.0.fixed(1)),\($0.1.fixed(1))" }.joined(separator: " ")
    return "<polygon points=\"\(points)\" \(fill)/>"
  }

  private func rule(from start: (Double, Double), to end: (Double, Double)) -> String {
    "<line x1=\"\(start.0.fixed(1))\" y1=\"\(start.1.fixed(1))\" x2=\"\(end.0.fixed(1))\" "
      + "y2=\"\(end.1.fixed(1))\" stroke=\"\(Self.grey)\" stroke-opacity=\"0.25\"/>"
  }

  private func text(
    _ text: String, x: Double, y: Double, anchor: String, size: Int = 12
  ) -> String {
    "<text x=\"\(x.fixed(1))\" y=\"\(y.fixed(1))\" text-anchor=\"\(anchor)\" "
      + "font-size=\"\(size)\">\(text.xmlEscaped)</text>"
  }
}

extension String {
  /// The text with the characters that XML reserves written as entities.
  var xmlEscaped: String {
    map { character in
      switch character {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      default: String(character)
      }
    }.joined()
  }
}
