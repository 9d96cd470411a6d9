public import CrossModalData
import Foundation
package import Tensors

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
  /// What the method wants to see beside one vector an item and its labels.
  public let extraFeatures: ExtraFeatures
  /// The knobs that `crossbit tune` draws; empty when the method declares none.
  package let searchedKnobs: [SearchedKnob]
  /// Draws a value for every searched knob, in their order.
  package let drawCandidate: @Sendable (inout RandomStream) -> DrawnCandidate
  /// Trains the method.
  public let train: @Sendable (TrainingData, Int, TrainingContext) throws -> TrainedHashing

  /// Wraps a method.
  public init(_ method: some HashingMethod) {
    description = type(of: method).description
    variant = method.configuration.variant
    fidelity = method.configuration.fidelity
    reportedName = method.configuration.reportedName
    configuration = Self.canonicalJSON(method.configuration)
    extraFeatures = type(of: method).extraFeatures
    let ranges = type(of: method.configuration).searchRanges
    searchedKnobs = ranges.map { SearchedKnob(name: $0.knob, candidates: $0.candidates) }
    drawCandidate = { random in Self.draw(method, from: ranges, using: &random) }
    train = { data, bits, context in
      try method.train(on: data, bits: bits, context: context)
    }
  }

  private static func draw<M: HashingMethod>(
    _ method: M, from ranges: [SearchRange<M.Configuration>], using random: inout RandomStream
  ) -> DrawnCandidate {
    var configuration = method.configuration
    let values = ranges.map { $0.draw(&configuration, &random) }
    return DrawnCandidate(variant: MethodVariant(M(configuration)), values: values)
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

/// A knob that `crossbit tune` draws.
package struct SearchedKnob: Sendable, Hashable {
  /// Name of the property.
  package let name: String
  /// What may be drawn, for people.
  package let candidates: String
}

/// A method with drawn knobs.
package struct DrawnCandidate: Sendable {
  /// The method with the knobs.
  package let variant: MethodVariant
  /// The drawn values as Swift source, in the order of the searched knobs.
  package let values: [String]
}
