import CrossModalData
package import Foundation

/// A trial record as bytes: JSON whose last member is the SHA-256 of everything before it.
package enum RecordFile {
  private static let digestDigits = 64
  private static let digestOpening = #","sha256":""#
  private static let digestClosing = "\"}\n"

  /// Why bytes are no intact record.
  package enum Damage: Error, Equatable, CustomStringConvertible {
    /// The digest is missing: the end of the file is lost.
    case truncated
    /// The digest does not fit the content.
    case altered
    /// The content is intact but no record of this format.
    case unreadable(String)

    /// What is wrong, for the end of a sentence.
    package var description: String {
      switch self {
      case .truncated: "its end is missing"
      case .altered: "its content does not fit its digest"
      case .unreadable(let reason): "it is no record of this version (\(reason))"
      }
    }
  }

  /// Writes a record as bytes; equal records give equal bytes.
  package static func encode(_ record: TrialRecord) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    var data = try encoder.encode(record)
    data.removeLast()
    let digest = hexDigest(data)
    data.append(contentsOf: "\(digestOpening)\(digest)\(digestClosing)".utf8)
    return data
  }

  /// Reads a record back.
  ///
  /// - Throws: ``Damage`` when a byte is missing or changed.
  package static func decode(_ data: Data) throws(Damage) -> TrialRecord {
    let tailLength = digestOpening.utf8.count + digestDigits + digestClosing.utf8.count
    guard data.count > tailLength else { throw .truncated }
    let content = data.prefix(data.count - tailLength)
    let tail = String(decoding: data.suffix(tailLength), as: UTF8.self)
    guard tail.hasPrefix(digestOpening), tail.hasSuffix(digestClosing) else { throw .truncated }
    guard tail == "\(digestOpening)\(hexDigest(content))\(digestClosing)" else { throw .altered }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      let record = try decoder.decode(TrialRecord.self, from: data)
      guard record.format == TrialRecord.currentFormat else {
        throw Damage.unreadable("format \(record.format)")
      }
      return record
    } catch let damage as Damage {
      throw damage
    } catch {
      throw .unreadable("\(error)")
    }
  }

  private static func hexDigest(_ data: Data) -> String {
    var digest = SHA256()
    data.withUnsafeBytes { digest.update($0) }
    return digest.hexDigest()
  }
}
