extension Measure: CustomStringConvertible {
  /// The name, which reads back as the same measure.
  public var description: String {
    let (base, options) = parts
    let all = options + (mean == .answerable ? [] : [mean.rawValue])
    return all.isEmpty ? base : "\(base)(\(all.joined(separator: ",")))"
  }

  private var parts: (base: String, options: [String]) {
    switch kind {
    case .averagePrecision: ("mAP@all", [])
    case .averagePrecisionAt(.rank(let k), let divisor): ("mAP@\(k)", ["div=\(divisor.rawValue)"])
    case .averagePrecisionAt(.queryCount, let divisor):
      ("mAP@queries", ["div=\(divisor.rawValue)"])
    case .averagePrecisionAtR: ("MAP@R", [])
    case .precision(let k): ("P@\(k)", [])
    case .recall(let k): ("R@\(k)", [])
    case .lookup(let radius, let value, let emptyBall):
      ("lookup", ["r=\(radius)", value.rawValue] + (emptyBall == .zero ? [] : ["empty=skip"]))
    case .normalizedDiscountedGain(let k, let gain):
      ("NDCG@\(k.map(String.init) ?? "all")", gain == .exponential ? [] : ["gain=linear"])
    case .averageGain(let k): ("ACG@\(k)", [])
    case .weightedAveragePrecision: ("WAP", [])
    }
  }
}

extension Measure {
  /// Reads a name such as `mAP@5000(div=hits)`; options may come in any order.
  ///
  /// - Throws: `RetrievalError.unknownMeasure` when the name means nothing or leaves out what
  ///   moves the number, such as the divisor of `mAP@5000`.
  public init(name: String) throws(RetrievalError) {
    guard var options = MeasureName(name), let kind = Self.kind(&options) else {
      throw .unknownMeasure(name)
    }
    var mean = QueryMean.answerable
    for rule in QueryMean.allCases where options.take(flag: rule.rawValue) {
      // Two rules for one mean contradict each other.
      guard mean == .answerable else { throw .unknownMeasure(name) }
      mean = rule
    }
    guard options.isEmpty else { throw .unknownMeasure(name) }
    self.init(kind, mean: mean)
  }

  private static func kind(_ name: inout MeasureName) -> Kind? {
    switch (name.base, name.cutoff) {
    case ("mAP", "all"): .averagePrecision
    case ("mAP", let cutoff?):
      switch (name.take("div").flatMap(Divisor.init), cutoff, Int(cutoff)) {
      case (let divisor?, "queries", _): .averagePrecisionAt(.queryCount, divisor: divisor)
      case (let divisor?, _, let k?): .averagePrecisionAt(.rank(k), divisor: divisor)
      default: nil
      }
    case ("MAP", "R"): .averagePrecisionAtR
    case ("P", let cutoff?): Int(cutoff).map { .precision(k: $0) }
    case ("R", let cutoff?): Int(cutoff).map { .recall(k: $0) }
    case ("ACG", let cutoff?): Int(cutoff).map { .averageGain(k: $0) }
    case ("WAP", nil): .weightedAveragePrecision
    case ("lookup", nil): lookup(&name)
    case ("NDCG", let cutoff?):
      switch (name.take("gain", default: .exponential) as Gain?, cutoff, Int(cutoff)) {
      case (let gain?, "all", _): .normalizedDiscountedGain(k: nil, gain: gain)
      case (let gain?, _, let k?): .normalizedDiscountedGain(k: k, gain: gain)
      default: nil
      }
    default: nil
    }
  }

  private static func lookup(_ name: inout MeasureName) -> Kind? {
    guard let radius = name.take("r").flatMap({ Int($0) }),
      let emptyBall: EmptyBall = name.take("empty", default: .zero)
    else { return nil }
    for value in LookupValue.allCases where name.take(flag: value.rawValue) {
      // The share of empty balls without the empty ones would always be 0.
      guard value != .empty || emptyBall == .zero else { return nil }
      return .lookup(radius: radius, value, emptyBall: emptyBall)
    }
    return nil
  }
}

/// A name taken apart: `base@cutoff(option,key=value)`.
struct MeasureName {
  let base: String
  let cutoff: String?
  private var options: [String]

  init?(_ name: String) {
    var head = Substring(name)
    options = []
    if let open = name.firstIndex(of: "(") {
      guard name.last == ")" else { return nil }
      head = name[..<open]
      options = name[name.index(after: open)...].dropLast()
        .split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let parts = head.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    base = String(parts[0])
    cutoff = parts.count > 1 ? String(parts[1]) : nil
  }

  /// Whether every option has been taken.
  var isEmpty: Bool { options.isEmpty }

  /// Takes `flag` out of the options.
  mutating func take(flag: String) -> Bool {
    guard let index = options.firstIndex(of: flag) else { return false }
    options.remove(at: index)
    return true
  }

  /// Takes `key=value` out of the options.
  mutating func take(_ key: String) -> String? {
    guard let index = options.firstIndex(where: { $0.hasPrefix(key + "=") }) else { return nil }
    return String(options.remove(at: index).dropFirst(key.count + 1))
  }

  /// Takes `key=value` out of the options: the default without the key, nil for a wrong value.
  mutating func take<Value: RawRepresentable<String>>(
    _ key: String, default value: Value
  ) -> Value? {
    guard let text = take(key) else { return value }
    return Value(rawValue: text)
  }

  /// Takes the options that are left.
  mutating func takeAll() -> [String] {
    defer { options = [] }
    return options
  }
}

extension Measure: Codable {
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
