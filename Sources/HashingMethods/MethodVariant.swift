import Foundation

/// A method together with its knobs, as a manifest names it: what a trial trains.
///
/// Erases the method's type; everything that identifies the outcome is kept as plain values.
public struct MethodVariant: Sendable {
  /// Name, paper and version of the method.
  public let description: MethodDescription
  /// Name of the configuration, such as `matlab`.
  public let variant: String
  /// How faithful the configuration is to the paper.
  public let fidelity: Fidelity
  /// Name under which papers report it, if any.
  public let reportedName: String?
  /// All knobs as JSON with sorted keys; part of the trial's identifier.
  public let configuration: String
  /// Trains the method.
  public let train: @Sendable (TrainingData, Int, TrainingContext) throws -> TrainedHashing

  /// Wraps a method.
  public init(_ method: some HashingMethod) {
    description = type(of: method).description
    variant = method.configuration.variant
    fidelity = method.configuration.fidelity
    reportedName = method.configuration.reportedName
    configuration = Self.canonicalJSON(method.configuration)
    train = { data, bits, context in
      try method.train(on: data, bits: bits, context: context)
    }
  }

  /// JSON with sorted keys; equal configurations give equal text.
  private static func canonicalJSON(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
      preconditionFailure("configuration \(value) cannot be written as JSON: \(error)")
    }
  }
}
