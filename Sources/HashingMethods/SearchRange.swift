import Tensors

/// A knob that `crossbit tune` may change, and how a candidate is drawn.
public struct SearchRange<Configuration: Sendable>: Sendable {
  /// The knob as a manifest writes it, such as `labelWeight`.
  public let knob: String
  /// What may be drawn, for people.
  public let candidates: String
  /// Draws a value: changes the configuration and returns the value as Swift source.
  let draw: @Sendable (inout Configuration, inout RandomStream) -> String

  /// One of some values, all alike.
  ///
  /// - Parameters:
  ///   - knob: Name of the property.
  ///   - keyPath: The property.
  ///   - values: The candidates, at least one.
  /// - Returns: The range.
  public static func values<Value: Sendable>(
    _ knob: String, _ keyPath: any WritableKeyPath<Configuration, Value> & Sendable,
    _ values: [Value]
  ) -> SearchRange {
    precondition(!values.isEmpty, "the search range of \(knob) is empty")
    return SearchRange(
      knob: knob, candidates: values.map(swiftSource).joined(separator: ", ")
    ) { configuration, random in
      let value = values[Int.random(in: values.indices, using: &random)]
      configuration[keyPath: keyPath] = value
      return swiftSource(of: value)
    }
  }
}

/// A value as a manifest writes it, where its type is known: `0.1`, `true`, `.jaccard`,
/// `.logSpaced(from: 0.001, to: 1e-05)`.
func swiftSource(of value: some Any) -> String {
  switch value {
  case is Int, is Double, is Float, is Bool, is [Int], is [Double]: "\(value)"
  default: ".\(value)"
  }
}
