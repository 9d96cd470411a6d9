/// A line of precision and recall, with every convention that moves it in its name.
///
/// Names: `PR(radius,micro)`, `PR(radius,macro)`, `PR(rank,11)`, `PR(top,1,10,100)`.
public enum RetrievalCurve: Sendable, Hashable {
  /// Precision and recall of the Hamming balls of radius 0 … K; an empty ball has precision 0.
  ///
  /// With `stopsEarly` the last radius, where recall is 1, is left out (legacy: HABIR and DCMH's
  /// MATLAB code).
  case radius(Average, stopsEarly: Bool)
  /// The greatest precision at or beyond each of `levels` evenly spaced levels of recall from 0 to
  /// 1, a mean over queries.
  ///
  /// Interpolation has no simple expectation over tie orders, so there is no expected line.
  case rank(levels: Int)
  /// Precision and recall of the first k items, a mean over queries.
  case top([Int])

  /// How queries enter a curve by radius.
  public enum Average: String, Sendable, CaseIterable, Hashable {
    /// All query–item pairs are pooled.
    case micro
    /// The values of the answerable queries are averaged.
    case macro
  }
}

/// A tie rule.
public enum TieOrder: String, Sendable, Codable, CaseIterable, Hashable {
  /// Mean over all orders inside ties.
  case expected
  /// The order that gives the least value.
  case worst
  /// The order that gives the greatest value.
  case best
  /// Database order, as a stable sort keeps it.
  case databaseOrder
}

extension RetrievalCurve: CustomStringConvertible, Codable {
  /// The name, which reads back as the same curve.
  public var description: String {
    switch self {
    case .radius(let average, let stopsEarly):
      "PR(radius,\(average.rawValue)\(stopsEarly ? ",stop=K-1" : ""))"
    case .rank(let levels): "PR(rank,\(levels))"
    case .top(let cutoffs): "PR(top,\(cutoffs.map(String.init).joined(separator: ",")))"
    }
  }

  /// Reads a name such as `PR(rank,11)`.
  ///
  /// - Throws: `RetrievalError.unknownCurve` when the name means nothing.
  public init(name: String) throws(RetrievalError) {
    guard let curve = Self.parse(name) else { throw .unknownCurve(name) }
    self = curve
  }

  private static func parse(_ name: String) -> RetrievalCurve? {
    guard var options = MeasureName(name), options.base == "PR", options.cutoff == nil else {
      return nil
    }
    if options.take(flag: "radius") {
      let stopsEarly = options.take(flag: "stop=K-1")
      for average in Average.allCases where options.take(flag: average.rawValue) {
        return options.isEmpty ? .radius(average, stopsEarly: stopsEarly) : nil
      }
      return nil
    }
    let isRank = options.take(flag: "rank")
    guard isRank || options.take(flag: "top") else { return nil }
    let texts = options.takeAll()
    let numbers = texts.compactMap { Int($0) }
    guard numbers.count == texts.count, let first = numbers.first else { return nil }
    guard isRank else { return .top(numbers) }
    return numbers.count == 1 ? .rank(levels: first) : nil
  }

  /// Reads the name.
  ///
  /// - Throws: `DecodingError` for anything else.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    do {
      try self.init(name: name)
    } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
    }
  }

  /// Writes the name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
