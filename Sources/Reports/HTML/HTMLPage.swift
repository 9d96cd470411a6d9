/// A page that needs nothing but itself: style and script stand inside, nothing is fetched.
struct HTMLPage {
  /// Title of the browser's window.
  let title: String
  /// What the page is about, in a sentence.
  let summary: String
  /// Further facts for programs.
  var facts: [PageFact] = []
  /// What stands on the page.
  let content: [Markup]

  /// The whole file.
  var text: String {
    let head: [Markup] =
      [
        .text("\n"), .void("meta", ["charset": "utf-8"]),
        .void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
        .void("meta", ["name": "color-scheme", "content": "light dark"]),
        .void("meta", ["name": "description", "content": summary]),
      ]
      + facts.map { .void("meta", ["name": $0.name, "content": $0.value]) }
      + [
        // A browser would ask for a picture of the page otherwise.
        .void("link", ["rel": "icon", "href": "data:,"]),
        .element("title", title), .text("\n"), .verbatim("style", PageStyle.text),
      ]
    let body: [Markup] = [
      .text("\n"), .element("main", [.text("\n")] + content), .text("\n"),
      .verbatim("script", PageScript.text),
    ]
    let page = Markup.element(
      "html", ["lang": "en"], [.element("head", head), .text("\n"), .element("body", body)])
    return "<!DOCTYPE html>\n\(page.characters)\n"
  }
}

/// A fact about an experiment that its page keeps for programs, as a `meta` element of one line.
struct PageFact: Equatable {
  /// Name of a fact; the raw value stands in the file.
  enum Name: String {
    case finishedTrials = "crossbit-finished-trials"
    case plannedTrials = "crossbit-planned-trials"
    case lastRecord = "crossbit-last-record"
  }

  let name: String
  let value: String

  init(_ name: Name, _ value: String) {
    self.name = name.rawValue
    self.value = value
  }
}
