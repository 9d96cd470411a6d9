import Foundation

extension Double {
  /// The number with a fixed number of decimals and a point, in every locale.
  package func fixed(_ decimals: Int) -> String {
    let text = String(format: "%.\(decimals)f", self)
    // A tiny negative number must not print as −0: it would differ from 0 in name only.
    return text.hasPrefix("-") && text.allSatisfy { "-0.".contains($0) }
      ? String(text.dropFirst()) : text
  }

  /// The number with at most this many significant digits, `1.5e-07` where it is very small.
  package func significant(_ digits: Int) -> String { String(format: "%.\(digits)g", self) }

  /// The number with a sign, as gaps are printed; a zero has none.
  package func signed(_ decimals: Int) -> String {
    let text = fixed(decimals)
    return self > 0 && text.contains { "123456789".contains($0) } ? "+\(text)" : text
  }
}

extension SeedSummary {
  /// Mean and standard deviation, `0.2534 ± 0.0012`, or the mean alone for one seed.
  func text(decimals: Int = 4) -> String {
    guard let standardDeviation else { return mean.fixed(decimals) }
    return "\(mean.fixed(decimals)) ± \(standardDeviation.fixed(decimals))"
  }
}

extension String {
  /// Lower-case letters, digits and single hyphens: a file name from any text.
  var slug: String {
    lowercased().unicodeScalars.map { scalar in
      ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) ? Character(scalar) : " "
    }
    .split(separator: " ").map { String($0) }.joined(separator: "-")
  }

  /// The first twelve characters of a digest: enough to tell data sets and splits apart.
  var shortDigest: String { String(prefix(12)) }
}
