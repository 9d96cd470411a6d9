/// A piece of a page: HTML in which every element is closed, so that it is well-formed XML too.
///
/// Names of methods, labels and files come from users. They enter as ``text(_:)`` or as the value of
/// an attribute and are escaped there; names of elements and attributes are literals of the program.
struct Markup: Sendable {
  /// The finished characters.
  let characters: String

  private init(characters: String) {
    self.characters = characters
  }

  /// Words, with what HTML reserves written as entities.
  static func text(_ words: String) -> Markup {
    Markup(characters: words.xmlEscaped)
  }

  /// Pieces one after the other.
  static func joined(_ pieces: [Markup]) -> Markup {
    Markup(characters: pieces.map(\.characters).joined())
  }

  /// A plot, whose words were escaped as it was drawn.
  static func plot(_ plot: Plot) -> Markup {
    Markup(characters: plot.inlineSVG)
  }

  /// An element around other pieces.
  static func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>, _ children: [Markup]
  ) -> Markup {
    let opening = "<\(name)\(list(attributes))>"
    return Markup(characters: "\(opening)\(joined(children).characters)</\(name)>")
  }

  /// An element around words.
  static func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>, _ words: String
  ) -> Markup {
    element(name, attributes, [.text(words)])
  }

  /// An element without attributes around other pieces.
  static func element(_ name: StaticString, _ children: [Markup]) -> Markup {
    element(name, [:], children)
  }

  /// An element without attributes around words.
  static func element(_ name: StaticString, _ words: String) -> Markup {
    element(name, [:], [.text(words)])
  }

  /// One of the elements of HTML that never have content, such as `meta`.
  static func void(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>
  ) -> Markup {
    Markup(characters: "<\(name)\(list(attributes))/>\n")
  }

  /// The style sheet or the script of a page, which a browser reads without resolving entities.
  ///
  /// - Precondition: the content has nothing that XML reserves, nor the end of an element.
  static func verbatim(_ name: StaticString, _ content: String) -> Markup {
    precondition(
      !content.contains { "<&".contains($0) }, "\(name) holds a < or an &, which XML reserves")
    return Markup(characters: "<\(name)>\n\(content)</\(name)>\n")
  }

  private static func list(_ attributes: KeyValuePairs<StaticString, String>) -> String {
    attributes.map { " \($0.key)=\"\($0.value.xmlEscaped)\"" }.joined()
  }
}

extension Markup {
  /// Words that open and close a part of the page.
  static func folded(_ summary: String, _ pieces: [Markup]) -> Markup {
    .joined([
      .element("details", [.element("summary", summary)] + pieces), .text("\n"),
    ])
  }

  /// A paragraph.
  static func paragraph(_ pieces: [Markup]) -> Markup {
    .joined([.element("p", pieces), .text("\n")])
  }

  /// Small print, such as a protocol.
  static func smallPrint(_ words: String) -> Markup {
    .joined([.element("p", ["class": "small"], words), .text("\n")])
  }

  /// Items with dots.
  static func list(_ items: [String]) -> Markup { list(items.map { [.text($0)] }) }

  /// Items with dots.
  static func list(_ items: [[Markup]]) -> Markup {
    .joined([.element("ul", items.map { .element("li", $0) }), .text("\n")])
  }

  /// A heading that can be linked to.
  static func section(_ title: String, identifier: String) -> Markup {
    .joined([.element("h2", ["id": identifier], title), .text("\n")])
  }
}
