import ExperimentKit

/// The knobs of one method variant, folded away under its name.
enum ConfigurationBlock {
  /// The block in Markdown.
  static func markdown(of subject: ReportSubject) -> String {
    """
    <details><summary>\(summary(of: subject))</summary>

    ```json
    \(indented(subject.subject.configuration))
    ```

    </details>

    """
  }

  /// The block in HTML.
  static func markup(of subject: ReportSubject) -> Markup {
    .folded(
      summary(of: subject),
      [
        .element(
          "pre", ["tabindex": "0"],
          [.element("code", indented(subject.subject.configuration))])
      ])
  }

  private static func summary(of subject: ReportSubject) -> String {
    let standing = subject.isReference ? "reference point" : subject.fidelityText
    return "\(subject.title): \(standing), algorithm version \(subject.subject.algorithmVersion)"
  }

  /// JSON without white space broken into lines; numbers keep their digits, as none is read.
  static func indented(_ json: String) -> String {
    var text = ""
    var depth = 0
    var isInString = false
    var isEscaped = false
    var characters = json.makeIterator()
    var next = characters.next()
    while let character = next {
      next = characters.next()
      if isInString {
        text.append(character)
        isInString = isEscaped || character != "\""
        isEscaped = !isEscaped && character == "\\"
        continue
      }
      switch character {
      case "{", "[":
        text.append(character)
        if next == "}" || next == "]" {
          // An empty object or list stays on its line.
          next.map { text.append($0) }
          next = characters.next()
        } else {
          depth += 1
          text += lineBreak(depth)
        }
      case "}", "]":
        depth -= 1
        text += lineBreak(depth) + String(character)
      case ",": text += "," + lineBreak(depth)
      case ":": text += ": "
      default:
        isInString = character == "\""
        text.append(character)
      }
    }
    return text
  }

  private static func lineBreak(_ depth: Int) -> String {
    "\n" + String(repeating: "  ", count: max(depth, 0))
  }
}
