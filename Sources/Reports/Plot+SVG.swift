extension Plot {
  private enum Layout {
    static let left = 64.0
    static let top = 36.0
    static let width = 460.0
    static let leastHeight = 300.0
    /// A plot of many lines grows with its legend up to this height.
    static let greatestHeight = 480.0
    static let bottom = 52.0
    static let legendGap = 20.0
    static let legendRow = 20.0
    /// Long enough for every pattern of dashes to show itself.
    static let sampleWidth = 40.0
    /// Mean width of a letter of 12 px sans-serif, on the generous side.
    static let letterWidth = 6.8
    /// More markers than this on one line melt into a band.
    static let markerLimit = 12
  }

  /// Nearly black on white, with the plot as a sheet of its own, so that it prints.
  private static let ink = "#222222"
  private static let paper = "#ffffff"

  /// The plot as an SVG document on white; equal plots give equal bytes.
  var svg: String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      + document(attributes: "", opening: "<title>\(title.xmlEscaped)</title>\n")
  }

  /// The plot as an element of a page, with words for readers who do not see it.
  var inlineSVG: String {
    let names = series.map(\.name).joined(separator: ", ")
    let words = "Plot: \(title), \(yLabel) against \(xLabel), of \(names)"
    return document(attributes: " role=\"img\" aria-label=\"\(words.xmlEscaped)\"", opening: "")
  }

  private func document(attributes: String, opening: String) -> String {
    let longestName = series.map(\.name.count).max() ?? 0
    let width =
      Layout.left + Layout.width + Layout.legendGap + Layout.sampleWidth + 14
      + Double(longestName) * Layout.letterWidth
    let height = max(
      Layout.top + plotHeight + Layout.bottom,
      Layout.top + Double(series.count + 1) * Layout.legendRow)
    let size = "\(width.rounded(.up).fixed(0)) \(height.fixed(0))"
    let sides = size.split(separator: " ")
    let styles = PlotStyle.styles(of: series)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(sides[0])" height="\(sides[1])" \
      viewBox="0 0 \(size)" font-family="sans-serif" font-size="12" fill="\(Self.ink)"\(attributes)>
      \(opening)<rect width="\(sides[0])" height="\(sides[1])" fill="\(Self.paper)"/>
      \(text(title, x: Layout.left + Layout.width / 2, y: 20, anchor: "middle", size: 14))
      \(axes)
      \(series.indices.map { line(at: $0, styles[$0]) }.joined(separator: "\n"))
      \(series.indices.map { legend(at: $0, styles[$0]) }.joined(separator: "\n"))
      </svg>

      """
  }

  private var plotHeight: Double {
    let legend = Double(series.count) * Layout.legendRow
    return min(max(Layout.leastHeight, legend), Layout.greatestHeight)
  }

  private func x(_ value: Double) -> Double {
    Layout.left + xScale.position(of: value) * Layout.width
  }

  private func y(_ value: Double) -> Double {
    Layout.top + (1 - yScale.position(of: value)) * plotHeight
  }

  private var axes: String {
    let bottom = Layout.top + plotHeight
    var lines: [String] = []
    if let marked {
      let left = max(x(marked.lowerBound), Layout.left)
      let right = min(x(marked.upperBound), Layout.left + Layout.width)
      lines.append(
        "<rect x=\"\(left.fixed(1))\" y=\"\(Layout.top.fixed(1))\" "
          + "width=\"\(max(right - left, 0).fixed(1))\" height=\"\(plotHeight.fixed(1))\" "
          + "fill=\"#eeeeee\"/>")
    }
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
        + "width=\"\(Layout.width.fixed(1))\" height=\"\(plotHeight.fixed(1))\" fill=\"none\" "
        + "stroke=\"\(Self.ink)\"/>")
    lines.append(
      text(xLabel, x: Layout.left + Layout.width / 2, y: bottom + 40, anchor: "middle"))
    let middle = (Layout.top + plotHeight / 2).fixed(1)
    lines.append(
      "<text x=\"16.0\" y=\"\(middle)\" text-anchor=\"middle\" "
        + "transform=\"rotate(-90 16 \(middle))\">\(yLabel.xmlEscaped)</text>")
    return lines.joined(separator: "\n")
  }

  private func line(at index: Int, _ style: PlotStyle) -> String {
    let points = series[index].points
    let path = points.map { "\(x($0.x).fixed(1)),\(y($0.y).fixed(1))" }
    let line =
      !joinsPoints
      ? nil
      : "<polyline points=\"\(path.joined(separator: " "))\" fill=\"none\" \(style.stroke) "
        + "stroke-linejoin=\"round\"/>"
    // Each series starts elsewhere, so that markers of close lines do not hide each other.
    let step = (points.count - 1) / Layout.markerLimit + 1
    let markers = points.enumerated().filter { ($0.offset + index) % step == 0 }.compactMap {
      style.marker(x: x($0.element.x), y: y($0.element.y))
    }
    return ([line].compactMap(\.self) + markers).joined(separator: "\n")
  }

  private func legend(at index: Int, _ style: PlotStyle) -> String {
    let left = Layout.left + Layout.width + Layout.legendGap
    let right = left + Layout.sampleWidth
    let middle = Layout.top + (Double(index) + 0.5) * Layout.legendRow
    let sample =
      !joinsPoints
      ? nil
      : "<line x1=\"\(left.fixed(1))\" y1=\"\(middle.fixed(1))\" x2=\"\(right.fixed(1))\" "
        + "y2=\"\(middle.fixed(1))\" \(style.stroke)/>"
    let name = text(series[index].name, x: right + 6, y: middle + 4, anchor: "start")
    return [sample, style.marker(x: (left + right) / 2, y: middle), name].compactMap { $0 }
      .joined(separator: "\n")
  }

  private func rule(from start: (Double, Double), to end: (Double, Double)) -> String {
    "<line x1=\"\(start.0.fixed(1))\" y1=\"\(start.1.fixed(1))\" x2=\"\(end.0.fixed(1))\" "
      + "y2=\"\(end.1.fixed(1))\" stroke=\"#dddddd\"/>"
  }

  private func text(
    _ text: String, x: Double, y: Double, anchor: String, size: Int = 12
  ) -> String {
    "<text x=\"\(x.fixed(1))\" y=\"\(y.fixed(1))\" text-anchor=\"\(anchor)\" "
      + "font-size=\"\(size)\">\(text.xmlEscaped)</text>"
  }
}

extension String {
  /// The text with the characters that XML reserves written as entities; control characters, which
  /// XML has no way to write, become U+FFFD.
  var xmlEscaped: String {
    // By scalars: an & with an accent is still an & to XML.
    var text = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "\t", "\n", "\r": text.unicodeScalars.append(scalar)
      case "\u{0}"..<" ", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": text += "\u{FFFD}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
