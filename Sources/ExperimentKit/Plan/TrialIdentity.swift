import CrossModalData
import Foundation

/// Exactly what decides which codes a trial ends with; nothing else may enter its identifier.
///
/// Measures, display names and the other seeds or methods of the experiment stay outside, so that
/// changing one of them trains nothing again.
package struct TrialIdentity: Sendable, Hashable, Codable {
  /// SHA-256 of the data set's file.
  package var dataset: String
  /// SHA-256 over the three index lists of the split.
  package var split: String
  /// Identifier of the method or reference point.
  package var method: String
  /// Name of the configuration; follows from the configuration.
  package var variant: String
  /// All knobs as canonical JSON.
  package var configuration: String
  /// Version of the algorithm.
  package var algorithmVersion: Int
  /// Code length K.
  package var bits: Int
  /// Seed.
  package var seed: UInt64

  /// Hexadecimal digits of the digest in a name: 64 bits, enough for any number of trials.
  private static let digestPrefix = 16

  /// A readable name that ends with the digest: `dbrh-linear-16-bits-seed-1-0123456789abcdef`.
  package var identifier: String {
    let words = [method, variant, "\(bits)-bits", "seed-\(seed)", digest]
    return words.map(Self.slug).filter { !$0.isEmpty }.joined(separator: "-")
  }

  private var digest: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      let json = String(decoding: try encoder.encode(self), as: UTF8.self)
      return String(SHA256.hexDigest(of: json).prefix(Self.digestPrefix))
    } catch {
      preconditionFailure("strings and integers cannot be written as JSON: \(error)")
    }
  }

  /// Lower-case ASCII letters and digits, hyphens for everything else: safe in a file name.
  private static func slug(_ text: String) -> String {
    let characters = text.lowercased().map { character in
      character.isASCII && (character.isLetter || character.isNumber) ? character : "-"
    }
    return String(characters).split(separator: "-").joined(separator: "-")
  }
}

extension TrialIdentity {
  /// The identity of a cell of the grid.
  init(material: TrialMaterial, subject: TrialSubject, bits: Int, seed: UInt64) {
    self.init(
      dataset: material.datasetDigest, split: material.splitDigest, method: subject.method,
      variant: subject.variant, configuration: subject.configuration,
      algorithmVersion: subject.algorithmVersion, bits: bits, seed: seed)
  }

  /// The identity that a record claims.
  package init(of record: TrialRecord) {
    self.init(
      dataset: record.dataset.digest, split: record.split.digest, method: record.subject.method,
      variant: record.subject.variant, configuration: record.subject.configuration,
      algorithmVersion: record.subject.algorithmVersion, bits: record.bits, seed: record.seed)
  }
}
