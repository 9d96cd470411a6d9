import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A page read as XML, which fails where an element is not closed.
struct PageElements {
  /// An element with the words inside it, those of its children included.
  struct Element {
    let name: String
    let attributes: [String: String]
    fileprivate(set) var text = ""
  }

  /// What is wrong with the page.
  struct NotWellFormed: Error { let reason: String }

  /// All elements in the order in which they open.
  let all: [Element]

  init(_ page: String) throws {
    let collector = Collector()
    let parser = XMLParser(data: Data(page.utf8))
    parser.delegate = collector
    guard parser.parse() else {
      throw NotWellFormed(
        reason: "line \(parser.lineNumber): \(String(describing: parser.parserError))")
    }
    all = collector.elements
  }

  func named(_ name: String) -> [Element] { all.filter { $0.name == name } }

  /// Values of an attribute wherever it stands.
  func values(of attribute: String) -> [String] { all.compactMap { $0.attributes[attribute] } }
}

private final class Collector: NSObject, XMLParserDelegate {
  private(set) var elements: [PageElements.Element] = []
  private var open: [Int] = []

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
    qualifiedName qName: String?, attributes attributeDict: [String: String] = [:]
  ) {
    open.append(elements.count)
    elements.append(.init(name: elementName, attributes: attributeDict))
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    for index in open { elements[index].text += string }
  }

  func parser(
    _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?,
    qualifiedName qName: String?
  ) {
    open.removeLast()
  }
}
